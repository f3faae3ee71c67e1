//! What an apply of a difference would do, beside what it is meant to do.

use super::identity::Identity;
use crate::error::{Code, Diagnostic, Severity, code};

/// Something that an apply would not do, or would do besides.
#[derive(Clone, Debug)]
pub struct Finding {
    /// What it is about.
    pub code: Code,
    /// The objects that it is about.
    pub objects: Vec<Identity>,
    /// What will happen, in a sentence.
    pub message: String,
    /// Facts that explain it, a line each.
    pub notes: Vec<String>,
    /// What to do, as commands; none where nothing has to be done.
    pub commands: Vec<String>,
}

impl Finding {
    /// A finding about an object.
    pub(super) fn of(code: Code, object: &Identity, message: String) -> Self {
        Self { code, objects: vec![object.clone()], message, notes: Vec::new(), commands: Vec::new() }
    }

    pub(super) fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    pub(super) fn command(mut self, command: impl Into<String>) -> Self {
        self.commands.push(command.into());
        self
    }

    /// How much it matters: what restarts is as it is meant.
    #[must_use]
    pub fn severity(&self) -> Severity {
        if self.code == code::RESTARTS { Severity::Note } else { Severity::Warning }
    }

    /// It as a message.
    #[must_use]
    pub fn told(&self) -> Diagnostic {
        let told = Diagnostic { severity: self.severity(), ..Diagnostic::new(&self.message).coded(self.code) };
        let told = self.notes.iter().fold(told, Diagnostic::note);
        if self.commands.is_empty() { told } else { told.help(self.commands.join("\n")) }
    }
}

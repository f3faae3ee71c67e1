//! What rules find.

use std::fmt;

use super::Rule;
use crate::error::Severity;
use crate::kubernetes::Manifest;
use crate::schema::Path;
use crate::yaml::Origin;

/// Something that a rule found.
#[derive(Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Whether it stops the run.
    pub severity: Severity,
    /// The key of the values that it is about, if it is about one.
    pub key: Option<Path>,
    /// Where it is in an object that the user gives whole.
    pub origin: Option<Origin>,
    /// What is wrong.
    pub title: String,
    /// What stands beside the caret.
    pub label: String,
    /// Facts that explain it.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
}

impl Finding {
    /// Adds a fact that explains it.
    pub(super) fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(note.into());
        self
    }

    /// Says where in its manifest it is, which counts if the user gives that whole.
    pub(super) fn within(&mut self, manifest: &Manifest, path: &Path) -> &mut Self {
        let (node, entry) = path.find(&manifest.object);
        self.origin = manifest.given.map(|given| entry.and_then(|entry| entry.key).or(node.origin).unwrap_or(given));
        self
    }

    /// Says what to do of two keys that exclude each other.
    pub(super) fn drop_one(&mut self) -> &mut Self {
        self.help("drop one of the two; `null` drops a key that another file sets")
    }

    /// Says what to do.
    pub(super) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }
}

/// What rules have found so far, one after the other.
#[derive(Debug)]
pub(super) struct Findings {
    rule: &'static Rule,
    severity: Severity,
    list: Vec<Finding>,
}

impl Findings {
    /// No findings yet; the next ones are this rule's.
    pub fn new(rule: &'static Rule, severity: Severity) -> Self {
        Self { rule, severity, list: Vec::new() }
    }

    /// The next findings are this rule's.
    pub fn of(&mut self, rule: &'static Rule, severity: Severity) -> &mut Self {
        (self.rule, self.severity) = (rule, severity);
        self
    }

    /// A fault in a value.
    pub fn in_value(&mut self, key: impl Into<Path>, title: impl Into<String>, label: impl Into<String>) -> &mut Finding {
        self.add(Some(key.into()), title.into(), label.into())
    }

    /// A fault in a manifest.
    pub fn in_manifest(&mut self, manifest: &Manifest, fault: impl fmt::Display) -> &mut Finding {
        let finding = self.add(None, format!("{} `{}` in `{}`: {fault}", manifest.kind(), manifest.name(), manifest.path), String::new());
        finding.origin = manifest.given;
        finding
    }

    fn add(&mut self, key: Option<Path>, title: String, label: String) -> &mut Finding {
        let Self { rule, severity, .. } = *self;
        let last = self.list.len();
        self.list.push(Finding { rule, severity, key, origin: None, title, label, notes: Vec::new(), help: None });
        &mut self.list[last]
    }

    /// All of them.
    pub fn list(self) -> Vec<Finding> {
        self.list
    }
}

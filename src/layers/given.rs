//! Questions about values, once they are typed.

use crate::error::Diagnostic;
use crate::schema::Path;
use crate::source::Place;
use crate::values::Edition;
use crate::yaml::{Node, Origin};

use super::explain::deprecated;
use super::secrets::masked;
use super::sources::Sources;

/// Where a key was written, what the user says, and what deserves a warning in it.
#[derive(Debug)]
pub struct Given {
    pub(super) sources: Sources,
    pub(super) edition: Edition,
    /// What the user says.
    pub(super) said: Node,
    /// The same on top of the edition's defaults, with Go templates resolved and secrets read.
    pub(super) whole: Node,
}

impl Given {
    /// Where the value of a key was written; `None` if nobody wrote it.
    #[must_use]
    pub fn place(&self, path: &Path) -> Option<Place> {
        self.sources.place(path.get(&self.whole)?.origin)
    }

    /// The place that an origin within the values stands for.
    #[must_use]
    pub fn place_of(&self, origin: Option<Origin>) -> Option<Place> {
        self.sources.place(origin)
    }

    /// What the user says, without any defaults.
    #[must_use]
    pub fn said(&self) -> &Node {
        &self.said
    }

    /// What is in force: what the user says, and the default of every other key.
    #[must_use]
    pub fn whole(&self) -> &Node {
        &self.whole
    }

    /// What is in force, with `***` in the place of what may be a secret.
    #[must_use]
    pub fn masked(&self) -> Node {
        masked::masked(&self.whole)
    }

    /// A warning for each key of an old name that the user gives another value than its default.
    #[must_use]
    pub fn deprecated(&self) -> Vec<Diagnostic> {
        deprecated::warnings(&self.said, self.edition, &self.sources)
    }
}

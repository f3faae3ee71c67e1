//! The JSON Schema of the values.

use clap::Args;

use super::notation::EditionName;
use super::print;
use crate::error::Error;
use crate::manual;

/// Whose values.
#[derive(Debug, Args)]
pub struct Schema {
    /// The edition
    #[arg(long, value_enum, default_value_t)]
    edition: EditionName,
}

impl Schema {
    pub(super) fn run(&self) -> Result<(), Error> {
        print(&format!("{:#}\n", manual::schema(self.edition.into())))
    }
}

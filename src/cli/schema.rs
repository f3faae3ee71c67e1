//! The JSON Schema of the values.

use clap::{Args, ValueEnum};

use super::notation::EditionName;
use super::print;
use crate::error::Error;
use crate::{fleet, manual};

/// Whose values.
#[derive(Debug, Args)]
pub struct Schema {
    /// The edition
    #[arg(long, value_enum, default_value_t)]
    edition: EditionName,
    /// What the schema is of
    #[arg(long, value_enum, default_value_t, conflicts_with = "edition", value_name = "FILE")]
    of: Of,
}

/// A file that has a schema.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Of {
    /// The values.
    #[default]
    Values,
    /// The list of environments that `gen all` reads.
    #[value(name = "gen.yaml")]
    Fleet,
}

impl Schema {
    pub(super) fn run(&self) -> Result<(), Error> {
        match self.of {
            Of::Values => print(&format!("{:#}\n", manual::schema(self.edition.into()))),
            Of::Fleet => print(fleet::schema::document()),
        }
    }
}

//! The values that are in force.

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::print_and_warn;
use crate::error::Error;
use crate::layers;
use crate::yaml;

/// Whose values.
#[derive(Debug, Args)]
pub struct Values {
    #[command(flatten)]
    given: GivenArguments,
}

impl Values {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let read = layers::values(&self.given.in_order(matches));
        let (_, given) = read.map_err(|error| self.given.as_strict(error))?;
        self.given.accept(given.told())?;
        print_and_warn(&yaml::write(&given.masked()), given.told())
    }
}

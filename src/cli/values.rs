//! The values that are in force.

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::{print, warn};
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
        let (_, given) = layers::values(&self.given.in_order(matches))?;
        warn(&given.deprecated());
        print(&yaml::write(&given.masked()))
    }
}

//! The values that are in force.

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::{print, warn};
use crate::error::Error;
use crate::layers::Layers;
use crate::yaml;

/// Whose values.
#[derive(Debug, Args)]
pub struct Values {
    #[command(flatten)]
    given: GivenArguments,
}

impl Values {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let (values, layers) = Layers::read(&self.given.in_order(matches))?.values()?;
        warn(&layers.deprecated(values.edition()));
        print(&yaml::write(&layers.masked()))
    }
}

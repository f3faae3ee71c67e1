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
    /// Print only what differs from the defaults
    #[arg(long)]
    only_changed: bool,
    /// Leave out the comments that say where each value comes from
    #[arg(long)]
    no_comments: bool,
}

impl Values {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let read = layers::values(&self.given.in_order(matches)?.0);
        let (values, given) = read.map_err(|error| self.given.as_strict(error))?;
        self.given.accept(given.told())?;
        let shown = if self.only_changed { given.changed(values.edition()) } else { given.masked() };
        let text =
            if self.no_comments { yaml::write(&shown) } else { yaml::write_with_comments(&shown, &|node| Some(given.comes_from(node))) };
        print_and_warn(&text, given.told())
    }
}

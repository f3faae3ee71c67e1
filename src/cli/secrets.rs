//! Fresh secrets: the Secrets that the values do not give.

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::notation::ManifestNotation;
use super::{print_and_warn, warn_and_say};
use crate::Rendering;
use crate::error::Error;
use crate::kubernetes::Manifest;
use crate::output;

/// What is looked at for Secrets that have to exist.
#[derive(Debug, Args)]
pub struct Secrets {
    #[command(flatten)]
    given: GivenArguments,
    /// The notation of the Secrets
    #[arg(long, value_enum, default_value_t)]
    format: ManifestNotation,
}

impl Secrets {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let layers = self.given.in_order(matches)?.0;
        let Rendering { manifests, warnings, .. } = self.given.held(crate::fresh_secrets(&layers))?;
        if manifests.is_empty() {
            warn_and_say(&warnings, "nothing to make: no Secret is missing that a fresh value would do for");
            return Ok(());
        }
        print_and_warn(&output::stream(&manifests.iter().collect::<Vec<&Manifest>>(), self.format.into()), &warnings)
    }
}

//! The images of the manifests, to standard output.

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::print_and_warn;
use crate::Rendering;
use crate::checks::Cluster;
use crate::error::Error;
use crate::kubernetes;

/// Of which manifests.
#[derive(Debug, Args)]
pub struct Images {
    #[command(flatten)]
    given: GivenArguments,
}

impl Images {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let Rendering { manifests, warnings, .. } = self.given.rendering(matches, Cluster::default())?;
        let lines: String = kubernetes::images(&manifests).into_iter().map(|image| image + "\n").collect();
        print_and_warn(&lines, &warnings)
    }
}

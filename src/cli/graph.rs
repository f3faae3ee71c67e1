//! The diagram of the manifests, to standard output.

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::notation::DiagramNotation;
use super::print_and_warn;
use crate::Rendering;
use crate::checks::Cluster;
use crate::error::Error;
use crate::graph::Graph;

/// Of which manifests, and how it is written.
#[derive(Debug, Args)]
pub struct Draw {
    #[command(flatten)]
    given: GivenArguments,
    /// The notation of the diagram
    #[arg(long, value_enum, default_value_t)]
    format: DiagramNotation,
}

impl Draw {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let Rendering { manifests, warnings, .. } = self.given.rendering(matches, Cluster::default())?;
        print_and_warn(&self.format.write(&Graph::of(&manifests)), &warnings)
    }
}

//! The diagram of the manifests, to standard output.

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::{print, warn};
use crate::Rendering;
use crate::error::Error;
use crate::graph::{Format, Graph, mermaid, svg};

/// Of which manifests, and how it is written.
#[derive(Debug, Args)]
pub struct Draw {
    #[command(flatten)]
    given: GivenArguments,
    /// The notation of the diagram
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Draw {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let Rendering { manifests, warnings, .. } = crate::manifests(&self.given.in_order(matches), None)?;
        warn(&warnings);
        let graph = Graph::of(&manifests);
        print(&match self.format {
            Format::Mermaid => mermaid(&graph),
            Format::Svg => svg(&graph),
        })
    }
}

//! The notations that the command line offers.

use clap::ValueEnum;

use crate::{graph, output};

/// The notation of manifests.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ManifestNotation {
    /// YAML documents; in a stream each headed by `# Source: PATH`.
    #[default]
    Yaml,
    /// JSON; a stream is one object of kind `List`.
    Json,
}

impl From<ManifestNotation> for output::Format {
    fn from(notation: ManifestNotation) -> Self {
        match notation {
            ManifestNotation::Yaml => Self::Yaml,
            ManifestNotation::Json => Self::Json,
        }
    }
}

/// The notation of a diagram.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum DiagramNotation {
    /// Text that GitHub and others draw, in a block of the language `mermaid`.
    #[default]
    Mermaid,
    /// An image.
    Svg,
}

impl DiagramNotation {
    /// The diagram in this notation.
    pub fn write(self, graph: &graph::Graph) -> String {
        match self {
            Self::Mermaid => graph::mermaid(graph),
            Self::Svg => graph::svg(graph),
        }
    }
}

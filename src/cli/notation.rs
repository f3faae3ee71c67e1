//! The notations that the command line offers.

use clap::ValueEnum;

use crate::values::Edition;
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

/// Which objects stand in which files of a directory.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum ManifestLayout {
    /// A file for each template, in the folder of its component.
    #[default]
    Files,
    /// A file for each object, in the folder of its namespace: `data/deployment-airflow-scheduler.yaml`.
    Objects,
    /// One file, `manifests.yaml`, in the order in which Helm installs.
    Single,
}

impl From<ManifestLayout> for output::Layout {
    fn from(layout: ManifestLayout) -> Self {
        match layout {
            ManifestLayout::Files => Self::Files,
            ManifestLayout::Objects => Self::Objects,
            ManifestLayout::Single => Self::Single,
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

/// An edition of the manifests.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum EditionName {
    /// For Airflow 1.10.
    #[value(name = "1.10")]
    V1_10,
    /// For Airflow 2.11 and 3.
    #[default]
    Current,
}

impl From<EditionName> for Edition {
    fn from(name: EditionName) -> Self {
        match name {
            EditionName::V1_10 => Self::V1_10,
            EditionName::Current => Self::Current,
        }
    }
}

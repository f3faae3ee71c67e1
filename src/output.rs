//! How manifests are written: as one stream, or as files in a directory.

mod as_written;
#[cfg_attr(target_family = "wasm", path = "output/nowhere.rs")]
mod directory;
mod hydrator;
mod kustomization;
mod layout;
mod ledger;
mod line_ends;
mod nested;
mod order;
mod own_files;
mod plan;
mod selection;
mod staging;
mod stream;
mod tree;
mod written;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use as_written::{as_written, ledger_checksum};
pub use hydrator::DryCommit;
pub use layout::Layout;
pub use line_ends::with_plain_ends;
pub use nested::{above, below};
pub use order::in_install_order;
pub use own_files::{listed, member_of, own_files, own_files_below};
pub use plan::outdated;
pub use selection::select;
pub use staging::{Staged, WriteOptions, stage, stage_removal, write_directory};
pub use stream::{plain_stream, stream};
pub use tree::{File, Style, tree};
pub use written::Written;

/// The notation of manifests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// YAML documents; in a stream each headed by `# Source: PATH`.
    #[default]
    Yaml,
    /// JSON; a stream is one object of kind `List`.
    Json,
}

impl Format {
    /// The path of a file in this notation.
    #[must_use]
    pub fn path(self, path: &str) -> String {
        match self {
            Self::Yaml => path.to_owned(),
            Self::Json => path.strip_suffix(".yaml").unwrap_or(path).to_owned() + ".json",
        }
    }
}

/// Who wrote a directory, and from what: what the ledger says of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Stamp {
    /// The version of gen.
    #[serde(rename = "gen", skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// A checksum of the values that are in force; what may be a secret counts as `***`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<String>,
    /// The version of Kubernetes for which the manifests were checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kubernetes: Option<String>,
    /// Which objects stand in which files.
    #[serde(skip_serializing_if = "is_usual")]
    pub layout: Layout,
    /// The environment whose directory it is, if it is one's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub environment: Option<Member>,
}

/// An environment of a list.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// The path of the list, from the directory of the environment.
    pub list: String,
}

/// Whether a layout is the usual one, of which a ledger does not speak.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde wants it so")]
fn is_usual(layout: &Layout) -> bool {
    *layout == Layout::default()
}

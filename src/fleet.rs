//! Many stacks from one place: `gen.yaml` names environments, and what each is made of.
//!
//! ```text
//! the text of gen.yaml -> File -> Fleet, whose environments each have layers -> as with one stack
//! ```

mod directories;
mod file;
mod read;
pub(crate) mod schema;
mod selection;
mod shard;
mod template;

use std::path::PathBuf;

use crate::Rendering;
use crate::checks::Cluster;
use crate::error::Error;
use crate::layers::Layer;
use crate::output::Format;

pub use shard::Shard;

/// The environments of a `gen.yaml`.
#[derive(Debug)]
pub struct Fleet {
    /// They, in the order of the file.
    pub environments: Vec<Environment>,
}

/// A stack that has a directory of its own.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Its name.
    pub name: String,
    /// What its values are made of.
    pub layers: Vec<Layer>,
    /// Where the values stand in its files, if not at the top.
    pub values_from: Option<String>,
    /// The directory of its manifests.
    pub out: PathBuf,
    /// What the file says of its cluster.
    pub cluster: Cluster,
    /// The notation of its manifests.
    pub format: Format,
    /// Whether a `kustomization.yaml` is written too.
    pub kustomization: bool,
}

impl Environment {
    /// What its values give.
    ///
    /// # Errors
    ///
    /// As of [`crate::manifests`].
    pub fn rendering(&self) -> Result<Rendering, Error> {
        crate::manifests(&self.layers, self.cluster)
    }
}

//! Many stacks from one place: `gen.yaml` names environments, and what each is made of.
//!
//! ```text
//! the text of gen.yaml -> File -> Fleet, whose environments each have layers -> as with one stack
//! ```

mod cache;
mod directories;
mod file;
mod leftovers;
mod read;
mod remark;
pub(crate) mod schema;
mod selection;
mod shard;
mod template;

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::Rendering;
use crate::checks::Cluster;
use crate::error::Error;
use crate::layers::Layer;
use crate::output::{Member, Style};

pub use cache::{Cache, Kept, Known};
pub use leftovers::{Leftover, Whose};
pub use shard::Shard;

/// The environments of a `gen.yaml`.
#[derive(Debug)]
pub struct Fleet {
    /// They, in the order of the file.
    pub environments: Vec<Environment>,
    /// The file.
    list: PathBuf,
    /// Where directories of environments may be, with a mark in the place of their names.
    homes: BTreeSet<PathBuf>,
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
    /// How the ledger of that says whose it is.
    pub member: Option<Member>,
    /// What the file says of its cluster.
    pub cluster: Cluster,
    /// How its manifests become files.
    pub style: Style,
    /// Whether a file says of which commit they are.
    pub hydrator_metadata: bool,
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

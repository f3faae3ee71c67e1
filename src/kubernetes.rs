//! What a Kubernetes object is, whoever made it: kinds, pods, selectors, references, and the hosts in its settings.

pub(crate) mod address;
mod copies;
mod images;
mod kept;
mod kinds;
mod manifest;
mod pod;
mod references;
mod selector;
mod set;
mod variable;

pub use copies::{TASK_POD, add_copies};
pub use images::{images, images_in_order};
pub use kinds::install_position;
pub use manifest::{DATA, LAST_APPLIED, Manifest, Secrecy};
pub use pod::Pod;
pub use references::{Reference, references};
pub use selector::Selector;
pub use set::Set;
pub use variable::{PLAIN_NAME, is_plain_name};

//! Helm's install order: objects come after the objects that they need.

use crate::kubernetes::{Manifest, install_position};

/// The manifests in Helm's install order; those of one kind stay in the order of their paths.
#[must_use]
pub fn in_install_order<'m>(manifests: &[&'m Manifest]) -> Vec<&'m Manifest> {
    let mut sorted = manifests.to_vec();
    sorted.sort_by_key(|manifest| install_position(manifest.kind()));
    sorted
}

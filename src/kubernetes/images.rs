//! The images that objects run.

use std::collections::BTreeSet;

use super::Manifest;

/// The images of all containers, those of task pods too, each once and in the order of their texts.
#[must_use]
pub fn images(manifests: &[Manifest]) -> BTreeSet<String> {
    images_in_order(manifests).into_iter().collect()
}

/// The image of each container, in the order of the manifests.
#[must_use]
pub fn images_in_order(manifests: &[Manifest]) -> Vec<String> {
    let mut images = Vec::new();
    for manifest in manifests {
        let task_pod = manifest.as_task_pod();
        for pod in [Some(manifest), task_pod.as_ref()].into_iter().flatten().filter_map(Manifest::pod) {
            images.extend(pod.containers().filter_map(|container| Some(container.text(&["image"])?.to_owned())));
        }
    }
    images
}

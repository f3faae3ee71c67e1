//! Labels and annotations of objects, in every edition.

use indexmap::IndexMap;

/// The annotation by which the cluster autoscaler knows whether it may move a pod.
pub const SAFE_TO_EVICT: &str = "cluster-autoscaler.kubernetes.io/safe-to-evict";

/// Labels of an object.
pub type Labels = IndexMap<String, String>;

/// Labels from pairs of key and value.
pub fn map<const N: usize>(pairs: [(&str, &str); N]) -> Labels {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

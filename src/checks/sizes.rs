//! Config maps and Secrets are small enough for the API server.

use super::{Finding, Subject};
use crate::yaml::Node;

/// The most that the data of one may take (Kubernetes: `MaxSecretSize`).
const MOST_BYTES: usize = 1024 * 1024;

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for manifest in subject.set.all().iter().filter(|manifest| matches!(manifest.kind(), "ConfigMap" | "Secret")) {
        let data = manifest.object.get("data").and_then(Node::as_map).into_iter().flatten();
        let bytes: usize = data.filter_map(|(_, entry)| entry.value.as_str()).map(str::len).sum();
        if bytes > MOST_BYTES {
            findings.push(Finding::in_manifest(manifest, format_args!("its data takes {bytes} bytes, and {MOST_BYTES} is the most")));
        }
    }
}

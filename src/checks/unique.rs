//! No object is there twice.

use std::collections::HashMap;

use super::{Finding, Subject};

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut seen = HashMap::new();
    for manifest in subject.set.all() {
        let identity = (manifest.api_version(), manifest.kind(), manifest.namespace(), manifest.name());
        if let Some(first) = seen.insert(identity, &manifest.path) {
            findings.push(
                Finding::in_manifest(manifest, format_args!("the same object is in `{first}` too")).help("give one of them another name"),
            );
        }
    }
}

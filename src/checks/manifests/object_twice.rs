//! An object is there twice.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use std::collections::HashMap;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M501",
    name: "object-twice",
    level: Level::Error,
    what: "An object is there twice.",
    why: "The second one would overwrite the first.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: v1, kind: Secret, metadata: {name: a}}\n",
            "---\n",
            "{apiVersion: v1, kind: Secret, metadata: {name: a}}\n"
        ),
        instead: concat!(
            "{apiVersion: v1, kind: Secret, metadata: {name: a}}\n",
            "---\n",
            "{apiVersion: v1, kind: Secret, metadata: {name: b}}\n"
        ),
    },
    check: Check::Manifests(check),
};

fn check(release: &Release<'_>, found: &mut Findings) {
    let mut seen = HashMap::new();
    for manifest in release.set.all() {
        let identity = (manifest.api_version(), manifest.kind(), manifest.namespace(), manifest.name());
        if let Some(first) = seen.insert(identity, &manifest.path) {
            found.in_manifest(manifest, format_args!("the same object is in `{first}` too")).help("give one of them another name");
        }
    }
}

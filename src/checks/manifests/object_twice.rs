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
        // All versions of an API have the same objects.
        let group = manifest.api_version().rsplit_once('/').map(|(group, _)| group);
        let identity = (group, manifest.kind(), manifest.namespace(), manifest.name());
        if let Some(first) = seen.insert(identity, manifest) {
            // What the user gives whole is what the user can change.
            let (one, other) = if manifest.given.is_none() && first.given.is_some() { (first, manifest) } else { (manifest, first) };
            let help = match manifest.kind() {
                // Two components may well share one.
                "ServiceAccount" => {
                    "set `create: false` beside one of the two names to share the account, or give one of them another name"
                }
                _ => "give one of them another name",
            };
            found.in_manifest(one, format_args!("the same object is in `{}` too", other.path)).help(help);
        }
    }
}

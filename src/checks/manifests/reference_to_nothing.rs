//! An object refers to another one that nothing provides.

use super::targets::{Referrer, Target};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M703",
    name: "reference-to-nothing",
    level: Level::Error,
    what: "An object refers to another one that nothing provides.",
    why: "The pod would not start, or the object has no effect.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}], serviceAccountName: gone}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}], serviceAccountName: default}}}}",
    },
    check: Check::References(check),
};

fn check(referrer: &Referrer<'_>, release: &Release<'_>, found: &mut Findings) {
    // What anyone's refer to may be elsewhere.
    if release.open {
        return;
    }
    for (reference, target) in &referrer.needed {
        if matches!(target, Target::Nothing) {
            let (kind, name) = (reference.kind, reference.name);
            found
                .in_manifest(referrer.manifest, format_args!("it refers to the {kind} `{name}`, which nothing provides"))
                .of_text(name, "name");
        }
    }
}

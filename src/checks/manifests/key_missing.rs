//! A key is read of an object that does not have it.

use super::targets::{Target, needed};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::{DATA, Manifest};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M701",
    name: "key-missing",
    level: Level::Error,
    what: "A key is read of an object that does not have it.",
    why: "The pod would not start.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: A, valueFrom: {configMapKeyRef: {name: m, key: k}}}]}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {other: v}}\n"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: A, valueFrom: {configMapKeyRef: {name: m, key: k}}}]}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {k: v}}\n"
        ),
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    for (reference, target) in needed(manifest, release) {
        let Target::Here(object) = target else { continue };
        let (kind, name) = (reference.kind, reference.name);
        let has = |key: &str| DATA.iter().any(|data| object.object.at(&[data, key]).is_some());
        let may_lack = |key: &str| release.external.iter().any(|known| known.provides(kind, name, Some(key)));
        for key in reference.keys.iter().filter(|key| !has(key) && !may_lack(key)) {
            found
                .in_manifest(manifest, format_args!("it reads the key `{key}` of the {kind} `{name}`, which does not have it"))
                .of_text(key, reference.said_at);
        }
    }
}

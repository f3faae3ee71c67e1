//! A key is read of a Secret whose ExternalSecret does not make it.

use super::targets::{Referrer, Target};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M702",
    name: "key-not-stored",
    level: Level::Error,
    what: "A key is read of a Secret whose ExternalSecret does not make it.",
    why: "The pod would not start.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}}}}\n",
            "---\n",
            "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: s}, spec: {target: {name: s}, data: [{secretKey: other}]}}\n"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}]}]}}}}\n",
            "---\n",
            "{apiVersion: external-secrets.io/v1, kind: ExternalSecret, metadata: {name: s}, spec: {target: {name: s}, data: [{secretKey: k}]}}\n"
        ),
    },
    check: Check::References(check),
};

fn check(referrer: &Referrer<'_>, _: &Release<'_>, found: &mut Findings) {
    for (reference, target) in &referrer.needed {
        let Target::Stored(stored) = target else { continue };
        for key in reference.keys.iter().filter(|key| !stored.contains(key)) {
            let name = reference.name;
            found
                .in_manifest(
                    referrer.manifest,
                    format_args!("it reads the key `{key}` of the Secret `{name}`, which its ExternalSecret does not have"),
                )
                .of_text(key, reference.said_at);
        }
    }
}

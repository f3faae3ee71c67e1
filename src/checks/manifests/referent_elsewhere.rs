//! An object refers to another one that is not among the manifests.

use indexmap::IndexMap;

use super::targets::{Referrer, Target};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "H101",
    name: "referent-elsewhere",
    level: Level::Warning,
    what: "An object refers to another one that is not among the manifests.",
    why: "It may be in the cluster already; if it is not, the pod does not start, or the object has no effect.",
    example: Example {
        of: Of::Anyones,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, envFrom: [{secretRef: {name: s}}]}]}}",
        instead: concat!(
            "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, envFrom: [{secretRef: {name: s}}]}]}}\n",
            "---\n",
            "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {A: b}}\n"
        ),
    },
    check: Check::Referrers(check),
};

fn check(referrers: &[Referrer<'_>], release: &Release<'_>, found: &mut Findings) {
    if !release.open {
        return;
    }
    let mut wanted: IndexMap<(&str, &str), Vec<&Manifest>> = IndexMap::new();
    for Referrer { manifest, needed } in referrers {
        for (reference, target) in needed {
            if matches!(target, Target::Nothing) {
                let referrers = wanted.entry((reference.kind, reference.name)).or_default();
                if !referrers.last().is_some_and(|last| std::ptr::eq(*last, *manifest)) {
                    referrers.push(manifest);
                }
            }
        }
    }
    for ((kind, name), referrers) in wanted {
        let fault = format_args!("it refers to the {kind} `{name}`, which is not among the manifests").to_string();
        let finding = found.in_manifest(referrers[0], fault).of_text(name, key_of(kind));
        match referrers.len() - 1 {
            0 => {}
            1 => drop(finding.note(format!("so does {} `{}`", referrers[1].kind(), referrers[1].name()))),
            others => drop(finding.note(format!("so do {others} other objects"))),
        }
    }
}

/// The key at which an object of a kind is mostly named.
fn key_of(kind: &str) -> &'static str {
    match kind {
        "PersistentVolume" => "volumeName",
        "PersistentVolumeClaim" => "claimName",
        "ServiceAccount" => "serviceAccountName",
        _ => "name",
    }
}

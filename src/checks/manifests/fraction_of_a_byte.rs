//! An amount of memory or storage is no whole number of bytes.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::is_whole;
use crate::yaml::{Data, Node};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W110",
    name: "fraction-of-a-byte",
    level: Level::Warning,
    what: "An amount of memory or storage is no whole number of bytes.",
    why: "`m` is a thousandth, and `M` or `Mi` is mostly meant: half a byte of memory starts no container, and no storage is as small.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, resources: {limits: {memory: 512m}}}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, resources: {limits: {memory: 512Mi}}}]}}}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let mut amounts = Vec::new();
    if !["ConfigMap", "Secret"].contains(&manifest.kind()) {
        look(&manifest.object, "", &mut amounts);
    }
    for (key, amount) in amounts {
        let text = amount.scalar();
        let wrong = found.in_manifest(manifest, format_args!("`{key}: {text}` is no whole number of bytes")).of_text(&text, key);
        if let Some(number) = text.strip_suffix('m') {
            wrong.help(format!("`m` is a thousandth: write `{number}Mi` for so many mebibytes"));
        }
    }
}

/// The amounts of memory and storage in an object that are no whole number of bytes, with their keys.
fn look<'n>(node: &'n Node, parent: &str, amounts: &mut Vec<(&'n str, &'n Node)>) {
    match &node.data {
        Data::List(items) => items.iter().for_each(|item| look(item, "", amounts)),
        Data::Map(entries) => {
            for (key, entry) in entries {
                let is_of_resources = ["limits", "requests", "capacity"].contains(&parent);
                let is_amount = is_of_resources && ["memory", "storage", "ephemeral-storage"].contains(&key.as_str());
                if (is_amount || key == "sizeLimit") && !is_whole(&entry.value) {
                    amounts.push((key, &entry.value));
                }
                look(&entry.value, key, amounts);
            }
        }
        _ => {}
    }
}

//! An object is there twice.

use std::collections::HashMap;

use indexmap::IndexMap;

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::error::Severity;
use crate::kubernetes::Manifest;

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
    let mut apart: IndexMap<(&str, &str), Vec<&Manifest>> = IndexMap::new();
    // What has no name gets one from the API server.
    for manifest in release.set.all().iter().filter(|manifest| !manifest.name().is_empty()) {
        // All versions of an API have the same objects.
        let group = manifest.api_version().rsplit_once('/').map(|(group, _)| group);
        let identity = (group, manifest.kind(), manifest.namespace(), manifest.name());
        let Some(first) = seen.insert(identity, manifest) else { continue };
        if release.are_apart(manifest, first) {
            apart.entry((&manifest.path, &first.path)).or_default().push(manifest);
            continue;
        }
        // What the user gives whole is what the user can change.
        let (one, other) = if manifest.given.is_none() && first.given.is_some() { (first, manifest) } else { (manifest, first) };
        let help = match manifest.kind() {
            // Two components may well share one.
            "ServiceAccount" if !release.open && one.path != other.path => {
                "set `create: false` beside one of the two names to share the account, or give one of them another name"
            }
            _ => "give one of them another name",
        };
        let fault = match &other.path {
            path if *path == one.path => "the same object is there twice".to_owned(),
            path => format!("the same object is in `{path}` too"),
        };
        found.in_manifest(one, fault).of_text(one.name(), "name").help(help);
    }
    for ((_, other), objects) in apart {
        let finding = found.in_manifest(objects[0], format_args!("the same object is in `{other}` too"));
        finding.severity = Severity::Warning;
        match objects.len() - 1 {
            0 => {}
            1 => drop(finding.note(format!("so is {} `{}`", objects[1].kind(), objects[1].name()))),
            more => drop(finding.note(format!("so are {more} others of this file"))),
        }
    }
}

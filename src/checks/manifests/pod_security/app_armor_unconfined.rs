//! A pod or a container does without an AppArmor profile.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q110",
    name: "app-armor-unconfined",
    level: Level::Error,
    what: "A pod or a container does without an AppArmor profile.",
    why: "Nothing confines then which files and capabilities of the node it may use.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {appArmorProfile: {type: Unconfined}}}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {appArmorProfile: {type: RuntimeDefault}}}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

/// What the annotations of former versions begin with.
const ANNOTATION: &str = "container.apparmor.security.beta.kubernetes.io/";

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    for part in pod.parts() {
        let Some(profile) = part.says(&["appArmorProfile"]) else { continue };
        let kind = profile.text(&["type"]).unwrap_or_default();
        if !["RuntimeDefault", "Localhost"].contains(&kind) {
            let finding = pod.tell(found, part, profile, format_args!("`appArmorProfile` of the type `{kind}` is forbidden"));
            finding.of_text(kind, "type").help("drop it, or say `type: RuntimeDefault`");
        }
    }
    for (key, node) in pod.annotations().filter(|(key, _)| key.starts_with(ANNOTATION)) {
        let said = node.scalar();
        if !["", "runtime/default"].contains(&said.as_str()) && !said.starts_with("localhost/") {
            let finding = pod.tell_of_pod(found, node, format_args!("the annotation `{key}: {said}` is forbidden"));
            finding.of_text(&said, key).help("drop it, or say `runtime/default`");
        }
    }
}

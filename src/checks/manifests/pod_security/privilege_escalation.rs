//! A container may gain more rights than it began with.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile, is};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q201",
    name: "privilege-escalation",
    level: Level::Error,
    what: "A container may gain more rights than it began with.",
    why: "By a program that runs as its owner, a process becomes root.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {allowPrivilegeEscalation: false}}]}}",
    },
    check: Check::Guarded(Profile::Restricted, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    if !pod.is_since(8) || pod.is_of_windows() {
        return;
    }
    for part in pod.containers() {
        let said = part.says(&["allowPrivilegeEscalation"]);
        if !is(said, false) {
            let finding = pod.tell(found, part, said.unwrap_or(part.node), "`allowPrivilegeEscalation` is not `false`");
            finding.help(pod.advice("allowPrivilegeEscalation: false", "container"));
            if said.is_some() {
                finding.of_text("true", "allowPrivilegeEscalation");
            }
        }
    }
}

//! A container keeps capabilities.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q202",
    name: "capabilities-kept",
    level: Level::Error,
    what: "A container keeps capabilities.",
    why: "A runtime gives more than a dozen, which no program without root needs (Kubernetes 1.22 and later).",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {capabilities: {drop: [ALL]}}}]}}",
    },
    check: Check::Guarded(Profile::Restricted, check),
};

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    if !pod.is_since(22) || pod.is_of_windows() {
        return;
    }
    for part in pod.containers() {
        let dropped = part.says(&["capabilities", "drop"]);
        let names = dropped.and_then(|list| list.as_list()).unwrap_or_default();
        if !names.iter().any(|name| name.as_str() == Some("ALL")) {
            let finding = pod.tell(found, part, dropped.unwrap_or(part.node), "`capabilities.drop` has not `ALL`");
            finding.help(pod.advice("capabilities: {drop: [ALL]}", "container"));
        }
    }
}

//! A container gets a capability that the profile does not grant.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q106",
    name: "capability-added",
    level: Level::Error,
    what: "A container gets a capability that the profile does not grant.",
    why: "With it, a process may leave its container. `restricted` grants `NET_BIND_SERVICE` alone (Kubernetes 1.22 and later).",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {capabilities: {add: [SYS_ADMIN]}}}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, securityContext: {capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]}}}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

/// The capabilities that `baseline` grants.
const GRANTED: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    let is_restricted = pod.is_restricted_since(22);
    if is_restricted && pod.is_of_windows() {
        return;
    }
    let granted = if is_restricted { "`NET_BIND_SERVICE` alone".to_owned() } else { GRANTED.join(", ") };
    for part in pod.containers() {
        for node in part.says(&["capabilities", "add"]).and_then(|list| list.as_list()).unwrap_or_default() {
            let name = node.scalar();
            let is_granted = if is_restricted { name == "NET_BIND_SERVICE" } else { GRANTED.contains(&name.as_str()) };
            if !is_granted {
                let finding = pod.tell(found, part, node, format_args!("the capability `{name}` is not granted"));
                finding.of_text(&name, "add").help(format!("drop it; the profile grants {granted}"));
            }
        }
    }
}

//! A capability is one that Linux does not have.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::nearest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W103",
    name: "capability-unknown",
    level: Level::Error,
    what: "A capability is one that Linux does not have.",
    why: "A runtime refuses to make such a container, or the container keeps what it was to lose.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, securityContext: {capabilities: {drop: [ALLL]}}}]}}}}",
        instead: "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, securityContext: {capabilities: {drop: [ALL]}}}]}}}}",
    },
    check: Check::Pod(check),
};

/// The capabilities of Linux, and the word for all of them (Linux: `include/uapi/linux/capability.h`).
const CAPABILITIES: [&str; 42] = [
    "ALL",
    "AUDIT_CONTROL",
    "AUDIT_READ",
    "AUDIT_WRITE",
    "BLOCK_SUSPEND",
    "BPF",
    "CHECKPOINT_RESTORE",
    "CHOWN",
    "DAC_OVERRIDE",
    "DAC_READ_SEARCH",
    "FOWNER",
    "FSETID",
    "IPC_LOCK",
    "IPC_OWNER",
    "KILL",
    "LEASE",
    "LINUX_IMMUTABLE",
    "MAC_ADMIN",
    "MAC_OVERRIDE",
    "MKNOD",
    "NET_ADMIN",
    "NET_BIND_SERVICE",
    "NET_BROADCAST",
    "NET_RAW",
    "PERFMON",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYSLOG",
    "SYS_ADMIN",
    "SYS_BOOT",
    "SYS_CHROOT",
    "SYS_MODULE",
    "SYS_NICE",
    "SYS_PACCT",
    "SYS_PTRACE",
    "SYS_RAWIO",
    "SYS_RESOURCE",
    "SYS_TIME",
    "SYS_TTY_CONFIG",
    "WAKE_ALARM",
];

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(pod) = manifest.pod() else { return };
    for container in pod.containers() {
        let lists = ["add", "drop"].into_iter().flat_map(|list| container.items(&["securityContext", "capabilities", list]));
        for capability in lists.filter_map(|one| one.as_str()) {
            let upper = capability.to_ascii_uppercase();
            let plain = upper.strip_prefix("CAP_").unwrap_or(&upper);
            if CAPABILITIES.contains(&plain) {
                continue;
            }
            let name = container.text(&["name"]).unwrap_or_default();
            let wrong = found
                .in_container(manifest, name, format_args!("Linux has no capability `{capability}`"))
                .of_text(capability, "capabilities");
            if let Some(nearest) = nearest(plain, CAPABILITIES.into_iter()) {
                wrong.help(format!("did you mean `{nearest}`?"));
            }
        }
    }
}

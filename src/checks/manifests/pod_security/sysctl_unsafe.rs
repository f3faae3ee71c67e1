//! A pod sets a parameter of the kernel that is not its own.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q111",
    name: "sysctl-unsafe",
    level: Level::Error,
    what: "A pod sets a parameter of the kernel that is not its own.",
    why: "It may take what other pods on the node need, or harm the node.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {securityContext: {sysctls: [{name: kernel.msgmax, value: '65536'}]}, containers: [{name: c, image: i}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {securityContext: {sysctls: [{name: net.ipv4.tcp_syncookies, value: '1'}]}, containers: [{name: c, image: i}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

/// The parameters that are a pod's own, and the minor version of Kubernetes since which they are.
const SAFE: [(u32, &str); 14] = [
    (0, "kernel.shm_rmid_forced"),
    (0, "net.ipv4.ip_local_port_range"),
    (0, "net.ipv4.tcp_syncookies"),
    (0, "net.ipv4.ping_group_range"),
    (0, "net.ipv4.ip_unprivileged_port_start"),
    (27, "net.ipv4.ip_local_reserved_ports"),
    (29, "net.ipv4.tcp_keepalive_time"),
    (29, "net.ipv4.tcp_fin_timeout"),
    (29, "net.ipv4.tcp_keepalive_intvl"),
    (29, "net.ipv4.tcp_keepalive_probes"),
    (32, "net.ipv4.tcp_rmem"),
    (32, "net.ipv4.tcp_wmem"),
    (37, "net.ipv4.tcp_slow_start_after_idle"),
    (37, "net.ipv4.tcp_notsent_lowat"),
];

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    for sysctl in pod.spec().items(&["securityContext", "sysctls"]) {
        let name = sysctl.text(&["name"]).unwrap_or_default();
        if !SAFE.iter().any(|(since, safe)| *safe == name && pod.is_since(*since)) {
            let finding = pod.tell_of_pod(found, sysctl, format_args!("the sysctl `{name}` is not one of a pod's own"));
            finding.of_text(name, "name").help("drop it, or have it set on the nodes");
        }
    }
}

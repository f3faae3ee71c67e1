//! A probe or a hook asks another host than its pod.

use crate::checks::finding::Findings;
use crate::checks::guarded::{Guarded, Profile};
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "Q104",
    name: "probe-of-another-host",
    level: Level::Error,
    what: "A probe or a hook asks another host than its pod.",
    why: "The kubelet would reach in its place what the pod cannot (Kubernetes 1.34 and later).",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, livenessProbe: {httpGet: {port: 80, host: 10.0.0.1}}}]}}",
        instead: "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {containers: [{name: c, image: i, livenessProbe: {httpGet: {port: 80}}}]}}",
    },
    check: Check::Guarded(Profile::Baseline, check),
};

/// Where the kubelet is told to ask somebody.
const HANDLERS: [&[&str]; 5] =
    [&["livenessProbe"], &["readinessProbe"], &["startupProbe"], &["lifecycle", "postStart"], &["lifecycle", "preStop"]];

fn check(pod: &Guarded<'_>, found: &mut Findings) {
    if !pod.is_since(34) {
        return;
    }
    for part in pod.containers() {
        for path in HANDLERS {
            let handler = part.node.at(path);
            let hosts = ["httpGet", "tcpSocket"].into_iter().filter_map(|way| handler?.at(&[way, "host"]));
            for host in hosts.filter(|host| host.as_str().is_some_and(|host| !host.is_empty())) {
                let (name, handler) = (host.scalar(), path.join("."));
                let finding = pod.tell(found, part, host, format_args!("the `host` of its `{handler}` is forbidden: `{name}`"));
                finding.of_text(&name, "host").help("drop `host`: it is the pod itself then");
            }
        }
    }
}

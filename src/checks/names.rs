//! Names are what Kubernetes takes as names.

use super::{Finding, Subject};

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for manifest in subject.set.all() {
        let label = matches!(manifest.kind(), "Service" | "Namespace");
        let (fits, most) = if label { (is_label(manifest.name()), 63) } else { (is_subdomain(manifest.name()), 253) };
        if !fits && manifest.name().len() > most {
            findings.push(Finding::in_manifest(manifest, format_args!("its name is longer than {most} characters")));
        } else if !fits {
            findings.push(Finding::in_manifest(manifest, format_args!("its name is not a DNS {}", if label { "label" } else { "name" })));
        }
        if !manifest.namespace().is_empty() && !is_label(manifest.namespace()) {
            findings.push(Finding::in_manifest(manifest, format_args!("its namespace `{}` is not a DNS label", manifest.namespace())));
        }
        let Some(pod) = manifest.pod() else { continue };
        let names = pod.containers().chain(pod.volumes()).filter_map(|node| node.text(&["name"]));
        for name in names.filter(|name| !is_label(name)) {
            findings.push(Finding::in_manifest(manifest, format_args!("`{name}`, of a container or a volume, is not a DNS label")));
        }
    }
}

fn is_label(name: &str) -> bool {
    name.len() <= 63 && is_part(name)
}

/// What stands between two dots of a name; Kubernetes bounds the whole alone.
fn is_part(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends = name.bytes().next().is_some_and(inner) && name.bytes().last().is_some_and(inner);
    ends && name.bytes().all(|byte| inner(byte) || byte == b'-')
}

fn is_subdomain(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_part)
}

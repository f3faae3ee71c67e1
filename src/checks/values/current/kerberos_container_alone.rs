//! A container is asked for that gets Kerberos tickets, and Kerberos is not enabled.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "K201",
    name: "kerberos-container-alone",
    level: Level::Error,
    what: "A container is asked for that gets Kerberos tickets, and Kerberos is not enabled.",
    why: "The container mounts a keytab and a cache that no volume of the pod has; the API server refuses that.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "workers: {celery: {kerberosSidecar: {enabled: true}}}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "kerberos: {enabled: true}\n",
            "workers: {celery: {kerberosSidecar: {enabled: true}}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for key in values.kerberos_containers().iter().filter(|_| !values.kerberos.enabled) {
        found
            .in_value(key, format!("`{key}` asks for Kerberos, and `kerberos.enabled` is not set"), "asked for here")
            .note("the container mounts a keytab and a ticket cache that the pod has with `kerberos.enabled` alone")
            .help("set `kerberos.enabled`, or leave the container out");
    }
}

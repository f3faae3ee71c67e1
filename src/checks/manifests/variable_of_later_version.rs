//! The cluster's version of Kubernetes does not take a variable of that name.

use std::collections::BTreeSet;

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::{Manifest, PLAIN_NAME, is_plain_name};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M304",
    name: "variable-of-later-version",
    level: Level::Error,
    what: "The cluster's version of Kubernetes does not take a variable of that name.",
    why: "The API server refuses the pod; since 1.32 a name is any printable ASCII without `=`.",
    example: Example {
        of: Of::ValuesFor("1.31"),
        refused: concat!("airflowVersion: 3.2.0\n", "secret: [{envName: 3RD_PARTY, secretName: others, secretKey: token}]\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "secret: [{envName: THIRD_PARTY, secretName: others, secretKey: token}]\n"),
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let Some(version) = release.cluster.version.filter(|version| version.is_before(ANY_NAME)) else { return };
    let Some(pod) = manifest.pod() else { return };
    let containers = ["initContainers", "containers"].into_iter().flat_map(|list| pod.spec.items(&[list]));
    let names = containers.flat_map(|container| container.items(&["env"])).filter_map(|variable| variable.text(&["name"]));
    let names: BTreeSet<&str> = names.filter(|name| !is_plain_name(name)).collect();
    for name in names {
        found
            .in_manifest(
                manifest,
                format_args!("a variable is named `{name}`, which Kubernetes takes since 1.{ANY_NAME}; the cluster has {version}"),
            )
            .of_text(name, "name")
            .help(format!("take {PLAIN_NAME}"));
    }
}

/// Names of variables that are any printable ASCII, by default (Kubernetes: the gate `RelaxedEnvironmentVariableValidation`).
const ANY_NAME: u32 = 32;

//! A label is one that gen sets.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Labels;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "L101",
    name: "label-of-gen",
    level: Level::Error,
    what: "A label is one that gen sets.",
    why: "The selectors of Services and workloads find pods by it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "labels: {tier: backend}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "labels: {team: backend}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    own("labels", &subject.values.labels, found);
    for (section, component) in subject.values.components() {
        if let Some(workload) = component.workload() {
            own(&format!("{section}.labels"), &workload.labels, found);
        }
    }
}

/// The labels that gen sets.
const OWN: [&str; 5] = ["chart", "component", "heritage", "release", "tier"];

fn own(at: &str, labels: &Labels, found: &mut Findings) {
    for name in OWN.into_iter().filter(|name| labels.0.contains_key(*name)) {
        let key = format!("{at}.{name}");
        let help = if name == "release" { "set `releaseName`" } else { "choose another name" };
        found.in_value(&key, format!("`{key}` is a label that gen sets"), "this label").help(help);
    }
}

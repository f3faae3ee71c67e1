//! The number of a port does not stand in the values.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{PortOption, Ports};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A105",
    name: "port-unseen",
    level: Level::Warning,
    what: "The number of a port does not stand in the values.",
    why: "Airflow goes by its own option; Services, probes and network policies need the number when the manifests are made.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "env: [{name: AIRFLOW__API__PORT, valueFrom: {configMapKeyRef: {name: a, key: port}}}]\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "ports: {apiServer: 9090}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let heard = Ports::heard(subject.values);
    for port in PortOption::all(subject.values) {
        if let Some(place) = port.unseen(subject.values) {
            let key = port.key;
            found
                .in_value(place, format!("the number of `{key}` does not stand in the values"), "Airflow goes by this one")
                .note(format!("Services, probes and network policies have {}", port.of(&heard)))
                .help(format!("give the number in `{key}`, from which all sides have it"));
        }
    }
}

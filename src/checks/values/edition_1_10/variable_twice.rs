//! A variable stands twice in a list.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Variable;
use std::collections::HashSet;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E101",
    name: "variable-twice",
    level: Level::Error,
    what: "A variable stands twice in a list.",
    why: "A container takes the second one.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: A, value: b}, {name: A, value: c}]\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "env: [{name: A, value: c}]\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    twice("env", &subject.values.env, found);
    for (section, component) in subject.values.components() {
        if let Some(workload) = component.workload() {
            twice(&format!("{section}.env"), &workload.env, found);
        }
    }
}

fn twice(key: &str, variables: &[Variable], found: &mut Findings) {
    let mut seen = HashSet::new();
    for (index, variable) in variables.iter().enumerate() {
        if let Some(name) = variable.0["name"].as_str().filter(|name| !seen.insert(*name)) {
            found
                .in_value(format!("{key}[{index}]"), format!("`{key}` has the variable `{name}` twice"), "the second one")
                .help("drop one of the two");
        }
    }
}

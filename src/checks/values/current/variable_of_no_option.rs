//! A variable has almost the name of one that sets an option of Airflow.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Said;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C111",
    name: "variable-of-no-option",
    level: Level::Warning,
    what: "A variable has almost the name of one that sets an option of Airflow.",
    why: "Airflow reads `AIRFLOW__SECTION__OPTION`, in capitals and with two underscores each time, and says nothing of all others.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "env: [{name: AIRFLOW_CORE__PARALLELISM, value: \"64\"}]\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "env: [{name: AIRFLOW__CORE__PARALLELISM, value: \"64\"}]\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (name, at) in Said::variables(subject.values) {
        if let Some(meant) = Said::slip(&name) {
            found
                .in_value(at.as_str(), format!("the variable `{name}` sets no option of Airflow"), "Airflow does not read this")
                .help(format!("did you mean `{meant}`?"));
        }
    }
}

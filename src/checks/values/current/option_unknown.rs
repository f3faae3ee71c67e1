//! Airflow has no option of that name, and never had.

use super::option_standing::Found;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Standing;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C107",
    name: "option-unknown",
    level: Level::Warning,
    what: "Airflow has no option of that name, and never had.",
    why: "Airflow reads the options that it knows, and says nothing of all others.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {core: {paralelism: 64}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "config: {core: {parallelism: 64}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let version = subject.values.airflow_version.as_str();
    for option in Found::all(subject) {
        let Standing::Unknown(nearest) = option.standing else { continue };
        let finding = option.report(found, format!("Airflow {version} has no option `{}`", option.key), "nobody reads this");
        match nearest {
            Some(name) => finding.help(format!("did you mean `{}`?", option.instead(name))),
            None => finding.help("drop it, unless a program of yours reads it"),
        };
    }
}

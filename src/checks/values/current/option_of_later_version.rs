//! An option is one of a later version of Airflow.

use super::option_standing::Found;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Standing;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C109",
    name: "option-of-later-version",
    level: Level::Warning,
    what: "An option is one of a later version of Airflow.",
    why: "An older one does not read it, and says nothing of it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 2.11.2\n", "config: {api: {instance_name: Orders}}\n"),
        instead: concat!("airflowVersion: 2.11.2\n", "config: {webserver: {instance_name: Orders}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let version = subject.values.airflow_version.as_str();
    for option in Found::all(subject) {
        let Standing::Later(since, before) = option.standing else { continue };
        let title = format!("`{}` is an option since Airflow {since}", option.key);
        let finding = option.report(found, title, &format!("Airflow {version} does not read this"));
        match before {
            Some(name) => finding.help(format!("until then it is `{}`", option.instead(name))),
            None => finding.help("drop it"),
        };
    }
}

//! An option has another name by now.

use super::option_standing::Found;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Standing;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C110",
    name: "option-of-former-name",
    level: Level::Warning,
    what: "An option has another name by now.",
    why: "Airflow still reads the one that it had, and warns of it; Airflow 3 has dropped most of those that Airflow 2 still read.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {webserver: {instance_name: Orders}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "config: {api: {instance_name: Orders}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for option in Found::all(subject) {
        let Standing::Former(now) = option.standing else { continue };
        let title = format!("`{}` is the name that an option had", option.key);
        option.report(found, title, "Airflow reads this still").help(format!("write `{}`", option.instead(now)));
    }
}

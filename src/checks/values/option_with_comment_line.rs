//! An option of airflow.cfg has a line that begins with `#` or `;`.

use crate::checks::finding::Findings;
use crate::checks::option::CfgOption;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C104",
    name: "option-with-comment-line",
    level: Level::Error,
    what: "An option of airflow.cfg has a line that begins with `#` or `;`.",
    why: "Airflow takes such a line for a comment and drops it from the value.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {smtp: {smtp_mail_from: \"first\\n# second\"}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "config: {smtp: {smtp_mail_from: \"first second\"}}\n"),
    },
    check: Check::Option(check),
};

fn check(option: &CfgOption<'_>, found: &mut Findings) {
    if option.text().is_some_and(|text| text.lines().skip(1).any(|line| line.trim_start().starts_with(['#', ';']))) {
        found
            .in_value(option.path(), format!("`{}` has a line that begins with `#` or `;`", option.key()), "this value")
            .note("airflow.cfg takes such a line for a comment and drops it from the value");
    }
}

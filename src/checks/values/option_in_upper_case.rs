//! An option of airflow.cfg is not in lower case.

use super::variable_as_option::is_variable;
use crate::checks::finding::Findings;
use crate::checks::option::CfgOption;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C102",
    name: "option-in-upper-case",
    level: Level::Error,
    what: "An option of airflow.cfg is not in lower case.",
    why: "Airflow looks options up in lower case and would not see it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {core: {Parallelism: 64}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "config: {core: {parallelism: 64}}\n"),
    },
    check: Check::Option(check),
};

fn check(option: &CfgOption<'_>, found: &mut Findings) {
    // The options of these sections are names that others chose.
    let free = option.section.starts_with("kubernetes_") || option.section == "elasticsearch_configs";
    if !free && ![option.section, option.name].into_iter().any(is_variable) && option.name.chars().any(char::is_uppercase) {
        found
            .in_value(option.path(), format!("`{}` is not in lower case", option.key()), "this option")
            .note("Airflow looks options up in lower case and would not see it")
            .help(format!("write `{}`", option.name.to_lowercase()));
    }
}

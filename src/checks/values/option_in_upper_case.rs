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
    if is_in_upper_case(option.section, option.name) && ![option.section, option.name].into_iter().any(is_variable) {
        found
            .in_value(option.path(), format!("`{}` is not in lower case", option.key()), "this option")
            .note("Airflow looks options up in lower case and would not see it")
            .help(format!("write `{}`", option.name.to_lowercase()));
    }
}

/// Whether Airflow would not see an option for the capitals in its name.
pub(super) fn is_in_upper_case(section: &str, name: &str) -> bool {
    // The options of these sections are names that others chose.
    let is_free = section.starts_with("kubernetes_") || section == "elasticsearch_configs";
    !is_free && name.chars().any(char::is_uppercase)
}

//! An option of airflow.cfg has the name of a variable.

use crate::checks::finding::Findings;
use crate::checks::option::CfgOption;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C105",
    name: "variable-as-option",
    level: Level::Warning,
    what: "An option of airflow.cfg has the name of a variable.",
    why: "Airflow reads `AIRFLOW__SECTION__OPTION` from the environment alone; in airflow.cfg it has no effect.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {core: {AIRFLOW__CORE__LOAD_EXAMPLES: \"True\"}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "config: {core: {load_examples: \"True\"}}\n"),
    },
    check: Check::Option(check),
};

/// What the names of such variables begin with.
const START: &str = "AIRFLOW__";

fn check(option: &CfgOption<'_>, found: &mut Findings) {
    let Some(name) = [option.name, option.section].into_iter().find(|name| is_variable(name)) else { return };
    let rest = name[START.len()..].to_lowercase();
    let key = match rest.split_once("__") {
        Some((section, option)) => format!("config.{section}.{option}"),
        None => format!("config.{rest}.{}", option.name.to_lowercase()),
    };
    found
        .in_value(option.path(), format!("`{name}` is the name of a variable"), "this has no effect")
        .note("Airflow reads such a name from the environment alone")
        .help(format!("write `{key}`, or give the variable in `env`"));
}

/// Whether a name is that of a variable.
pub(super) fn is_variable(name: &str) -> bool {
    name.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START))
}

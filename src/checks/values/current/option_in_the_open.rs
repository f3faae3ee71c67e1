//! A secret of Airflow stands in airflow.cfg.

use crate::checks::finding::Findings;
use crate::checks::option::CfgOption;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::checks::values::secret_in_airflow_cfg;
use crate::schema::Airflow;
use crate::values::Said;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C112",
    name: "option-in-the-open",
    level: Level::Warning,
    what: "A secret of Airflow stands in airflow.cfg.",
    why: "That is a config map: whoever may look at the namespace, or at what is committed, reads it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {sentry: {sentry_dsn: \"https://key@example.com/1\"}}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "secret: [{envName: AIRFLOW__SENTRY__SENTRY_DSN, secretName: sentry, secretKey: dsn}]\n"
        ),
    },
    check: Check::Option(check),
};

fn check(option: &CfgOption<'_>, found: &mut Findings) {
    let is_said = option.text().is_some_and(|text| !text.is_empty());
    // Those have keys of their own, and a rule that names them.
    let has_key = secret_in_airflow_cfg::key(option.edition, option.section, option.name).is_some();
    if is_said && !has_key && Airflow::is_secret(option.section, option.name) {
        let variable = Said::variable_of(option.section, option.name);
        found.in_value(option.path(), format!("`{}` would stand in the config map, readable", option.key()), "a secret").help(format!(
            "take the variable `{variable}` from a Secret: `secret: [{{envName: {variable}, secretName: ..., secretKey: ...}}]`"
        ));
    }
}

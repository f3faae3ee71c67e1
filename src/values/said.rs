//! The options of Airflow that the values say, wherever they say them.

use std::borrow::Cow;

use super::options::path;
use super::{Need, Values, Variable, yaml_list};
use crate::schema::{Airflow, Path};

/// An option that the values say, by its name in airflow.cfg or by a variable.
#[derive(Clone, Debug)]
pub struct Said<'v> {
    /// Its section.
    pub section: Cow<'v, str>,
    /// Its name there.
    pub name: Cow<'v, str>,
    /// The text, where airflow.cfg has one.
    pub text: Option<&'v str>,
    /// The key of the values that says it.
    pub at: Path,
    /// Whether it is a variable that does.
    pub by_variable: bool,
}

impl<'v> Said<'v> {
    /// All of them.
    #[must_use]
    pub fn all(values: &'v Values) -> Vec<Self> {
        let sections = values.config.0.iter().filter_map(|(section, options)| Some((section, options.as_ref()?)));
        let options = sections.flat_map(|(section, options)| {
            options.iter().filter_map(move |(name, value)| {
                let text = value.as_ref()?.text();
                Some(Self { section: section.into(), name: name.into(), text, at: ["config", section, name].into(), by_variable: false })
            })
        });
        options.chain(Self::variables(values).into_iter().filter_map(|(name, at)| Self::by_variable(&name, at))).collect()
    }

    /// The names of all variables that Airflow's containers get by the values, each with the key that gives it.
    #[must_use]
    pub fn variables(values: &Values) -> Vec<(String, String)> {
        let mut all = Vec::new();
        let mut add = |name: &str, at: String| all.push((name.to_owned(), at));
        let mut add_all = |key: &str, variables: &[Variable]| {
            for (index, Variable(variable)) in variables.iter().enumerate() {
                add(variable["name"].as_str().unwrap_or_default(), format!("{key}[{index}].name"));
            }
        };
        add_all("env", &values.env);
        for (key, component) in values.enabled_components() {
            if component.needs().contains(&Need::Airflow) {
                for (below, workload) in component.workloads(values) {
                    add_all(&format!("{}.env", path(key, &below)), &workload.env);
                }
            }
        }
        for (index, secret) in values.secret.iter().enumerate() {
            add(&secret.env_name, format!("secret[{index}].envName"));
        }
        for variable in yaml_list(values.extra_env.as_deref()) {
            add(variable["name"].as_str().unwrap_or_default(), "extraEnv".to_owned());
        }
        all
    }

    /// The option that a variable says: `AIRFLOW__SECTION__OPTION`. One of more parts says something else, as does one of a
    /// team, `AIRFLOW__TEAM___SECTION__OPTION`.
    fn by_variable(variable: &str, at: String) -> Option<Self> {
        let (section, name) = variable.strip_prefix("AIRFLOW__")?.split_once("__")?;
        if name.is_empty() || name.contains("__") || name.starts_with('_') || variable.chars().any(char::is_lowercase) {
            return None;
        }
        let section = section.to_lowercase();
        let section = Airflow::section_of_variable(&section).map_or(Cow::Owned(section), Cow::Borrowed);
        Some(Self { section, name: name.to_lowercase().into(), text: None, at: at.into(), by_variable: true })
    }

    /// The variable of an option that another one, which says none, may be meant as.
    #[must_use]
    pub fn slip(variable: &str) -> Option<String> {
        let (start, rest) = variable.split_at_checked("AIRFLOW".len())?;
        if !start.eq_ignore_ascii_case("AIRFLOW") || Self::by_variable(variable, String::new()).is_some() {
            return None;
        }
        Airflow::in_one_word(&rest.to_lowercase()).map(|(section, name)| Self::variable_of(section, name))
    }

    /// The variable that says an option.
    #[must_use]
    pub fn variable_of(section: &str, name: &str) -> String {
        format!("AIRFLOW__{}__{name}", section.replace('.', "_")).to_uppercase()
    }

    /// Another option, said in the same way.
    #[must_use]
    pub fn instead(&self, section: &str, name: &str) -> String {
        if self.by_variable { Self::variable_of(section, name) } else { format!("config.{section}.{name}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_said_by_airflow_cfg_and_by_variables() {
        let values = r#"{
            "airflowVersion": "3.2.0",
            "config": {"core": {"parallelism": "64", "executor": null}},
            "env": [{"name": "STAGE"}, {"name": "AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH"}, {"name": "AIRFLOW__LOG_RETENTION_DAYS"}],
            "secret": [{"envName": "AIRFLOW__SMTP__SMTP_PORT", "secretName": "a"}],
            "extraEnv": "[{name: AIRFLOW__SECRETS__BACKEND_KWARG__A}, {name: AIRFLOW__A___CORE__B}, {name: AIRFLOW__CORE__A}]",
            "scheduler": {"enabled": true, "env": [{"name": "AIRFLOW__API__PORT"}]}
        }"#;
        let values = serde_json::from_str(values).unwrap();
        let said = |said: &Said<'_>| format!("{} {} {}", said.section, said.name, said.at);
        assert_eq!(
            Said::all(&values).iter().map(said).collect::<Vec<_>>(),
            [
                "core parallelism config.core.parallelism",
                "common.io xcom_objectstorage_path env[1].name",
                "api port scheduler.env[0].name",
                "smtp smtp_port secret[0].envName",
                "core a extraEnv",
            ]
        );
    }

    #[test]
    fn a_variable_may_be_a_slip_of_one_that_says_an_option() {
        for (variable, meant) in [
            ("AIRFLOW_CORE__PARALLELISM", Some("AIRFLOW__CORE__PARALLELISM")),
            ("AIRFLOW__CORE_PARALLELISM", Some("AIRFLOW__CORE__PARALLELISM")),
            ("airflow__core__parallelism", Some("AIRFLOW__CORE__PARALLELISM")),
            ("AIRFLOW_COMMON_IO__XCOM_OBJECTSTORAGE_PATH", Some("AIRFLOW__COMMON_IO__XCOM_OBJECTSTORAGE_PATH")),
            ("AIRFLOW__CORE__PARALLELISM", None),
            ("AIRFLOW__CORE__PARALELISM", None),
            ("AIRFLOW_HOME", None),
            ("AIRFLOW_CONN_CORE", None),
            ("AIRFLOW__A___CORE__PARALLELISM", None),
            ("ÄIRFLOW", None),
        ] {
            assert_eq!(Said::slip(variable).as_deref(), meant, "{variable}");
        }
    }
}

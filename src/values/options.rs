//! What Airflow hears of an option, whoever says it: a variable of its container, or airflow.cfg.
//!
//! The order is Airflow's own (`AirflowConfigParser.get`): a variable comes before airflow.cfg, and in each the option's
//! name before the one that it had.

use std::borrow::Cow;

use serde_json::Value;

use super::heard::Heard;
use super::{AirflowConfig, AirflowOption, Need, Values, Variable, camel_case, yaml_list};
use crate::schema::{Airflow, Path, Step};

/// Everything that says options to Airflow.
#[derive(Clone, Debug)]
pub struct Options<'v> {
    config: &'v AirflowConfig,
    airflow: Airflow,
    /// The variables of every container of Airflow, the last of a name counts.
    variables: Vec<Given<'v>>,
    /// Whether containers have variables whose names do not stand in the values (Kubernetes: `envFrom`).
    has_more: bool,
}

/// A variable that the user gives.
#[derive(Clone, Debug)]
struct Given<'v> {
    name: Cow<'v, str>,
    /// Its value, where it stands in the values.
    text: Option<Cow<'v, str>>,
    at: Path,
}

impl<'v> Given<'v> {
    fn all(variables: &'v [Variable], key: &str) -> impl Iterator<Item = Self> {
        let at = Path::of_keys(key);
        variables.iter().enumerate().map(move |(index, Variable(variable))| {
            let mut at = at.clone();
            at.0.push(Step::Index(index));
            at.0.extend(literal(variable).then(|| Step::Key("value".to_owned())));
            let text = |key: &str| variable.get(key).map(|value| value.as_str().unwrap_or_default());
            Self {
                name: text("name").unwrap_or_default().into(),
                text: literal(variable).then(|| text("value").unwrap_or_default().into()),
                at,
            }
        })
    }
}

/// Whether a variable's value stands there, and neither the kubelet nor Airflow puts another one in its place.
fn literal(variable: &Value) -> bool {
    variable.get("valueFrom").is_none_or(Value::is_null) && !variable["value"].as_str().is_some_and(|text| text.contains('$'))
}

impl<'v> Options<'v> {
    /// What the values say to every container of Airflow.
    #[must_use]
    pub fn of(values: &'v Values) -> Self {
        let mut variables: Vec<Given<'v>> = Given::all(&values.env, "env").collect();
        variables.extend(values.secret.iter().map(|secret| Given { name: (&*secret.env_name).into(), text: None, at: "secret".into() }));
        variables.extend(yaml_list(values.extra_env.as_deref()).iter().map(|variable| Given {
            name: variable["name"].as_str().unwrap_or_default().to_owned().into(),
            text: literal(variable).then(|| variable["value"].as_str().unwrap_or_default().to_owned().into()),
            at: "extraEnv".into(),
        }));
        Self {
            config: &values.config,
            airflow: values.airflow_version.known(),
            variables,
            has_more: !yaml_list(values.extra_env_from.as_deref()).is_empty(),
        }
    }

    /// The same, to a container that has variables of its own besides, from this key of the values.
    #[must_use]
    pub fn with(&self, own: &'v [Variable], key: &str) -> Self {
        let mut options = self.clone();
        options.variables.extend(Given::all(own, key));
        options
    }

    /// What the values say to the scheduler, in which the executor runs.
    #[must_use]
    pub fn of_scheduler(values: &'v Values) -> Self {
        Self::of(values).with(&values.scheduler.workload.env, "scheduler.env")
    }

    /// What each container of Airflow in a set hears of an option for sure, each different thing once.
    #[must_use]
    pub fn of_each(values: &'v Values, option: AirflowOption) -> Vec<Heard<'v>> {
        Self::of_each_together(values, [option]).into_iter().map(|[heard]| heard).collect()
    }

    /// The same of several options at once, as one container hears them.
    #[must_use]
    pub fn of_each_together<const N: usize>(values: &'v Values, asked: [AirflowOption; N]) -> Vec<[Heard<'v>; N]> {
        let options = Self::of(values);
        let run = values
            .components()
            .into_iter()
            .filter(|(_, component)| component.enabled(values) && component.needs().contains(&Need::Airflow));
        let mut all = Vec::new();
        for (key, component) in run {
            for (below, workload) in component.workloads(values) {
                let options = options.with(&workload.env, &format!("{}.env", path(key, &below)));
                let heard = asked.map(|option| options.heard_for_sure(option));
                if !all.contains(&heard) {
                    all.push(heard);
                }
            }
        }
        all
    }

    /// What Airflow hears of an option.
    #[must_use]
    pub fn heard(&self, option: AirflowOption) -> Heard<'v> {
        if let Some((Given { text, at, .. }, is_plain)) = self.variable(option) {
            return text.clone().filter(|_| is_plain).map_or(Heard::Unknown, |text| Heard::Text(text, at.clone()));
        }
        self.in_config(option)
    }

    /// The same for those that must not assume: `Unknown` where nothing is said, and variables that do not stand in the values
    /// (Kubernetes: `envFrom`) may say something.
    #[must_use]
    pub fn heard_for_sure(&self, option: AirflowOption) -> Heard<'v> {
        match self.heard(option) {
            Heard::Nothing if self.has_more => Heard::Unknown,
            heard => heard,
        }
    }

    /// The key of the values that says an option what does not stand in them, if one does.
    #[must_use]
    pub fn unseen(&self, option: AirflowOption) -> Option<Path> {
        let of_variable = self.variable(option).map(|(given, _)| given.at.clone());
        let of_config = || option.names(self.airflow).map(|(section, name)| Path::from(["config", section, name]));
        let is_said = |path: &Path| matches!(&path.0[..], [_, Step::Key(section), Step::Key(name)] if self.says(section, name));
        (self.heard(option) == Heard::Unknown).then(|| of_variable.or_else(|| of_config().find(is_said)))?
    }

    /// Whether airflow.cfg has an option under this name.
    fn says(&self, section: &str, name: &str) -> bool {
        self.config.0.get(section).and_then(Option::as_ref).is_some_and(|all| all.contains_key(name))
    }

    /// What a variable says that is no option of Airflow's, for those that must not assume.
    #[must_use]
    pub fn variable_for_sure(&self, name: &str) -> Heard<'v> {
        match self.variables.iter().rev().find(|given| given.name == name) {
            Some(Given { text, at, .. }) => text.clone().map_or(Heard::Unknown, |text| Heard::Text(text, at.clone())),
            None if self.has_more => Heard::Unknown,
            None => Heard::Nothing,
        }
    }

    /// The queue of tasks whose DAG names none, if it is known (Airflow: `[operators] default_queue`).
    #[must_use]
    pub fn default_queue(&self) -> Option<Cow<'v, str>> {
        match self.heard_for_sure(AirflowOption::of("operators", "default_queue")) {
            Heard::Text(queue, _) => Some(queue),
            Heard::Nothing | Heard::Usual(_) => Some("default".into()),
            Heard::Unknown => None,
        }
    }

    /// Whether airflow.cfg has the option under the name that it had before, and not under its own.
    #[must_use]
    pub fn has_former(&self, section: &str, name: &str) -> bool {
        !self.says(section, name) && self.airflow.former(section, name).any(|(section, old)| self.says(section, old))
    }

    /// The variable that says an option, if there is one, and whether its text is the option's.
    fn variable(&self, option: AirflowOption) -> Option<(&Given<'v>, bool)> {
        let forms: &[&str] = if option.is_secret { &["", "_CMD", "_SECRET"] } else { &[""] };
        option.names(self.airflow).find_map(|(section, name)| {
            let variable = format!("AIRFLOW__{section}__{name}").to_uppercase();
            forms.iter().find_map(|form| {
                let given = self.variables.iter().rev().find(|given| given.name == format!("{variable}{form}"))?;
                Some((given, form.is_empty()))
            })
        })
    }

    /// What airflow.cfg says of an option.
    fn in_config(&self, option: AirflowOption) -> Heard<'v> {
        let said = option.names(self.airflow).find_map(|(section, name)| {
            let path = || Path::from(["config", section, name]);
            match self.config.0.get(section)? {
                None => Some(Heard::Usual(["config", section].into())),
                Some(options) => match options.get(name) {
                    Some(Some(value)) => Some(Heard::of_config(value, path())),
                    Some(None) => Some(Heard::Usual(path())),
                    None => {
                        let is_elsewhere = |end: &str| option.is_secret && options.contains_key(&format!("{name}{end}"));
                        ["_cmd", "_secret"].into_iter().any(is_elsewhere).then_some(Heard::Unknown)
                    }
                },
            }
        });
        said.unwrap_or(Heard::Nothing)
    }
}

/// The key of a workload: that of its component, and what is below it.
pub(super) fn path(component: &str, below: &str) -> String {
    let key = camel_case(component);
    if below.is_empty() { key } else { format!("{key}.{below}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE_URL: AirflowOption = AirflowOption::of("api", "base_url");

    fn heard(values: &str, option: AirflowOption) -> String {
        let values: Values = serde_json::from_str(values).unwrap();
        match Options::of(&values).with(&values.scheduler.workload.env, "scheduler.env").heard(option) {
            Heard::Text(text, at) => format!("{text} ({at})"),
            other => format!("{other:?}").split('(').next().unwrap().to_owned(),
        }
    }

    fn heard_by_3(values: &str, option: AirflowOption) -> String {
        heard(&format!(r#"{{"airflowVersion": "3.2.0", {values}}}"#), option)
    }

    #[test]
    fn a_variable_comes_before_airflow_cfg_and_a_name_before_the_one_it_had() {
        let config = r#""config": {"webserver": {"base_url": "old"}, "api": {"base_url": "new"}}"#;
        let env = |name: &str| format!(r#"{{"name": "AIRFLOW__{name}__BASE_URL", "value": "env-{name}"}}"#);
        assert_eq!(heard_by_3(config, BASE_URL), "new (config.api.base_url)");
        assert_eq!(heard_by_3(r#""config": {"webserver": {"base_url": "old"}}"#, BASE_URL), "old (config.webserver.base_url)");
        assert_eq!(heard_by_3(&format!(r#"{config}, "env": [{}]"#, env("WEBSERVER")), BASE_URL), "env-WEBSERVER (env[0].value)");
        let both = format!(r#""env": [{}, {}]"#, env("WEBSERVER"), env("API"));
        assert_eq!(heard_by_3(&both, BASE_URL), "env-API (env[1].value)");
        let own = format!(r#""env": [{}], "scheduler": {{"env": [{{"name": "AIRFLOW__API__BASE_URL", "value": "own"}}]}}"#, env("API"));
        assert_eq!(heard_by_3(&own, BASE_URL), "own (scheduler.env[0].value)");
        let text = r#""extraEnv": "- {name: AIRFLOW__API__BASE_URL, value: text}", "extraEnvFrom": "- {secretRef: {name: a}}""#;
        assert_eq!(heard_by_3(text, BASE_URL), "text (extraEnv)");
    }

    #[test]
    fn the_name_that_an_option_had_is_read_by_the_versions_that_do() {
        let config = r#"{"airflowVersion": "2.11.0", "config": {"core": {"remote_logging": true}, "webserver": {"base_url": "old"}}}"#;
        assert_eq!(heard(config, AirflowOption::of("logging", "remote_logging")), "true (config.core.remote_logging)");
        assert_eq!(heard(config, BASE_URL), "Nothing");
        let config = r#""config": {"core": {"remote_logging": true}}"#;
        assert_eq!(heard_by_3(config, AirflowOption::of("logging", "remote_logging")), "Nothing");
        let config = r#"{"airflowVersion": "2.11.0", "config": {"kubernetes": {"namespace": "n"}}}"#;
        assert_eq!(heard(config, AirflowOption::of("kubernetes_executor", "namespace")), "n (config.kubernetes.namespace)");
    }

    #[test]
    fn airflow_cfg_has_the_name_that_an_option_had_alone() {
        let has_former = |version: &str, config: &str| {
            let values = format!(r#"{{"airflowVersion": "{version}", "config": {{{config}}}}}"#);
            Options::of(&serde_json::from_str(&values).unwrap()).has_former("logging", "remote_logging")
        };
        let former = r#""core": {"remote_logging": true}"#;
        assert!(has_former("2.11.0", former));
        assert!(!has_former("3.2.0", former));
        assert!(!has_former("2.11.0", &format!(r#"{former}, "logging": {{"remote_logging": false}}"#)));
    }

    #[test]
    fn what_does_not_stand_in_the_values_is_unknown() {
        for values in [
            r#""env": [{"name": "AIRFLOW__API__BASE_URL", "valueFrom": {"configMapKeyRef": {"name": "a", "key": "b"}}}]"#,
            r#""env": [{"name": "AIRFLOW__API__BASE_URL", "value": "http://$(HOST)/"}]"#,
            r#""secret": [{"envName": "AIRFLOW__API__BASE_URL", "secretName": "a"}]"#,
            r#""config": {"api": {"base_url": "%(host)s"}}"#,
        ] {
            assert_eq!(heard_by_3(values, BASE_URL), "Unknown", "{values}");
        }
        let more: Values = serde_json::from_str(r#"{"extraEnvFrom": "- {secretRef: {name: a}}"}"#).unwrap();
        let more = Options::of(&more);
        assert_eq!((more.heard(BASE_URL), more.heard_for_sure(BASE_URL)), (Heard::Nothing, Heard::Unknown));
        assert_eq!(heard_by_3(r#""config": {"api": {"base_url": "a%%b"}}"#, BASE_URL), "a%b (config.api.base_url)");
        assert_eq!(heard_by_3(r#""config": {"api": {"base_url": null}}"#, BASE_URL), "Usual");
        assert_eq!(heard_by_3(r#""config": {"api": null}"#, BASE_URL), "Usual");
    }

    #[test]
    fn a_command_or_a_store_says_what_is_a_secret_and_nothing_else() {
        const CONNECTION: AirflowOption = AirflowOption::secret("database", "sql_alchemy_conn");
        for end in ["_CMD", "_SECRET"] {
            let env = |option: &str| format!(r#""env": [{{"name": "AIRFLOW__{option}{end}", "value": "a"}}]"#);
            assert_eq!(heard_by_3(&env("DATABASE__SQL_ALCHEMY_CONN"), CONNECTION), "Unknown");
            assert_eq!(heard_by_3(&env("API__BASE_URL"), BASE_URL), "Nothing");
        }
        assert_eq!(heard_by_3(r#""config": {"database": {"sql_alchemy_conn_cmd": "a"}}"#, CONNECTION), "Unknown");
    }
}

//! Names: made in one place.

use crate::values::{Component, Values};

/// Makes the names of all objects.
#[derive(Clone, Debug)]
pub struct Names {
    /// The name of the release.
    pub release: String,
    /// The namespace of the release.
    pub namespace: String,
    /// Airflow's home, without a slash at its end.
    pub home: String,
    /// The prefix of all names but those of accounts.
    prefix: String,
    /// The prefix of the names of accounts.
    standard: String,
}

/// The most characters of a name that others are made from (the chart's own bound).
const MOST: usize = 63;

impl Names {
    pub fn for_values(values: &Values) -> Self {
        let release = values.release_name.as_deref().unwrap_or("airflow").to_owned();
        let chart = values.name_override.as_deref().unwrap_or("airflow");
        let standard = match values.fullname_override.as_deref() {
            Some(name) => name.to_owned(),
            None if release.contains(chart) => release.clone(),
            None => format!("{release}-{chart}"),
        };
        let standard: String = standard.chars().take(MOST).collect();
        let standard = standard.trim_end_matches('-').to_owned();
        Self {
            namespace: values.namespace.as_deref().unwrap_or("default").to_owned(),
            home: values.airflow_home.trim_end_matches('/').to_owned(),
            prefix: if values.use_standard_naming { standard.clone() } else { release.clone() },
            standard,
            release,
        }
    }

    /// The name of what `base` stands for.
    pub fn of(&self, base: &str) -> String {
        format!("{}-{base}", self.prefix)
    }

    /// The name of the account of what `base` stands for.
    pub fn account(&self, base: &str) -> String {
        format!("{}-{base}", self.standard)
    }

    /// The name of one of the user's priority classes, which are the cluster's.
    pub fn priority_class(&self, base: &str) -> String {
        format!("{}-{base}", self.release)
    }

    /// The name of a component's objects.
    pub fn of_component(&self, component: &dyn Component) -> String {
        if component.is_named_by_release() {
            format!("{}-{}", self.release, component.object_name())
        } else {
            self.of(component.object_name())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(values: &str) -> Names {
        Names::for_values(&serde_json::from_str(values).unwrap())
    }

    #[test]
    fn names_begin_with_the_release_and_accounts_with_the_chart_too() {
        let usual = names(r#"{"releaseName": "etl"}"#);
        assert_eq!((usual.of("config"), usual.account("worker")), ("etl-config".to_owned(), "etl-airflow-worker".to_owned()));
        let standard = names(r#"{"releaseName": "etl", "useStandardNaming": true}"#);
        assert_eq!(standard.of("config"), "etl-airflow-config");
        let contained = names(r#"{"releaseName": "my-airflow", "useStandardNaming": true}"#);
        assert_eq!(contained.of("config"), "my-airflow-config");
        let overridden = names(r#"{"releaseName": "etl", "fullnameOverride": "x"}"#);
        assert_eq!((overridden.of("config"), overridden.account("worker")), ("etl-config".to_owned(), "x-worker".to_owned()));
    }

    #[test]
    fn a_long_name_is_cut_and_does_not_end_with_a_hyphen() {
        let release = format!("{}-{}", "a".repeat(62), "b".repeat(10));
        let names = names(&format!(r#"{{"releaseName": "{release}"}}"#));
        assert_eq!(names.account("x"), format!("{}-x", "a".repeat(62)));
    }

    #[test]
    fn what_is_named_by_the_release_is_so_whatever_others_are_named_by() {
        let values: Values = serde_json::from_str(r#"{"releaseName": "etl", "useStandardNaming": true}"#).unwrap();
        let names = Names::for_values(&values);
        assert_eq!(names.of_component(&values.postgresql), "etl-postgresql");
        assert_eq!(names.of_component(&values.redis), "etl-airflow-redis");
    }
}

//! The namespaces that pods of tasks run in.

use super::names::Names;
use crate::values::{AirflowOption, Delivery, Options, Values};

/// The namespaces that pods of tasks run in (Airflow: `[kubernetes_executor] namespace`, `multi_namespace_mode`,
/// `multi_namespace_mode_namespace_list`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskNamespaces {
    /// Whether they may run in any namespace of the cluster.
    pub any: bool,
    /// Those that are known, besides the release's.
    pub others: Vec<String>,
    /// Whether a host of the release says its namespace, so that tasks elsewhere find it.
    pub hosts_in_full: bool,
}

impl TaskNamespaces {
    /// Those of these values.
    pub fn of(values: &Values, names: &Names) -> Self {
        let options = Options::of_scheduler(values);
        let heard = |name| options.heard(AirflowOption::of("kubernetes_executor", name));
        let several = heard("multi_namespace_mode").is_true(values.multi_namespace_mode).unwrap_or(values.multi_namespace_mode);
        let list = heard("multi_namespace_mode_namespace_list");
        let list = list.text().filter(|_| several).unwrap_or_default();
        let list: Vec<&str> = list.split(',').map(str::trim).filter(|name| !name.is_empty()).collect();
        // That of pods whose task names none.
        let usual = heard("namespace");
        let usual = usual.text().filter(|_| values.executor.uses_kubernetes());
        let mut others: Vec<String> = Vec::new();
        for name in usual.into_iter().chain(list.iter().copied()) {
            if name != names.namespace && !name.is_empty() && !others.iter().any(|other| other == name) {
                others.push(name.to_owned());
            }
        }
        let any = several && list.is_empty();
        // The chart knows of no namespaces.
        let from_anywhere = any && values.executor.uses_kubernetes() && values.delivery != Delivery::Helm;
        let hosts_in_full = from_anywhere || !others.is_empty();
        Self { any, others, hosts_in_full }
    }

    /// The host of a Service of the release, as every task finds it.
    pub fn host(&self, names: &Names, service: String) -> String {
        if self.hosts_in_full { format!("{service}.{}", names.namespace) } else { service }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn namespaces(rest: &str) -> TaskNamespaces {
        let values = serde_json::from_str(&format!(r#"{{"namespace": "airflow", "executor": "KubernetesExecutor", {rest}}}"#)).unwrap();
        TaskNamespaces::of(&values, &Names::for_values(&values))
    }

    fn others<const N: usize>(names: [&str; N]) -> TaskNamespaces {
        TaskNamespaces { any: false, others: names.map(str::to_owned).to_vec(), hosts_in_full: N > 0 }
    }

    #[test]
    fn tasks_run_beside_the_release_unless_an_option_says_otherwise() {
        assert_eq!(namespaces(r#""env": []"#), others([]));
        assert_eq!(namespaces(r#""config": {"kubernetes_executor": {"namespace": "airflow"}}"#), others([]));
        assert_eq!(namespaces(r#""config": {"kubernetes_executor": {"namespace": "jobs"}}"#), others(["jobs"]));
        assert_eq!(namespaces(r#""env": [{"name": "AIRFLOW__KUBERNETES_EXECUTOR__NAMESPACE", "value": "jobs"}]"#), others(["jobs"]));
    }

    #[test]
    fn a_list_counts_with_several_namespaces_alone_and_takes_the_place_of_all() {
        let list = r#""multi_namespace_mode_namespace_list": "airflow, a,b""#;
        assert_eq!(namespaces(&format!(r#""config": {{"kubernetes_executor": {{{list}}}}}"#)), others([]));
        assert_eq!(
            namespaces(&format!(r#""multiNamespaceMode": true, "config": {{"kubernetes_executor": {{{list}}}}}"#)),
            others(["a", "b"])
        );
        assert_eq!(
            namespaces(&format!(r#""config": {{"kubernetes_executor": {{"multi_namespace_mode": "True", "namespace": "c", {list}}}}}"#)),
            others(["c", "a", "b"])
        );
        assert_eq!(namespaces(r#""multiNamespaceMode": true"#), TaskNamespaces { any: true, others: Vec::new(), hosts_in_full: true });
        let of_helm = namespaces(r#""multiNamespaceMode": true, "delivery": "helm""#);
        assert_eq!(of_helm, TaskNamespaces { any: true, others: Vec::new(), hosts_in_full: false });
    }
}

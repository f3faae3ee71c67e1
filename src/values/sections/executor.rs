//! What runs the tasks.

use std::borrow::Cow;
use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// An executor (Airflow: `[core] executor`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Executor {
    /// Tasks run in the scheduler's pod.
    Local,
    /// Tasks run in Celery's workers.
    Celery,
    /// Each task runs in a pod of its own.
    Kubernetes,
    /// Celery's workers, and pods of their own for the tasks of one queue (before Airflow 3).
    CeleryKubernetes,
    /// The scheduler's pod, and pods of their own for the tasks of one queue (before Airflow 3).
    LocalKubernetes,
    /// Workers ask the API server for tasks (provider `edge3`).
    Edge,
    /// Another executor, by its Python class.
    Other(String),
}

impl Executor {
    /// The names of Airflow's own executors.
    pub const NAMES: [&'static str; 5] =
        ["LocalExecutor", "CeleryExecutor", "KubernetesExecutor", "CeleryKubernetesExecutor", "LocalKubernetesExecutor"];

    /// Those of Airflow 2 besides, which need nothing of their own.
    pub const OF_AIRFLOW_2: [&'static str; 2] = ["SequentialExecutor", "DebugExecutor"];

    fn named(name: &str) -> Self {
        // A class may stand with its module: `airflow.providers.celery.executors.celery_executor.CeleryExecutor`.
        match name.rsplit(['.', ':']).next().unwrap_or(name) {
            "LocalExecutor" => Self::Local,
            "CeleryExecutor" => Self::Celery,
            "KubernetesExecutor" => Self::Kubernetes,
            "CeleryKubernetesExecutor" => Self::CeleryKubernetes,
            "LocalKubernetesExecutor" => Self::LocalKubernetes,
            // A class of that name elsewhere is the user's own.
            "EdgeExecutor" if name.contains("airflow.providers.edge3.") => Self::Edge,
            _ => Self::Other(name.to_owned()),
        }
    }
}

/// The executors, in the order in which Airflow asks them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Executors {
    text: String,
    list: Vec<Executor>,
}

impl Executors {
    /// The executors of a list separated by commas.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), list: text.split(',').map(Executor::named).collect() }
    }

    /// The executors, one by one.
    #[must_use]
    pub fn list(&self) -> &[Executor] {
        &self.list
    }

    fn any(&self, wanted: &[Executor]) -> bool {
        self.list.iter().any(|executor| wanted.contains(executor))
    }

    /// Whether Celery's workers run tasks.
    #[must_use]
    pub fn uses_celery(&self) -> bool {
        self.any(&[Executor::Celery, Executor::CeleryKubernetes])
    }

    /// Whether tasks run in pods of their own.
    #[must_use]
    pub fn uses_kubernetes(&self) -> bool {
        self.any(&[Executor::Kubernetes, Executor::CeleryKubernetes, Executor::LocalKubernetes])
    }

    /// Whether workers at the edge run tasks.
    #[must_use]
    pub fn uses_edge(&self) -> bool {
        self.any(&[Executor::Edge])
    }

    /// Whether tasks run in the scheduler's pod.
    #[must_use]
    pub fn uses_local(&self) -> bool {
        self.any(&[Executor::Local, Executor::LocalKubernetes])
    }

    /// Whether tasks may run in the scheduler's pod; of executors that are not Airflow's own, nobody knows.
    #[must_use]
    pub fn may_use_local(&self) -> bool {
        self.uses_local() || self.list.iter().any(|executor| matches!(executor, Executor::Other(_)))
    }

    /// Whether one of them combines two executors, which Airflow 3 does not have.
    #[must_use]
    pub fn is_hybrid(&self) -> bool {
        self.any(&[Executor::CeleryKubernetes, Executor::LocalKubernetes])
    }
}

impl fmt::Display for Executors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for Executors {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Executors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self::of(&text))
    }
}

impl JsonSchema for Executors {
    fn schema_name() -> Cow<'static, str> {
        "Executors".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        const ONE: &str = r"([A-Za-z_][A-Za-z0-9_]*[.:])*[A-Z][A-Za-z0-9]+Executor";
        json_schema!({
            "type": "string",
            "pattern": format!("^{ONE}(,{ONE})*$"),
            "maxLength": 1024,
            "x-words": Executor::NAMES,
            "x-expected": "`LocalExecutor`, `CeleryExecutor`, `KubernetesExecutor`, the Python class of another, or several with commas between"
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn executors_are_known_by_their_last_name() {
        let executors = Executors::of("CeleryExecutor,airflow.providers.edge3.executors.EdgeExecutor");
        assert!(executors.uses_celery() && !executors.uses_kubernetes() && !executors.uses_local());
        assert!(executors.uses_edge() && !executors.may_use_local());
        assert!(!Executors::of("EdgeExecutor,our.edge.EdgeExecutor").uses_edge());
        // Airflow 3 has names for executors: here `team`.
        assert!(Executors::of("KubernetesExecutor,team:LocalExecutor").uses_local());
        let hybrid = Executors::of("LocalKubernetesExecutor");
        assert!(hybrid.uses_kubernetes() && hybrid.uses_local() && hybrid.is_hybrid() && !hybrid.uses_celery());
    }
}

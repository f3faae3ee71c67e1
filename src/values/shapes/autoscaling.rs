//! How many pods run: autoscalers, and how many may be missing at once.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{IntOrString, Labels, MetricSpec, ScalingBehavior};

/// An autoscaler by metrics (Kubernetes: HorizontalPodAutoscaler).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Hpa {
    /// Whether there is one. Default: `false`.
    pub enabled: Option<bool>,
    /// The least number of pods.
    pub min_replica_count: Option<u32>,
    /// The greatest number of pods.
    pub max_replica_count: Option<u32>,
    /// What it goes by.
    pub metrics: Option<Vec<MetricSpec>>,
    /// How fast it scales up and down. Default: Kubernetes' own.
    pub behavior: ScalingBehavior,
}

/// An autoscaler by a query of the metadata database (KEDA: ScaledObject).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Keda {
    /// Whether there is one. Default: `false`.
    pub enabled: Option<bool>,
    /// Labels of KEDA's namespace, where network policies have to let it in. Default: none.
    pub namespace_labels: Labels,
    /// Seconds between two queries. Default: 5.
    pub polling_interval: Option<u32>,
    /// Seconds from the last need of a pod to none at all. Default: 30.
    pub cooldown_period: Option<u32>,
    /// The least number of pods. Default: 0.
    pub min_replica_count: Option<u32>,
    /// The greatest number of pods. Default: 10.
    pub max_replica_count: Option<u32>,
    /// How fast it scales up and down.
    pub advanced: KedaAdvanced,
    /// The query, which gives one whole number: how many pods are needed. Default: made from the tasks that wait or run.
    pub query: Option<String>,
    /// Whether it asks through PgBouncer, if there is one.
    pub use_pgbouncer: Option<bool>,
}

/// How fast KEDA scales (KEDA: `spec.advanced`).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KedaAdvanced {
    /// Of the autoscaler that KEDA makes.
    pub horizontal_pod_autoscaler_config: Option<KedaAutoscaler>,
}

/// The autoscaler that KEDA makes.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KedaAutoscaler {
    /// How fast it scales up and down. Default: Kubernetes' own.
    pub behavior: ScalingBehavior,
}

/// How many pods may be missing while nodes are drained (Kubernetes: PodDisruptionBudget).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PodDisruptionBudget {
    /// Whether there is a budget. Default: `false`.
    pub enabled: Option<bool>,
    /// The budget.
    pub config: DisruptionBudget,
}

/// A budget: one of its two keys.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DisruptionBudget {
    /// How many pods, or what part of them, may be missing. Default: 1.
    pub max_unavailable: Option<IntOrString>,
    /// How many pods, or what part of them, must be there.
    pub min_available: Option<IntOrString>,
}

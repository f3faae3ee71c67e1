//! How many pods run: autoscalers and pod disruption budgets.

use schemars::JsonSchema;
use serde::ser::{SerializeStruct as _, Serializer};
use serde::{Deserialize, Serialize};

use crate::values::{IntOrString, Labels, MetricSpec, ScalingBehavior};

/// An autoscaler that follows metrics (Kubernetes: HorizontalPodAutoscaler).
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Hpa {
    /// Whether it is enabled. Default: `false`.
    pub enabled: Option<bool>,
    /// The minimum number of pods. Kubernetes takes 0 only with a metric of the type `Object` or `External`; without one, 0 stands
    /// for 1.
    pub min_replica_count: Option<u32>,
    /// The maximum number of pods.
    pub max_replica_count: Option<u32>,
    /// The metrics that it follows.
    pub metrics: Option<Vec<MetricSpec>>,
    /// How fast it scales up and down (Kubernetes: `behavior`). Default: Kubernetes' own.
    pub behavior: ScalingBehavior,
}

impl Serialize for Hpa {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { enabled, min_replica_count, max_replica_count, metrics, behavior } = self;
        let counts_others = |metric: &MetricSpec| matches!(metric.0["type"].as_str(), Some("Object" | "External"));
        let may_be_none = metrics.iter().flatten().any(counts_others);
        let mut keys = serializer.serialize_struct("Hpa", 5)?;
        keys.serialize_field("enabled", enabled)?;
        keys.serialize_field("minReplicaCount", &min_replica_count.map(|least| if may_be_none { least } else { least.max(1) }))?;
        keys.serialize_field("maxReplicaCount", max_replica_count)?;
        keys.serialize_field("metrics", metrics)?;
        keys.serialize_field("behavior", behavior)?;
        keys.end()
    }
}

/// An autoscaler that follows a query of the metadata database (KEDA: ScaledObject).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Keda {
    /// Whether it is enabled. Default: `false`.
    pub enabled: Option<bool>,
    /// Labels of KEDA's namespace, for network policies that let KEDA connect. Default: none.
    pub namespace_labels: Labels,
    /// Seconds between two queries. Default: 5.
    pub polling_interval: Option<u32>,
    /// Seconds after the last pod was needed until there are none. Default: 30.
    pub cooldown_period: Option<u32>,
    /// The minimum number of pods. Default: 0.
    pub min_replica_count: Option<u32>,
    /// The maximum number of pods. Default: 10.
    pub max_replica_count: Option<u32>,
    /// How fast it scales up and down (KEDA: `spec.advanced`).
    pub advanced: KedaAdvanced,
    /// The SQL query, whose result is one whole number: how many pods are needed. Default: counts the queued and running
    /// tasks, or the triggers.
    pub query: Option<String>,
    /// Whether the query goes through PgBouncer, if PgBouncer is enabled. Default: `true`; of the triggerer, `false`.
    pub use_pgbouncer: Option<bool>,
}

/// How fast KEDA scales (KEDA: `spec.advanced`).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KedaAdvanced {
    /// The HorizontalPodAutoscaler that KEDA creates.
    pub horizontal_pod_autoscaler_config: Option<KedaAutoscaler>,
}

/// The HorizontalPodAutoscaler that KEDA creates.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct KedaAutoscaler {
    /// How fast it scales up and down (Kubernetes: `behavior`). Default: Kubernetes' own.
    pub behavior: ScalingBehavior,
}

/// How many pods may be unavailable while nodes are drained (Kubernetes: PodDisruptionBudget).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PodDisruptionBudget {
    /// Whether there is a budget. Default: `false`.
    pub enabled: Option<bool>,
    /// The budget.
    pub config: DisruptionBudget,
}

/// A budget: give one of the first two keys.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DisruptionBudget {
    /// How many pods may be unavailable, as a number or a percentage. Default: 1, unless `minAvailable` is given.
    pub max_unavailable: Option<IntOrString>,
    /// How many pods must be available, as a number or a percentage. Default: none.
    pub min_available: Option<IntOrString>,
    /// When pods that are not ready may be evicted. Default: the API server's, `IfHealthyBudget`.
    pub unhealthy_pod_eviction_policy: Option<EvictionPolicy>,
}

/// When pods that run and are not ready may be evicted (Kubernetes: `unhealthyPodEvictionPolicy`).
#[derive(Clone, Copy, Debug, Deserialize, Serialize, JsonSchema)]
pub enum EvictionPolicy {
    /// While as many pods are healthy as the budget asks for.
    IfHealthyBudget,
    /// At any time.
    AlwaysAllow,
}

impl Serialize for DisruptionBudget {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { max_unavailable, min_available, unhealthy_pod_eviction_policy } = self;
        let default = min_available.is_none().then(|| IntOrString(1.into()));
        let mut keys = serializer.serialize_struct("DisruptionBudget", 3)?;
        keys.serialize_field("maxUnavailable", &max_unavailable.as_ref().or(default.as_ref()))?;
        keys.serialize_field("minAvailable", min_available)?;
        keys.serialize_field("unhealthyPodEvictionPolicy", unhealthy_pod_eviction_policy)?;
        keys.end()
    }
}

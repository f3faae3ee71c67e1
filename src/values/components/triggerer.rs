//! The triggerer, which runs the triggers of deferred tasks.

use std::cell::OnceCell;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::layered::Layered;
use crate::values::{
    Background, Component, Demand, DeploymentStrategy, DnsLabel, Endpoint, Keda, Line, LogGroomer, Need, Optional, OwnVolume, Purpose,
    QueueName, UpdateStrategy, Values, WaitForMigrations, Workload, scaled_sets,
};

/// The triggerer, which runs the triggers of deferred tasks.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Triggerer {
    /// Whether it runs. Default: `true`.
    pub enabled: bool,
    /// Whether there is a default triggerer besides those of `sets`. Default: `true`. The chart does not have this key.
    pub enable_default: Option<bool>,
    /// Triggerers for queues or teams of their own, each with its own resources and other keys. The default one takes what has no
    /// queue and no team. Default: none. The chart does not have this key.
    pub sets: Vec<TriggererSet>,
    /// The keys of a triggerer.
    #[serde(flatten)]
    pub keys: TriggererKeys,
    /// The sets, with what they inherit, computed on first use.
    #[serde(skip)]
    laid: OnceCell<Vec<TriggererSet>>,
}

/// The keys of a triggerer. A set inherits those that it does not give.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct TriggererKeys {
    /// How many triggerers run. Default: 1.
    pub replicas: Option<u32>,
    /// How new pods of a Deployment replace old ones (Kubernetes: `strategy`).
    pub strategy: Option<DeploymentStrategy>,
    /// How new pods of a StatefulSet replace old ones (Kubernetes: `updateStrategy`). Default: Kubernetes' own.
    pub update_strategy: Option<UpdateStrategy>,
    /// The volume that each pod has for its logs.
    pub persistence: OwnVolume,
    /// The autoscaler.
    pub keda: Keda,
    /// What the scheduler, the DAG processor and the triggerer have in common.
    #[serde(flatten)]
    pub background: Background,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// Triggerers for queues or a team of their own.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TriggererSet {
    /// The set's name, the suffix of its objects' names.
    pub name: DnsLabel,
    /// The queues of the tasks whose triggers it takes, since Airflow 3.2 (Airflow: `[triggerer] queues_enabled`, which follows).
    /// Default: those without a queue.
    #[serde(default)]
    pub queues: Vec<QueueName>,
    /// The team whose triggers it takes, with `config.core.multi_team`, since Airflow 3.3. Default: none.
    #[serde(default)]
    pub team_name: Optional<Line>,
    /// The set's own keys.
    #[serde(flatten)]
    pub keys: TriggererKeys,
}

impl Triggerer {
    /// The default command: it takes triggers without queue and team, unless it is told some.
    pub const DEFAULT_COMMAND: &str = "exec airflow triggerer";

    /// The triggerers: the default one, and the sets.
    #[must_use]
    pub fn all(&self) -> &[TriggererSet] {
        self.laid.get_or_init(|| {
            let default = TriggererSet { keys: self.keys.clone(), ..TriggererSet::default() };
            let sets = self.sets.iter().map(|set| TriggererSet { keys: set.keys.over(&self.keys), ..set.clone() });
            (self.enable_default != Some(false)).then_some(default).into_iter().chain(sets).collect()
        })
    }

    /// Whether triggers have queues.
    #[must_use]
    pub fn has_queues(&self) -> bool {
        self.enabled && self.sets.iter().any(|set| !set.queues.is_empty())
    }
}

impl Component for Triggerer {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.keys.workload)
    }

    fn workloads<'v>(&'v self, _: &'v Values) -> Vec<(String, &'v Workload)> {
        let of_set = |(index, set): (usize, &'v TriggererSet)| (format!("sets[{index}]"), &set.keys.workload);
        std::iter::once((String::new(), &self.keys.workload)).chain(self.sets.iter().enumerate().map(of_set)).collect()
    }

    fn name(&self) -> &'static str {
        "triggerer"
    }

    fn enabled(&self, _: &Values) -> bool {
        self.enabled
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::SeparateNodes, Need::Dags]
    }

    fn log_groomer(&self) -> Option<&LogGroomer> {
        Some(&self.keys.background.log_groomer_sidecar)
    }

    fn wait_for_migrations(&self) -> Option<&WaitForMigrations> {
        Some(&self.keys.background.wait_for_migrations)
    }

    fn own_volume(&self) -> Option<&OwnVolume> {
        Some(&self.keys.persistence)
    }

    fn keda(&self) -> Option<(&Keda, Demand<'_>)> {
        Some((&self.keys.keda, Demand::Triggers { queues: &[], has_queues: self.has_queues() }))
    }

    fn autoscalers(&self) -> Vec<&Keda> {
        self.all().iter().map(|set| &set.keys.keda).collect()
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        vec![Endpoint::tcp(Purpose::TriggerLogs, values.ports.triggerer_logs)]
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.keys.background.safe_to_evict
    }

    fn is_stateful(&self, _: &Values) -> bool {
        self.keys.persistence.enabled == Some(true)
    }

    fn is_scaled(&self) -> bool {
        self.keys.keda.enabled == Some(true)
    }

    fn scaled(&self, _: &Values) -> Vec<(String, bool)> {
        let scaled: Vec<bool> = self.all().iter().map(|set| set.keys.keda.enabled == Some(true)).collect();
        let say: Vec<bool> = self.sets.iter().map(|set| set.keys.replicas.is_some()).collect();
        scaled_sets("", &scaled, &say)
    }
}

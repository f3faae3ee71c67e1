//! The DAG processor, which parses DAGs outside the scheduler: always since Airflow 3, optional before.

use std::cell::OnceCell;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::values::layered::Layered;
use crate::values::{Background, Component, DeploymentStrategy, DnsLabel, Line, LogGroomer, Need, Values, WaitForMigrations, Workload};

/// The DAG processor, which parses DAGs outside the scheduler: always since Airflow 3, optional before.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DagProcessor {
    /// Whether it runs. Default: `true` since Airflow 3, `false` before.
    pub enabled: Option<bool>,
    /// The DAG bundles, since Airflow 3 (Airflow: `[dag_processor] dag_bundle_config_list`). Default: one, the DAGs folder.
    pub dag_bundle_config_list: Vec<DagBundle>,
    /// DAG processors for some of the bundles, each with its own resources and other keys, since Airflow 3. The others' bundles are
    /// left to one that belongs to no set. Default: none. The chart does not have this key.
    pub sets: Vec<DagProcessorSet>,
    /// The keys of a DAG processor.
    #[serde(flatten)]
    pub keys: DagProcessorKeys,
    /// The sets, with what they inherit, computed on first use.
    #[serde(skip)]
    laid: OnceCell<Vec<DagProcessorSet>>,
}

/// The keys of a DAG processor. A set inherits those that it does not give.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct DagProcessorKeys {
    /// How many DAG processors run. Default: 1.
    pub replicas: Option<u32>,
    /// How new pods replace old ones (Kubernetes: `strategy`).
    pub strategy: Option<DeploymentStrategy>,
    /// What the scheduler, the DAG processor and the triggerer have in common.
    #[serde(flatten)]
    pub background: Background,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// A DAG processor for some of the bundles.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DagProcessorSet {
    /// The set's name, the suffix of its objects' names.
    pub name: DnsLabel,
    /// The names of its bundles.
    pub bundles: Vec<Line>,
    /// The set's own keys.
    #[serde(flatten)]
    pub keys: DagProcessorKeys,
}

impl Values {
    /// The DAG bundles, and the values key that gives them.
    #[must_use]
    pub fn dag_bundles(&self) -> (&'static str, &[DagBundle]) {
        ("dagProcessor.dagBundleConfigList", &self.dag_processor.dag_bundle_config_list)
    }
}

impl DagBundle {
    /// Whether it reads a folder of the pods, such as that of git-sync or a volume.
    #[must_use]
    pub fn reads_folder(&self) -> bool {
        self.classpath.ends_with(".LocalDagBundle")
    }
}

/// A DAG bundle: a source of DAGs.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DagBundle {
    /// The bundle's name.
    pub name: Line,
    /// The Python class that fetches it, such as `airflow.providers.git.bundles.git.GitDagBundle`.
    pub classpath: Line,
    /// Keyword arguments of the class. Default: none.
    #[serde(default)]
    pub kwargs: Map<String, Value>,
    /// The team that the DAGs belong to, with `config.core.multi_team` (Airflow 3.2 and later). The chart has it since after
    /// 1.22.0. Default: none.
    #[serde(rename = "team_name", default, skip_serializing_if = "Option::is_none")]
    pub team_name: Option<Line>,
}

impl DagProcessor {
    /// The default command: it reads all bundles, unless it is told some.
    pub const DEFAULT_COMMAND: &str = "exec airflow dag-processor";

    /// The DAG processors: the one for all bundles that no set has, if there are any, and the sets.
    #[must_use]
    pub fn all(&self) -> &[DagProcessorSet] {
        self.laid.get_or_init(|| {
            let taken = |bundle: &&DagBundle| self.sets.iter().any(|set| set.bundles.contains(&bundle.name));
            let rest: Vec<Line> =
                self.dag_bundle_config_list.iter().filter(|bundle| !taken(bundle)).map(|bundle| bundle.name.clone()).collect();
            let is_there = self.sets.is_empty() || !rest.is_empty();
            let bundles = if self.sets.is_empty() { Vec::new() } else { rest };
            let default = DagProcessorSet { name: DnsLabel::default(), bundles, keys: self.keys.clone() };
            let sets = self.sets.iter().map(|set| DagProcessorSet { keys: set.keys.over(&self.keys), ..set.clone() });
            is_there.then_some(default).into_iter().chain(sets).collect()
        })
    }

    /// Whether it runs: what the user says, or what the version of Airflow needs.
    #[must_use]
    pub fn runs(&self, values: &Values) -> bool {
        self.enabled.unwrap_or(values.airflow_version.major() >= 3)
    }
}

impl Component for DagProcessor {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.keys.workload)
    }

    fn workloads<'v>(&'v self, _: &'v Values) -> Vec<(String, &'v Workload)> {
        let of_set = |(index, set): (usize, &'v DagProcessorSet)| (format!("sets[{index}]"), &set.keys.workload);
        std::iter::once((String::new(), &self.keys.workload)).chain(self.sets.iter().enumerate().map(of_set)).collect()
    }

    fn name(&self) -> &'static str {
        "dag-processor"
    }

    fn enabled(&self, values: &Values) -> bool {
        self.runs(values)
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::SeparateNodes, Need::Dags, Need::DagsFirst]
    }

    fn log_groomer(&self) -> Option<&LogGroomer> {
        Some(&self.keys.background.log_groomer_sidecar)
    }

    fn wait_for_migrations(&self) -> Option<&WaitForMigrations> {
        Some(&self.keys.background.wait_for_migrations)
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.keys.background.safe_to_evict
    }
}

//! What components have in common: the shapes of their values, and what they declare about themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Affinity, Annotations, DnsSubdomain, Edition, Labels, Toleration, TopologySpreadConstraint, Variable};

/// A part of Airflow that runs in pods of its own.
///
/// A component declares here what the rest of the house needs to know of it; nothing else names it.
pub trait Component {
    /// The value of its label `component`, which also begins its names.
    fn name(&self) -> &'static str;

    /// Its own values, as its templates see them.
    fn values(&self) -> Value;

    /// Whether it is part of the set at all.
    fn enabled(&self) -> bool {
        true
    }

    /// What it needs or does that others have to provide for.
    fn needs(&self) -> &'static [Need] {
        &[]
    }

    /// The account that its pods run as; `None`: the namespace's default one.
    fn service_account(&self) -> Option<&ServiceAccount> {
        None
    }

    /// How many of it may run at once in an edition, if the user wants more.
    fn too_many(&self, _edition: Edition) -> Option<u32> {
        None
    }

    /// Where its pods run, if their templates are ours.
    fn scheduling(&self) -> Option<&Scheduling> {
        None
    }

    /// Labels of its objects that the user asks for.
    fn labels(&self) -> Labels {
        Labels::default()
    }

    /// Annotations of its pods that the user asks for, directly or by another key.
    fn pod_annotations(&self) -> Annotations {
        Annotations::default()
    }

    /// Environment variables of its own.
    fn env(&self) -> &[Variable] {
        &[]
    }
}

/// What a component needs or does that others have to provide for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It runs Airflow: it gets airflow.cfg and the environment that goes with it.
    Airflow,
    /// It reads and writes the metadata database, so that a change of the connection has to restart it.
    Database,
    /// It makes pods and watches them.
    LaunchPods,
}

/// The account that pods run as.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceAccount {
    /// Whether the account is among the manifests; if not, it has to exist. Default: `true`.
    pub create: bool,
    /// The account's name. Default: made from the component's; `default` for one that is not made.
    pub name: Option<DnsSubdomain>,
    /// Annotations of the account, such as a cloud's role. Default: none.
    pub annotations: Annotations,
}

impl Default for ServiceAccount {
    fn default() -> Self {
        Self { create: true, name: None, annotations: Annotations::default() }
    }
}

/// Where pods run.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Scheduling {
    /// On which nodes.
    #[serde(flatten)]
    pub placement: Placement,
    /// How the pods spread over nodes and zones. Default: as the cluster does.
    pub topology_spread_constraints: Vec<TopologySpreadConstraint>,
}

/// On which nodes pods run.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Placement {
    /// Labels that a node must have. Default: none.
    pub node_selector: Labels,
    /// Rules of attraction between pods and nodes. Default: none.
    pub affinity: Affinity,
    /// Taints of nodes that the pods bear. Default: none.
    pub tolerations: Vec<Toleration>,
}

/// The own value, or the general one where it says nothing.
fn first<T: Clone>(own: &T, general: &T, empty: impl Fn(&T) -> bool) -> T {
    if empty(own) { general.clone() } else { own.clone() }
}

impl Scheduling {
    /// Where the pods of a component run: by its own values, and by `general` where they say nothing.
    #[must_use]
    pub fn or(&self, general: &Self) -> Self {
        Self {
            placement: self.placement.or(&general.placement),
            topology_spread_constraints: first(&self.topology_spread_constraints, &general.topology_spread_constraints, Vec::is_empty),
        }
    }
}

impl Placement {
    /// On which nodes the pods of a component run: by its own values, and by `general` where they say nothing.
    #[must_use]
    pub fn or(&self, general: &Self) -> Self {
        Self {
            node_selector: first(&self.node_selector, &general.node_selector, |labels| labels.0.is_empty()),
            affinity: first(&self.affinity, &general.affinity, Affinity::is_empty),
            tolerations: first(&self.tolerations, &general.tolerations, Vec::is_empty),
        }
    }
}

/// How the kubelet asks a container whether it is well. What is not given is Kubernetes' own default.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Probe {
    /// Seconds from the start of the container to the first question.
    #[schemars(range(min = 0))]
    pub initial_delay_seconds: Option<u32>,
    /// Seconds to wait for an answer.
    #[schemars(range(min = 1))]
    pub timeout_seconds: Option<u32>,
    /// Seconds between two questions.
    #[schemars(range(min = 1))]
    pub period_seconds: Option<u32>,
    /// After how many failures in a row the container counts as failed.
    #[schemars(range(min = 1))]
    pub failure_threshold: Option<u32>,
}

/// A component's values as its templates see them.
pub(super) fn as_template_sees(component: &impl Serialize) -> Value {
    serde_json::to_value(component).expect("values are plain data")
}

//! On which nodes pods run.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use crate::values::{Component, Labels, Need, Placement as Keys, Scheduling, Toleration, TopologySpreadConstraint, Workload};

/// On which nodes pods run: by the component's own values, or else by the general ones.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Placement<'v> {
    node_selector: &'v Labels,
    affinity: Affinity<'v>,
    tolerations: &'v [Toleration],
    topology_spread_constraints: &'v [TopologySpreadConstraint],
    scheduler_name: Option<&'v str>,
}

/// Affinity rules (Kubernetes: `Affinity`).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Affinity<'v> {
    /// The user's.
    Given(&'v Value),
    /// Replicas prefer different nodes.
    #[serde(rename_all = "camelCase")]
    Apart { pod_anti_affinity: AntiAffinity },
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AntiAffinity {
    preferred_during_scheduling_ignored_during_execution: [WeightedTerm; 1],
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct WeightedTerm {
    pod_affinity_term: Term,
    weight: u32,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Term {
    label_selector: LabelSelector,
    topology_key: &'static str,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LabelSelector {
    match_labels: ComponentLabel,
}

#[derive(Clone, Debug, Serialize)]
struct ComponentLabel {
    component: &'static str,
}

impl<'v> Placement<'v> {
    /// Where the pods of a component run; where nobody says otherwise, its replicas prefer different nodes.
    pub fn of(basis: &Basis<'v>, component: &dyn Component, workload: &'v Workload) -> Self {
        let placement = Self::given(basis, &workload.scheduling);
        let is_silent = matches!(placement.affinity, Affinity::Given(rules) if rules.as_object().is_none_or(serde_json::Map::is_empty));
        if !is_silent || !component.needs().contains(&Need::SeparateNodes) {
            return placement;
        }
        let label_selector = LabelSelector { match_labels: ComponentLabel { component: component.name() } };
        let term = Term { label_selector, topology_key: "kubernetes.io/hostname" };
        let preferred = [WeightedTerm { pod_affinity_term: term, weight: 100 }];
        let rules = AntiAffinity { preferred_during_scheduling_ignored_during_execution: preferred };
        Self { affinity: Affinity::Apart { pod_anti_affinity: rules }, ..placement }
    }

    /// On which nodes pods run, by the user's values alone.
    pub fn given(basis: &Basis<'v>, scheduling: &'v Scheduling) -> Self {
        let Keys { node_selector, affinity, tolerations, topology_spread_constraints, scheduler_name } = &scheduling.placement;
        let general = &basis.values.placement;
        Self {
            node_selector: if node_selector.0.is_empty() { &general.node_selector } else { node_selector },
            affinity: Affinity::Given(if affinity.is_empty() { &general.affinity.0 } else { &affinity.0 }),
            tolerations: if tolerations.is_empty() { &general.tolerations } else { tolerations },
            topology_spread_constraints: if topology_spread_constraints.is_empty() {
                &general.topology_spread_constraints
            } else {
                topology_spread_constraints
            },
            scheduler_name: scheduler_name.as_deref().or(general.scheduler_name.as_deref()),
        }
    }
}

/// The name of the priority class that pods ask for: one of the user's own is known by the name that the values give it.
pub fn priority_class(basis: &Basis<'_>, scheduling: &Scheduling) -> Option<String> {
    let name = scheduling.priority_class_name.as_deref()?;
    let is_own = basis.values.priority_classes.iter().any(|class| &*class.name == name);
    Some(if is_own { basis.names.priority_class(name) } else { name.to_owned() })
}

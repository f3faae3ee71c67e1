//! What a component's templates see: its own values, and what is derived for every component alike.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use super::Facts;
use super::name::Names;
use crate::model::External;
use crate::model::labels::Labels;
use crate::values::{self, Component, Need, ServiceAccount, Values};

/// What every component's templates see is made from.
pub struct Shared<'v> {
    pub values: &'v Values,
    pub facts: &'v Facts,
    pub checksums: Vec<(String, String)>,
    pub env: Vec<Value>,
}

impl Shared<'_> {
    /// What a component's templates see.
    pub fn see(&self, component: &dyn Component) -> Map<String, Value> {
        let Facts { names, labelling, .. } = self.facts;
        let extra = component.workload().map(|workload| workload.labels.clone()).unwrap_or_default();
        let Value::Object(mut seen) = component.values() else { unreachable!("a component's values are a map") };
        let derived = json!({
            "name": names.of(component.name()),
            "labels": with(&extra, labelling.of_component(component.name())),
            "selector": labelling.selector(component.name()),
            "podLabels": with(&extra, labelling.of_pods(component.name())),
            "podAnnotations": self.pod_annotations(component),
            "env": self.env(component),
        });
        let account = account(component).map(|account| {
            json!({"serviceAccount": {
                "create": account.create == Some(true),
                "name": account_name(names, component),
                "labels": labelling.of_account(),
                "annotations": account.annotations,
            }})
        });
        let scheduling = component.workload().map(|own| json!(own.scheduling.placement.or(&self.values.placement)));
        for part in [Some(derived), account, scheduling].into_iter().flatten() {
            seen.extend(part.as_object().cloned().unwrap_or_default());
        }
        seen
    }

    /// The account that a component's pods run as, if it has to exist.
    pub fn external(&self, component: &dyn Component) -> Option<External> {
        let made = account(component)?.create == Some(true);
        (!made).then(|| External::object("ServiceAccount", account_name(&self.facts.names, component)))
    }

    /// What the user asks for, and the checksums of what the pods refer to, unless the user pins checksums.
    fn pod_annotations(&self, component: &dyn Component) -> IndexMap<String, String> {
        let mut annotations = component.workload().map(|workload| workload.pod_annotations.0.clone()).unwrap_or_default();
        if let Some(safe) = component.safe_to_evict().filter(|_| component.name() == "scheduler") {
            annotations.entry("cluster-autoscaler.kubernetes.io/safe-to-evict".to_owned()).or_insert_with(|| safe.to_string());
        }
        let pinned = annotations.keys().any(|key| key.starts_with("checksum/"));
        if component.needs().contains(&Need::Database) && !pinned {
            annotations.extend(self.checksums.iter().cloned());
        }
        annotations
    }

    fn env(&self, component: &dyn Component) -> Vec<Value> {
        let shared = if component.needs().contains(&Need::Airflow) { self.env.as_slice() } else { &[] };
        let own = component.workload().into_iter().flat_map(|own| &own.env).map(|variable| variable.0.clone());
        // A variable that is given twice has its last value, in the place of its first.
        let by_name = shared.iter().cloned().chain(own).map(|variable| (variable["name"].to_string(), variable));
        by_name.collect::<IndexMap<_, _>>().into_values().collect()
    }
}

/// The account of a component that makes pods; the others run as the namespace's default one.
fn account(component: &dyn Component) -> Option<&ServiceAccount> {
    component.workload().filter(|_| component.needs().contains(&Need::LaunchPods)).map(|workload| &workload.service_account)
}

/// The account that a component's pods run as.
pub fn account_name(names: &Names, component: &dyn Component) -> String {
    let given = account(component).and_then(|account| account.name.as_ref()).and_then(|name| name.given());
    let made = account(component).is_none_or(|account| account.create == Some(true));
    // Without a name, an account that is not made is the one that every namespace has.
    let otherwise = || if made { names.of(&format!("{}-serviceaccount", component.name())) } else { "default".to_owned() };
    given.map_or_else(otherwise, str::to_owned)
}

/// What the user wants, and over it what must be.
fn with(extra: &values::Labels, own: Labels) -> Labels {
    extra.0.clone().into_iter().chain(own).collect()
}

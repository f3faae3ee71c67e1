//! What a component's templates see: its own values, and what is derived for every component alike.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use super::labels::Labels;
use super::name::Names;
use super::{External, Model};
use crate::values::{Component, Need, Values};

/// What the facts of all components are made from.
pub(super) struct Shared<'v> {
    pub values: &'v Values,
    pub names: &'v Names,
    pub labels: &'v Labels,
    pub checksums: Vec<(String, String)>,
    pub env: Vec<Value>,
}

impl Shared<'_> {
    /// Adds a component to the model.
    pub fn add(&self, key: &'static str, component: &dyn Component, model: &mut Model) {
        if !component.enabled() {
            model.disabled.push(key);
        } else if component.needs().contains(&Need::LaunchPods) {
            model.rbac.accounts.push(self.account_name(component));
        }
        if component.enabled() && component.service_account().is_some_and(|account| !account.create) {
            model.external.push(External { kind: "ServiceAccount", name: self.account_name(component) });
        }
        model.components.insert(key, self.facts(component));
    }

    /// The account that a component's pods run as.
    pub fn account_name(&self, component: &dyn Component) -> String {
        account_name(self.names, component)
    }

    fn facts(&self, component: &dyn Component) -> Map<String, Value> {
        let Value::Object(mut facts) = component.values() else { unreachable!("a component's values are a map") };
        let mut put = |key: &str, value: &dyn erased::Json| facts.insert(key.to_owned(), value.json());
        put("name", &self.names.of(component.name()));
        put("labels", &with(&component.labels().0, self.labels.of_component(component.name())));
        put("selector", &self.labels.selector(component.name()));
        put("podLabels", &with(&component.labels().0, self.labels.of_pods(component.name())));
        put("podAnnotations", &self.pod_annotations(component));
        put("env", &self.env(component));
        if let Some(account) = component.service_account() {
            let mut entries = Map::new();
            entries.insert("create".to_owned(), account.create.json());
            entries.insert("name".to_owned(), self.account_name(component).json());
            entries.insert("labels".to_owned(), self.labels.of_account().json());
            entries.insert("annotations".to_owned(), account.annotations.json());
            put("serviceAccount", &entries);
        }
        let Value::Object(scheduling) = component.scheduling().or(&self.values.scheduling).json() else {
            unreachable!("a struct is a map")
        };
        facts.extend(scheduling);
        facts
    }

    /// What the user asks for, and the checksums of what the pods refer to, unless the user pins checksums.
    fn pod_annotations(&self, component: &dyn Component) -> IndexMap<String, String> {
        let mut annotations = component.pod_annotations().0;
        let pinned = annotations.keys().any(|key| key.starts_with("checksum/"));
        if component.needs().contains(&Need::Database) && !pinned {
            annotations.extend(self.checksums.iter().cloned());
        }
        annotations
    }

    fn env(&self, component: &dyn Component) -> Vec<Value> {
        let shared = if component.needs().contains(&Need::Airflow) { self.env.as_slice() } else { &[] };
        let own = component.env().iter().map(|variable| variable.0.clone());
        // A variable that is given twice has its last value, in the place of its first.
        let by_name = shared.iter().cloned().chain(own).map(|variable| (variable["name"].to_string(), variable));
        by_name.collect::<IndexMap<_, _>>().into_values().collect()
    }
}

/// The account that a component's pods run as.
pub(super) fn account_name(names: &Names, component: &dyn Component) -> String {
    let given = component.service_account().and_then(|account| account.name.as_ref()).and_then(|name| name.given());
    given.map_or_else(|| names.of(&format!("{}-serviceaccount", component.name())), str::to_owned)
}

/// What the user wants, and over it what must be.
fn with(extra: &IndexMap<String, String>, own: IndexMap<String, String>) -> IndexMap<String, String> {
    extra.clone().into_iter().chain(own).collect()
}

/// Plain data as JSON.
mod erased {
    use super::{Serialize, Value};

    pub trait Json {
        fn json(&self) -> Value;
    }

    impl<T: Serialize> Json for T {
        fn json(&self) -> Value {
            serde_json::to_value(self).expect("facts are plain data")
        }
    }
}
use erased::Json as _;

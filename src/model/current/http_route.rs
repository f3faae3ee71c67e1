//! Routes of the Gateway API, and the Services behind them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::basis::Basis;
use super::entrance::Entrance;
use crate::model::labels::Labels;
use crate::values::{Annotations, Component, Exposure, ParentReference, PathMatchType};

/// The route that may lead to a component.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct HttpRoute<'v> {
    /// Whether it is among the manifests.
    make: bool,
    name: String,
    labels: Labels,
    annotations: &'v Annotations,
    parents: &'v [ParentReference],
    hostnames: Vec<&'v str>,
    rules: Rules<'v>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Rules<'v> {
    /// The user's.
    Own(&'v [Map<String, Value>]),
    /// The one that leads to the component.
    ToComponent([Rule<'v>; 1]),
}

/// A path, and where it leads (Gateway API: `HTTPRouteRule`).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'v> {
    matches: [Match<'v>; 1],
    backend_refs: [Backend; 1],
}

#[derive(Clone, Debug, Serialize)]
struct Match<'v> {
    path: Path<'v>,
}

#[derive(Clone, Debug, Serialize)]
struct Path<'v> {
    #[serde(rename = "type")]
    kind: PathMatchType,
    value: &'v str,
}

#[derive(Clone, Debug, Serialize)]
struct Backend {
    name: String,
    port: u16,
}

impl<'v> HttpRoute<'v> {
    /// The route to a component, if it can have one.
    pub fn of(basis: &Basis<'v>, component: &'v dyn Component) -> Option<Self> {
        let Exposure { route, port, number, .. } = component.ingress(basis.values)?;
        let (_, keys) = route?;
        let rule = Rule {
            matches: [Match { path: Path { kind: keys.path_type, value: &keys.path } }],
            backend_refs: [Backend { name: basis.names.of_component(component), port: Entrance::of(component, port, number).number }],
        };
        let label = format!("airflow-{}-httproute", component.name());
        let mut labels = basis.labelling.of_component(&label, component.workload().map(|workload| &workload.labels));
        labels.extend(keys.labels.0.iter().map(|(key, value)| (key.clone(), value.clone())));
        Some(Self {
            make: keys.enabled,
            name: basis.names.of(&format!("{}-httproute", component.object_name())),
            labels,
            annotations: &keys.annotations,
            parents: &keys.parent_refs,
            hostnames: keys.hostnames.iter().map(|host| &**host).collect(),
            rules: if keys.rules.is_empty() { Rules::ToComponent([rule]) } else { Rules::Own(&keys.rules) },
        })
    }
}

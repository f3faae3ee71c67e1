//! Ingresses: hosts and paths, and the Services behind them.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use super::entrance::{self, Entrance};
use super::hosts::{self, Tls};
use crate::model::labels::Labels;
use crate::values::{Annotations, Component, Exposure, IngressPath};

/// The Ingress that may lead to a component.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Ingress<'v> {
    /// Whether it is among the manifests.
    make: bool,
    name: String,
    labels: Labels,
    annotations: &'v Annotations,
    class: Option<&'v str>,
    rules: Vec<Rule<'v>>,
    tls: Vec<Tls<'v>>,
}

/// A host and its paths (Kubernetes: `IngressRule`).
#[derive(Clone, Debug, Serialize)]
struct Rule<'v> {
    host: Option<&'v str>,
    http: Paths<'v>,
}

#[derive(Clone, Debug, Serialize)]
struct Paths<'v> {
    paths: Vec<Path<'v>>,
}

/// A path of a host (Kubernetes: `HTTPIngressPath`).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Path<'v> {
    /// One of the user's.
    Own(&'v Value),
    /// The component's.
    #[serde(rename_all = "camelCase")]
    ToComponent { path: &'v str, path_type: &'v str, backend: Backend<'v> },
}

#[derive(Clone, Debug, Serialize)]
struct Backend<'v> {
    service: Service<'v>,
}

#[derive(Clone, Debug, Serialize)]
struct Service<'v> {
    name: String,
    port: entrance::Backend<'v>,
}

impl<'v> Ingress<'v> {
    /// The Ingress of a component, if it can have one.
    pub fn of(basis: &Basis<'v>, component: &'v dyn Component) -> Option<Self> {
        let exposure = component.ingress(basis.values)?;
        let make = exposure.is_made(basis.values);
        let Exposure { keys, object_name, label, port, number, .. } = exposure;
        let own = keys.path.given().map(|path| {
            let port = Entrance::of(component, port, number).backend();
            let service = Service { name: basis.names.of_component(component), port };
            Path::ToComponent { path, path_type: &keys.path_type, backend: Backend { service } }
        });
        let given = |paths: &'v [IngressPath]| paths.iter().map(|path| Path::Own(&path.0));
        let paths: Vec<_> = given(&keys.preceding_paths).chain(own).chain(given(&keys.succeeding_paths)).collect();
        let rules = hosts::names(keys).into_iter().map(|host| Rule { host, http: Paths { paths: paths.clone() } });
        Some(Self {
            make,
            name: basis.names.of(object_name),
            labels: basis.labelling.of_component(label, component.workload().map(|workload| &workload.labels)),
            annotations: &keys.annotations,
            class: keys.ingress_class_name.as_deref(),
            rules: rules.collect(),
            tls: hosts::tls(keys),
        })
    }
}

//! Ingresses: hosts and paths, and the Services behind them.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use super::entrance::{self, Entrance};
use super::hosts::{self, Tls};
use crate::model::external::External;
use crate::model::labels::Labels;
use crate::values::{Annotations, Component, Exposure, IngressPath, PortOfService, Values};

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
    paths: Vec<HttpPath<'v>>,
}

/// A path of a host (Kubernetes: `HTTPIngressPath`).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct HttpPath<'v> {
    path: Option<&'v str>,
    path_type: &'v str,
    backend: Backend<'v>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Backend<'v> {
    /// In Kubernetes' words.
    Own(&'v Value),
    /// A Service.
    To { service: Service<'v> },
}

#[derive(Clone, Debug, Serialize)]
struct Service<'v> {
    name: String,
    port: entrance::Backend<'v>,
}

impl<'v> Service<'v> {
    /// The Service that one of the user's paths names; the component's, as far as it names none.
    fn of(path: &'v IngressPath, own: &Self) -> Self {
        let port = path.service_port.as_ref().and_then(|port| match port {
            PortOfService::Number(number) => Some(entrance::Backend::Number(number.0)),
            PortOfService::Name(name) => name.given().map(entrance::Backend::Name),
        });
        let name = path.service_name.as_deref().map_or_else(|| own.name.clone(), str::to_owned);
        Self { name, port: port.unwrap_or_else(|| own.port.clone()) }
    }
}

impl<'v> HttpPath<'v> {
    /// One of the user's.
    fn of(path: &'v IngressPath, own: &Service<'v>) -> Self {
        let backend = match &path.backend {
            backend if backend.is_empty() => Backend::To { service: Service::of(path, own) },
            backend => Backend::Own(&backend.0),
        };
        Self { path: path.path.given(), path_type: path.path_type.given().unwrap_or(PATH_TYPE), backend }
    }
}

/// How a path is matched, unless it is said.
const PATH_TYPE: &str = "ImplementationSpecific";

impl<'v> Ingress<'v> {
    /// The Ingress of a component, if it can have one.
    pub fn of(basis: &Basis<'v>, component: &'v dyn Component) -> Option<Self> {
        let exposure = component.ingress(basis.values)?;
        let make = exposure.is_made(basis.values);
        let Exposure { keys, object_name, label, port, number, .. } = exposure;
        let service = Service { name: basis.names.of_component(component), port: Entrance::of(component, port, number).backend() };
        let to_component =
            || HttpPath { path: keys.path.given(), path_type: &keys.path_type, backend: Backend::To { service: service.clone() } };
        let own = keys.path.given().map(|_| to_component());
        let given = |paths: &'v [IngressPath]| paths.iter().map(|path| HttpPath::of(path, &service)).collect::<Vec<_>>();
        let paths: Vec<_> = given(&keys.preceding_paths).into_iter().chain(own).chain(given(&keys.succeeding_paths)).collect();
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

/// The Services that the user's paths name.
pub fn external(values: &Values) -> impl Iterator<Item = External> {
    let exposed = values.components().into_iter().filter_map(|(_, component)| component.ingress(values));
    let paths = exposed.flat_map(|exposure| exposure.keys.preceding_paths.iter().chain(&exposure.keys.succeeding_paths));
    paths.filter_map(|path| Some(External::object("Service", path.service_name.as_deref()?)))
}

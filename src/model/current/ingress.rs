//! Ingresses: hosts and paths, and the Services behind them.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use crate::model::labels::Labels;
use crate::values::{self, Annotations, Component, Exposure, IngressHost, IngressPath, IngressTls, Line, NamedHost};

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
    ToComponent { path: &'v str, path_type: &'v str, backend: Backend },
}

#[derive(Clone, Debug, Serialize)]
struct Backend {
    service: Service,
}

#[derive(Clone, Debug, Serialize)]
struct Service {
    name: String,
    port: PortName,
}

#[derive(Clone, Debug, Serialize)]
struct PortName {
    name: &'static str,
}

/// A certificate for hosts (Kubernetes: `IngressTLS`).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Tls<'v> {
    hosts: Vec<&'v str>,
    secret_name: &'v str,
}

impl<'v> Tls<'v> {
    fn of(hosts: Vec<&'v str>, keys: &'v IngressTls) -> Self {
        Self { hosts, secret_name: &keys.secret_name }
    }
}

impl<'v> Ingress<'v> {
    /// The Ingress of a component, if it can have one.
    pub fn of(basis: &Basis<'v>, component: &'v dyn Component) -> Option<Self> {
        let Exposure { keys, by_general_key, object_name, label, port } = component.ingress(basis.values)?;
        let own = keys.path.given().map(|path| {
            let service = Service { name: basis.names.of_component(component), port: PortName { name: port } };
            Path::ToComponent { path, path_type: &keys.path_type, backend: Backend { service } }
        });
        let given = |paths: &'v [IngressPath]| paths.iter().map(|path| Path::Own(&path.0));
        let paths: Vec<_> = given(&keys.preceding_paths).chain(own).chain(given(&keys.succeeding_paths)).collect();
        let rules = names(keys).into_iter().map(|host| Rule { host, http: Paths { paths: paths.clone() } });
        Some(Self {
            make: keys.enabled || by_general_key && basis.values.ingress.enabled == Some(true),
            name: basis.names.of(object_name),
            labels: basis.labelling.of_component(label, component.workload().map(|workload| &workload.labels)),
            annotations: &keys.annotations,
            class: keys.ingress_class_name.as_deref(),
            rules: rules.collect(),
            tls: tls(keys),
        })
    }
}

/// The hosts of an Ingress; a single `None` stands for any host.
fn names(keys: &values::Ingress) -> Vec<Option<&str>> {
    if keys.hosts.is_empty() {
        return vec![keys.host.as_deref()];
    }
    keys.hosts.iter().map(|host| name(host).given()).collect()
}

fn name(host: &IngressHost) -> &Line {
    match host {
        IngressHost::Name(name) | IngressHost::Host(NamedHost { name, .. }) => name,
    }
}

/// TLS: an entry for each host with a certificate of its own, and one for all other hosts.
fn tls(keys: &values::Ingress) -> Vec<Tls<'_>> {
    let mut shared: Vec<&str> = Vec::new();
    let mut tls = Vec::new();
    for host in &keys.hosts {
        match host {
            IngressHost::Name(name) => shared.extend(name.given()),
            IngressHost::Host(host) if host.tls.enabled => tls.push(Tls::of(host.name.given().into_iter().collect(), &host.tls)),
            IngressHost::Host(_) => {}
        }
    }
    if keys.hosts.is_empty() {
        shared.extend(keys.host.as_deref());
    }
    if keys.tls.enabled && (keys.hosts.is_empty() || !shared.is_empty()) {
        tls.push(Tls::of(shared, &keys.tls));
    }
    tls
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(keys: &str) -> String {
        let keys: values::Ingress = serde_json::from_str(keys).unwrap();
        format!("{:?} {}", names(&keys), serde_json::to_string(&tls(&keys)).unwrap())
    }

    #[test]
    fn a_name_with_a_certificate_of_its_own_is_not_among_the_others() {
        let tls = r#""tls": {"enabled": true, "secretName": "all"}"#;
        assert_eq!(seen("{}"), "[None] []");
        assert_eq!(seen(&format!(r#"{{"host": "h", {tls}}}"#)), r#"[Some("h")] [{"hosts":["h"],"secretName":"all"}]"#);
        let own = r#""hosts": ["a", {"name": "b", "tls": {"enabled": true, "secretName": "own"}}, {"name": "c"}]"#;
        assert_eq!(
            seen(&format!("{{{own}, {tls}}}")),
            r#"[Some("a"), Some("b"), Some("c")] [{"hosts":["b"],"secretName":"own"},{"hosts":["a"],"secretName":"all"}]"#
        );
    }
}

//! Ingresses: names and paths, and the Services behind them.

use serde_json::{Value, json};

use super::Basis;
use crate::values::{Component, Ingress, IngressHost, IngressPath, Line, NamedHost};

/// The Ingresses, by the components that they lead to.
pub fn facts(basis: &Basis<'_>) -> Value {
    let keys = &basis.values.ingress;
    let all = keys.enabled == Some(true);
    json!({
        "apiServer": Way { name: "ingress", component: "airflow-ingress", to: &basis.values.api_server, port: "api-server" }.facts(basis, &keys.api_server, all),
        "web": Way { name: "ingress", component: "airflow-ingress", to: &basis.values.webserver, port: "airflow-ui" }.facts(basis, &keys.web, all),
        "statsd": Way { name: "statsd-ingress", component: "statsd-ingress", to: &basis.values.statsd, port: "statsd-scrape" }.facts(basis, &keys.statsd, false),
    })
}

/// A way into the cluster: the name and the label `component` of an Ingress, the component that it leads to, and the
/// port of that one's Service.
struct Way<'w> {
    name: &'w str,
    component: &'w str,
    to: &'w dyn Component,
    port: &'w str,
}

impl Way<'_> {
    fn facts(&self, basis: &Basis<'_>, keys: &Ingress, all: bool) -> Value {
        let backend = json!({"service": {"name": basis.names.of(self.to.object_name()), "port": {"name": self.port}}});
        let own = keys.path.given().map(|path| json!({"path": path, "pathType": keys.path_type, "backend": backend}));
        let paths = |paths: &[IngressPath]| paths.iter().map(|path| path.0.clone()).collect::<Vec<_>>();
        let paths: Vec<Value> = [paths(&keys.preceding_paths), own.into_iter().collect(), paths(&keys.succeeding_paths)].concat();
        let rules: Vec<Value> = names(keys).into_iter().map(|name| json!({"host": name, "http": {"paths": paths}})).collect();
        json!({
            "make": keys.enabled || all,
            "name": basis.names.of(self.name),
            "labels": basis.labelling.of_component(self.component, self.to.workload().map(|workload| &workload.labels)),
            "annotations": keys.annotations,
            "ingressClassName": keys.ingress_class_name.as_deref(),
            "rules": rules,
            "tls": tls(keys),
        })
    }
}

/// The names of an Ingress; a single `None` stands for any.
fn names(keys: &Ingress) -> Vec<Option<&str>> {
    if keys.hosts.is_empty() {
        return vec![keys.host.as_deref()];
    }
    keys.hosts.iter().map(|host| named(host).given()).collect()
}

fn named(host: &IngressHost) -> &Line {
    match host {
        IngressHost::Name(name) | IngressHost::Host(NamedHost { name, .. }) => name,
    }
}

/// TLS: for each name that has its own, and for all others together.
fn tls(keys: &Ingress) -> Vec<Value> {
    let mut shared: Vec<&str> = Vec::new();
    let mut tls = Vec::new();
    for host in &keys.hosts {
        match host {
            IngressHost::Name(name) => shared.extend(name.given()),
            IngressHost::Host(host) if host.tls.enabled => {
                tls.push(json!({"hosts": host.name.given().map(|name| [name]), "secretName": &*host.tls.secret_name}));
            }
            IngressHost::Host(_) => {}
        }
    }
    if keys.hosts.is_empty() {
        shared.extend(keys.host.as_deref());
    }
    if keys.tls.enabled && (keys.hosts.is_empty() || !shared.is_empty()) {
        tls.push(json!({"hosts": shared, "secretName": &*keys.tls.secret_name}));
    }
    tls
}

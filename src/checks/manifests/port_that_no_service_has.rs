//! An Ingress, or a route, leads to a port that its Service does not have.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "N202",
    name: "port-that-no-service-has",
    level: Level::Error,
    what: "An Ingress, or a route, leads to a port that its Service does not have.",
    why: "The controller finds no such port, and answers with an error of its own.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {defaultBackend: {service: {name: s, port: {name: web}}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{name: http, port: 80}]}}"
        ),
        instead: concat!(
            "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: i}, spec: {defaultBackend: {service: {name: s, port: {name: http}}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{name: http, port: 80}]}}"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    for (name, asked) in backends(manifest) {
        let Some(service) = release.set.find("Service", manifest.namespace(), name).and_then(Manifest::service) else { continue };
        let ports = service.items(&["ports"]);
        let says = |port: &Node, key: &str| port.get(key).map(Node::scalar).filter(|text| !text.is_empty());
        let has = |port: &Node| ["name", "port"].iter().any(|key| says(port, key).as_ref() == Some(&asked));
        // A name outside of the cluster needs no ports.
        if ports.is_empty() || ports.iter().any(has) {
            continue;
        }
        let names = ports.iter().filter_map(|port| says(port, "name").or_else(|| says(port, "port")));
        let names: Vec<String> = names.map(|name| format!("`{name}`")).collect();
        found
            .in_manifest(manifest, format_args!("it leads to the port `{asked}` of the Service `{name}`, which does not have it"))
            .of_text(&asked, if asked.bytes().all(|byte| byte.is_ascii_digit()) { "number" } else { "name" })
            .note(format!("the Service has {}", names.join(", ")));
    }
}

/// The Services that an Ingress or a route leads to, each with the name or the number of the port.
fn backends(manifest: &Manifest) -> Vec<(&str, String)> {
    let object = &manifest.object;
    let rules = object.items(&["spec", "rules"]);
    match manifest.kind() {
        "Ingress" => {
            let paths = rules.iter().flat_map(|rule| rule.items(&["http", "paths"])).filter_map(|path| path.get("backend"));
            let services = paths.chain(object.at(&["spec", "defaultBackend"])).filter_map(|backend| backend.get("service"));
            let port = |service: &Node| service.at(&["port", "name"]).or_else(|| service.at(&["port", "number"])).map(Node::scalar);
            services.filter_map(|service| Some((service.text(&["name"])?, port(service)?))).collect()
        }
        "HTTPRoute" => {
            let backends = rules.iter().flat_map(|rule| rule.items(&["backendRefs"]));
            let here = backends.filter(|one| matches!(one.text(&["kind"]), None | Some("Service")) && one.get("namespace").is_none());
            here.filter_map(|one| Some((one.text(&["name"])?, one.get("port")?.scalar()))).collect()
        }
        _ => Vec::new(),
    }
}

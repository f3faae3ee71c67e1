//! A setting names a host of the set's namespace, no Service has that name, and one has a name that is near to it.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::{Manifest, address};
use crate::schema::nearest;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A110",
    name: "host-of-nothing",
    level: Level::Warning,
    what: "A setting names a host of the set's namespace, no Service has that name, and one has a name that is near to it.",
    why: "Nothing answers at the host, unless others provide it.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: STATSD_HOST, value: airflow-statd}]}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: airflow-statsd}, spec: {selector: {a: b}, ports: [{port: 9125}]}}"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, env: [{name: STATSD_HOST, value: airflow-statsd}]}]}}}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: airflow-statsd}, spec: {selector: {a: b}, ports: [{port: 9125}]}}"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let namespace = manifest.namespace();
    let services = || release.set.of_kind("Service").filter(|service| service.namespace() == namespace).map(Manifest::name);
    for host in hosts(manifest) {
        let Some(name) = within(host, namespace).filter(|name| !services().any(|service| service == *name)) else { continue };
        if let Some(service) = nearest(name, services()).filter(|_| name.len() > SHORTEST) {
            found
                .in_manifest(manifest, format_args!("a setting names the host `{host}`, and no Service is called `{name}`"))
                .of_text(host, "value")
                .help(format!("did you mean `{service}`?"));
        }
    }
}

/// Names up to this length are near to others by chance.
const SHORTEST: usize = 5;

/// The hosts that the variables of a pod name, or the settings of a config map.
fn hosts(manifest: &Manifest) -> Vec<&str> {
    let containers = manifest.pod().into_iter().flat_map(|pod| pod.containers());
    let variables = containers.flat_map(|container| container.items(&["env"]));
    let variables = variables.filter_map(|one| Some((one.text(&["name"])?, one.text(&["value"])?)));
    let data = manifest.object.get("data").filter(|_| manifest.kind() == "ConfigMap").and_then(Node::as_map);
    let lines = data.into_iter().flatten().filter_map(|(_, entry)| entry.value.as_str()).flat_map(str::lines);
    let options = lines.filter_map(|line| line.split_once('=')).map(|(name, value)| (name.trim(), value.trim()));
    let mut hosts = Vec::new();
    for (name, value) in variables.chain(options) {
        hosts.extend(address::hosts(value));
        hosts.extend(Some(value).filter(|_| address::is_of_a_host(name)));
    }
    hosts.sort_unstable();
    hosts.dedup();
    hosts
}

/// The name of the Service that a host would be, in this namespace.
fn within<'h>(host: &'h str, namespace: &str) -> Option<&'h str> {
    let (name, rest) = host.split_once('.').unwrap_or((host, ""));
    let is_here = rest.is_empty() || rest.strip_prefix(namespace).is_some_and(|rest| matches!(rest, "" | ".svc" | ".svc.cluster.local"));
    let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    (is_here && is_name && !name.is_empty()).then_some(name)
}

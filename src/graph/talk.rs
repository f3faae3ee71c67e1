//! Whom pods talk to: those whose address is in their settings.

use indexmap::IndexSet;

use super::pods::Pods;
use super::{Drawing, Kind, Shape, network, reads, task_pods};
use crate::kubernetes::{Manifest, Set, address};

/// Systems that may be outside of the set: the end of the names of settings with the address, the system's name, its usual ports.
const PEERS: [(&str, &str, &[&str]); 3] = [
    ("SQL_ALCHEMY_CONN", "metadata database", &["5432", "3306"]),
    ("RESULT_BACKEND", "result backend", &["5432", "3306"]),
    ("BROKER_URL", "message broker", &["6379", "5672"]),
];

/// Variables that hold the address of a git repository.
const REPOSITORIES: [&str; 2] = ["GITSYNC_REPO", "GIT_SYNC_REPO"];

/// An edge from each pod to whatever its settings name.
pub(super) fn draw(set: &Set<'_>, pods: &[Pods<'_>], drawing: &mut Drawing) {
    for talking in pods {
        for (name, value) in settings(set, talking) {
            if REPOSITORIES.contains(&name.as_str()) {
                let repository = address::repository(&value);
                if !repository.is_empty() {
                    let node = drawing.outside(Shape::Repository, repository, vec![repository.to_owned(), "git repository".to_owned()]);
                    drawing.edge(talking.node, node, Kind::Pulls);
                }
                continue;
            }
            let mut hosts: IndexSet<&str> = address::hosts(&value).into_iter().collect();
            hosts.extend(Some(value.trim()).filter(|_| address::is_of_a_host(&name)));
            let mut found = false;
            for service in set.of_kind("Service").filter(|service| hosts.iter().any(|host| names(host, service, talking.namespace))) {
                for pods in network::selected(service, pods) {
                    drawing.edge(talking.node, pods.node, Kind::TalksTo);
                    found = true;
                }
            }
            if !found && let Some((peer, ports)) = peer(&name, &value) {
                if value.is_empty()
                    && let Some(there) = usual(set, pods, talking.namespace, ports)
                {
                    drawing.edge(talking.node, there, Kind::TalksTo);
                    continue;
                }
                let host = address::host(&value).or_else(|| address::host_in_command(&value).map(str::to_owned));
                // A pod's own address is a way to somewhere else.
                let host = host.filter(|host| !matches!(host.as_str(), "127.0.0.1" | "localhost" | "[::1]"));
                let name = host.clone().unwrap_or_else(|| peer.to_owned());
                let node = drawing.outside(Shape::Database, &name, [peer.to_owned()].into_iter().chain(host).collect());
                drawing.edge(talking.node, node, Kind::TalksTo);
            }
        }
    }
}

/// The system whose address a setting holds, and its usual ports; the address itself need not be known.
fn peer(setting: &str, value: &str) -> Option<(&'static str, &'static [&'static str])> {
    let setting = setting.to_ascii_uppercase();
    let plain = setting.trim_end_matches("_CMD").trim_end_matches("_SECRET");
    let is_address = value.is_empty() || value.contains("://") || plain != setting;
    let (_, peer, ports) = PEERS.into_iter().find(|(ending, ..)| plain.ends_with(ending))?;
    (is_address && !value.starts_with("sqlite")).then_some((peer, ports))
}

/// The workload of the set that listens at a usual port, if exactly one does: a Secret of others probably names it.
fn usual(set: &Set<'_>, pods: &[Pods<'_>], namespace: &str, usual: &[&str]) -> Option<usize> {
    let services = set.of_kind("Service").filter(|service| {
        service.namespace() == namespace
            && service
                .object
                .items(&["spec", "ports"])
                .iter()
                .any(|port| port.get("port").is_some_and(|port| usual.contains(&port.scalar().as_str())))
    });
    let there: IndexSet<usize> = services.flat_map(|service| network::selected(service, pods)).map(|pods| pods.node).collect();
    if there.len() == 1 { there.first().copied() } else { None }
}

/// Whether a host is the name of a Service, for pods in a namespace.
fn names(host: &str, service: &Manifest, from: &str) -> bool {
    match host.strip_prefix(service.name()) {
        Some("") => service.namespace() == from,
        Some(rest) => rest
            .strip_prefix('.')
            .and_then(|rest| rest.strip_prefix(service.namespace()))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        None => false,
    }
}

/// The settings of pods: variables, and the options in the files that they read, line by line.
fn settings(set: &Set<'_>, pods: &Pods<'_>) -> Vec<(String, String)> {
    let mut settings = Vec::new();
    for variable in pods.pod.containers().flat_map(|container| container.items(&["env"])) {
        if variable.get("valueFrom").is_none() {
            settings
                .push((variable.text(&["name"]).unwrap_or_default().to_owned(), variable.text(&["value"]).unwrap_or_default().to_owned()));
        }
    }
    for (name, value) in reads::of(pods).iter().flat_map(|read| read.settings(set, pods.namespace)) {
        if !value.contains('\n') {
            settings.push((name.to_owned(), value.into_owned()));
        } else if task_pods::pod(&value).is_none() {
            for line in value.lines() {
                let (option, value) = line.split_once(" = ").or_else(|| line.split_once(": ")).unwrap_or(("", line));
                if !value.is_empty() {
                    settings.push((option.trim().to_owned(), value.to_owned()));
                }
            }
        }
    }
    settings
}

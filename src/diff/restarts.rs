//! Which pods are replaced.

use super::finding::Finding;
use super::{Both, listed};
use crate::error::code;
use crate::yaml::Node;

/// The workloads whose pods the controllers replace, since the template of the pods is another.
pub fn find(both: &[Both<'_>]) -> Option<Finding> {
    let restart: Vec<&Both<'_>> = both.iter().filter(|one| restarts(one)).collect();
    let (first, objects) = (restart.first()?, restart.iter().map(|one| one.identity.clone()).collect::<Vec<_>>());
    let message = format!("the pods of {} restart", listed(&objects));
    let waiting = restart.iter().filter(|one| waits(one.after)).map(|one| one.identity.clone()).collect::<Vec<_>>();
    let finding = Finding { objects, ..Finding::of(code::RESTARTS, first.identity, message) };
    Some(match waiting.as_slice() {
        [] => finding,
        waiting => finding.note(format!("with `updateStrategy: OnDelete` those of {} do when they are deleted", listed(waiting))),
    })
}

fn restarts(Both { identity, before, after }: &Both<'_>) -> bool {
    const MAKERS: [&str; 3] = ["DaemonSet", "Deployment", "StatefulSet"];
    let template = |object: &Node| object.at(&["spec", "template"]).cloned();
    let is_off = |object: &Node| object.at(&["spec", "replicas"]).is_some_and(|replicas| replicas.scalar() == "0");
    let differs = match (template(before), template(after)) {
        (Some(before), Some(after)) => !before.is_same(&after),
        _ => false,
    };
    differs && identity.group == "apps" && MAKERS.contains(&identity.kind.as_str()) && !is_off(before) && !is_off(after)
}

fn waits(workload: &Node) -> bool {
    workload.text(&["spec", "updateStrategy", "type"]) == Some("OnDelete")
}

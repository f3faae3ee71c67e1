//! How many pods there are to be.

use super::reading::{list, number, says, text};
use super::resource_names::fault_of_container;
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// How often an autoscaler lets there be a pod.
pub(super) fn autoscaler(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let amount = |key: &str| number(entries.get(key).map(|entry| &entry.value));
    let (least, most) = (amount("minReplicas"), amount("maxReplicas"));
    if least.zip(most).is_some_and(|(least, most)| most >= 1 && least > most) {
        says(findings, &Trail::Key(at, "minReplicas"), "must be at most `maxReplicas`", "this number");
    }
    let counts_others = |metric: &Node| matches!(metric.text(&["type"]), Some("Object" | "External"));
    if least == Some(0) && !list(entries, "metrics").iter().any(counts_others) {
        let what = "must be 1 or more without a metric of the type `Object` or `External`";
        says(findings, &Trail::Key(at, "minReplicas"), what, "this number");
    }
}

/// Rules of how fast an autoscaler is need one that says it, if they are there.
pub(super) fn policies(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if entries.get("policies").is_some_and(|entry| entry.value.as_list().is_some()) && !is_there(entries, "policies") {
        says(findings, &Trail::Key(at, "policies"), "must not be empty", "this list");
    }
}

/// What an autoscaler scales is of a group, but for the oldest of controllers.
pub(super) fn scaled(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(target) = super::reading::at(entries, &["scaleTargetRef"]) else { return };
    let of = |key: &str| target.text(&[key]).unwrap_or_default();
    let (version, kind) = (of("apiVersion"), of("kind"));
    let is_oldest = version == "v1" && kind == "ReplicationController";
    if !kind.is_empty() && !is_oldest && (version.matches('/').count() != 1 || version.starts_with('/')) {
        let at = &Trail::Key(&Trail::Key(at, "scaleTargetRef"), "apiVersion");
        says(findings, at, "must be a group and a version, such as `apps/v1`", "this version");
    }
}

/// What an autoscaler looks at is a resource of a container.
pub(super) fn container_metric(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if let Some(what) = Some(text(entries, "name")).filter(|name| !name.is_empty()).and_then(fault_of_container) {
        says(findings, &Trail::Key(at, "name"), what, "this resource");
    }
}

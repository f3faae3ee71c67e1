//! Selectors find pods: a workload's its own, a Service's those of some workload.

use super::{Finding, Subject};
use crate::kubernetes::Selector;

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for manifest in subject.set.all() {
        let Some(selector) = manifest.object.at(&["spec", "selector"]) else { continue };
        if manifest.kind() == "Service" {
            let selector = Selector::of_service(Some(selector));
            if !subject.set.pods().any(|(_, pod)| selector.selects(pod.labels)) {
                findings.push(Finding::in_manifest(manifest, "its selector finds no pods of the set"));
            }
        } else if manifest.pod().is_some_and(|pod| !Selector::of(selector).selects(pod.labels)) {
            findings.push(Finding::in_manifest(manifest, "its selector does not find its own pods"));
        }
    }
}

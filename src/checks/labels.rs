//! Labels of the user's leave those alone by which gen's own selectors find pods.

use super::Finding;
use crate::values::{Labels, Values};

/// The labels that gen sets.
const OWN: [&str; 5] = ["chart", "component", "heritage", "release", "tier"];

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    own("labels", &values.labels, findings);
    for (section, component) in values.components() {
        if let Some(workload) = component.workload() {
            own(&format!("{section}.labels"), &workload.labels, findings);
        }
    }
}

fn own(at: &str, labels: &Labels, findings: &mut Vec<Finding>) {
    for name in OWN.into_iter().filter(|name| labels.0.contains_key(*name)) {
        let key = format!("{at}.{name}");
        let error = Finding::error(&key, format!("`{key}` is a label that gen sets"), "this label");
        findings.push(error.help(if name == "release" { "set `releaseName`" } else { "choose another name" }));
    }
}

//! The pod that the Kubernetes executor makes is one that the Kubernetes API takes.

use super::{Finding, Subject};
use crate::schema::{Fault, Schema};
use crate::yaml::{self, Node};

/// The key of a config map that holds such a pod.
const KEY: &str = "pod_template_file.yaml";

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for manifest in subject.set.of_kind("ConfigMap") {
        let Some(text) = manifest.object.at(&["data", KEY]).and_then(Node::as_str) else { continue };
        let Some(schema) = Schema::of_kind("v1", "Pod") else { continue };
        let documents = yaml::read(text, 0).unwrap_or_default();
        let Ok([mut pod]) = <[Node; 1]>::try_from(documents) else {
            findings.push(Finding::in_manifest(manifest, format_args!("`{KEY}` is not one YAML document")));
            continue;
        };
        yaml::tidy(&mut pod);
        // What lacks, Airflow adds: the image, the name.
        for found in schema.check(&pod).into_iter().filter(|found| !matches!(found.fault, Fault::Missing { .. })) {
            let fault = format!("`{KEY}`: {}", found.fault.title(&found.path.to_string()));
            findings.push(Finding { help: found.fault.help(), ..Finding::in_manifest(manifest, fault) });
        }
    }
}

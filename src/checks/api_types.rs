//! Every manifest is what the Kubernetes API takes: its fields, their types, and none missing.

use super::{Finding, Subject};
use crate::schema::Schema;

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for manifest in subject.set.all() {
        let Some(schema) = Schema::of_kind(manifest.api_version(), manifest.kind()) else {
            findings.push(Finding::in_manifest(manifest, format_args!("`{}` has no such kind", manifest.api_version())));
            continue;
        };
        for found in schema.check(&manifest.object) {
            let fault = found.fault.title(&found.path.to_string());
            findings.push(Finding { help: found.fault.help(), ..Finding::in_manifest(manifest, fault) });
        }
    }
}

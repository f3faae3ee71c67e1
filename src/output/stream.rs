//! One stream, for `kubectl apply -f -`.

use serde::Serialize;

use super::{Format, in_install_order};
use crate::kubernetes::Manifest;
use crate::yaml::{self, Node};

/// The manifests as one text, in Helm's install order.
#[must_use]
pub fn stream(manifests: &[&Manifest], format: Format) -> String {
    let manifests = in_install_order(manifests);
    match format {
        Format::Yaml => {
            let document = |manifest: &&Manifest| ["---\n# Source: ", &manifest.path, "\n", &yaml::write(&manifest.object)].concat();
            manifests.iter().map(document).collect()
        }
        Format::Json => json(&list(&manifests)),
    }
}

/// The manifests as one text, in the order given, without a word of where they are from.
#[must_use]
pub fn plain_stream(manifests: &[&Manifest], format: Format) -> String {
    match format {
        Format::Yaml => manifests.iter().map(|manifest| format!("---\n{}", yaml::write(&manifest.object))).collect(),
        Format::Json => json(&list(manifests)),
    }
}

/// Several objects as one object of kind `List`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct List<'m> {
    api_version: &'static str,
    kind: &'static str,
    items: Vec<&'m Node>,
}

pub(super) fn list<'m>(manifests: &[&'m Manifest]) -> List<'m> {
    List { api_version: "v1", kind: "List", items: manifests.iter().map(|manifest| &manifest.object).collect() }
}

/// Plain data as JSON text.
pub(super) fn json(data: &impl Serialize) -> String {
    serde_json::to_string_pretty(data).expect("manifests are plain data") + "\n"
}

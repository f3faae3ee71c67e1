//! The annotations of an object are larger than the API server takes.

use super::too_large;
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M902",
    name: "annotations-too-large",
    level: Level::Error,
    what: "The annotations of an object are larger than the API server takes.",
    why: "The API server refuses it: keys and values take 256 KiB at most, all together.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, annotations: {k: (more than a mebibyte)}}}",
        instead: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m, annotations: {k: v}}}",
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let of_pod = manifest.pod().and_then(|pod| pod.annotations).filter(|_| manifest.kind() != "Pod");
    let help = |key: &str| format!("keep what `{key}` holds elsewhere, such as in a config map");
    for (whose, annotations) in
        [("its annotations take", manifest.object.at(&["metadata", "annotations"])), ("the pod's annotations take", of_pod)]
    {
        let entries = annotations.and_then(Node::as_map).into_iter().flatten();
        let sizes: Vec<_> = entries.map(|(key, entry)| (key.len() + entry.value.scalar().len(), key.as_str())).collect();
        too_large::tell(found, manifest, whose, &sizes, MOST_BYTES, help);
    }
}

/// The most that the annotations of one object may take (Kubernetes: `TotalAnnotationSizeLimitB`).
const MOST_BYTES: usize = 256 << 10;

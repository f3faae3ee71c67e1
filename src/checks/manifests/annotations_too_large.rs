//! The annotations of an object are larger than the API server takes.

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
    for (whose, annotations) in [("its", manifest.object.at(&["metadata", "annotations"])), ("the pod's", of_pod)] {
        let sizes =
            || annotations.and_then(Node::as_map).into_iter().flatten().map(|(key, entry)| (key.len() + entry.value.scalar().len(), key));
        let bytes: usize = sizes().map(|(size, _)| size).sum();
        if bytes > MOST_BYTES
            && let Some((_, largest)) = sizes().max()
        {
            found
                .in_manifest(manifest, format_args!("{whose} annotations take {bytes} bytes, and {MOST_BYTES} is the most"))
                .of_text(largest, largest)
                .help(format!("keep what `{largest}` holds elsewhere, such as in a config map"));
        }
    }
}

/// The most that the annotations of one object may take (Kubernetes: `TotalAnnotationSizeLimitB`).
const MOST_BYTES: usize = 256 << 10;

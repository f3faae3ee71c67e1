//! An autoscaler of KEDA has a least number of pods above its greatest.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W106",
    name: "scaled-object-bounds",
    level: Level::Error,
    what: "An autoscaler of KEDA has a least number of pods above its greatest.",
    why: "KEDA refuses the object, or never scales.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: s}, spec: {scaleTargetRef: {kind: Elsewhere, name: d}, minReplicaCount: 9, maxReplicaCount: 2, triggers: []}}",
        instead: "{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: s}, spec: {scaleTargetRef: {kind: Elsewhere, name: d}, minReplicaCount: 2, maxReplicaCount: 9, triggers: []}}",
    },
    check: Check::Manifest(check),
};

/// How many pods there are at most where nothing says it (KEDA: `defaultHPAMaxReplicas`).
const USUAL_MOST: i64 = 100;

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    if manifest.kind() != "ScaledObject" {
        return;
    }
    let amount = |key: &str| manifest.object.at(&["spec", key]).map(Node::scalar).and_then(|text| text.parse::<i64>().ok());
    let (least, idle) = (amount("minReplicaCount"), amount("idleReplicaCount"));
    let most = amount("maxReplicaCount").unwrap_or(USUAL_MOST);
    if let Some(least) = least.filter(|least| *least > most) {
        found
            .in_manifest(manifest, format_args!("`minReplicaCount` is {least}, more than `maxReplicaCount`, {most}"))
            .of_text(&least.to_string(), "minReplicaCount");
    }
    if let Some((idle, least)) = idle.zip(least).filter(|(idle, least)| idle >= least) {
        found
            .in_manifest(manifest, format_args!("`idleReplicaCount` is {idle}, and not less than `minReplicaCount`, {least}"))
            .of_text(&idle.to_string(), "idleReplicaCount");
    }
}

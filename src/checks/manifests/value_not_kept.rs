//! The API server does not keep a value, by what stands beside it.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::keeps_data_source;
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W113",
    name: "value-not-kept",
    level: Level::Warning,
    what: "The API server does not keep a value, by what stands beside it.",
    why: "The API server drops it without a word, and takes the rest of the object.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}], ",
            "sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}}}"
        ),
        instead: concat!(
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {ports: [{port: 80}], ",
            "sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 60}}}}"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(spec) = manifest.object.get("spec").filter(|_| !manifest.is_strange()) else { return };
    let mut drops = |node: &Node, what: &str, help: &str| {
        found.in_manifest(manifest, format_args!("{what}")).at_node(manifest, node).help(help.to_owned());
    };
    let said = |key: &str| spec.get(key).filter(|node| !node.says_nothing());
    match manifest.kind() {
        "Service" => {
            if let Some(node) = said("sessionAffinityConfig").filter(|_| spec.text(&["sessionAffinity"]) != Some("ClientIP")) {
                let what = "`sessionAffinityConfig` is dropped by the API server where `sessionAffinity` is not `ClientIP`";
                drops(node, what, "set `sessionAffinity: ClientIP`, or drop it");
            }
            if let Some(node) = said("internalTrafficPolicy").filter(|_| spec.text(&["type"]) == Some("ExternalName")) {
                let what = "`internalTrafficPolicy` is dropped by the API server where `type` is `ExternalName`";
                drops(node, what, "drop it: such a Service is a name, and has no traffic of its own");
            }
        }
        "PersistentVolumeClaim" => {
            if let Some(node) = said("dataSource").filter(|source| {
                spec.get("dataSourceRef").is_none_or(Node::says_nothing) && source.as_map().is_some_and(|source| !keeps_data_source(source))
            }) {
                let what = "`dataSource` is dropped by the API server where it is neither a claim nor a snapshot of one";
                drops(
                    node,
                    what,
                    "say it by `dataSourceRef`, or give `kind: PersistentVolumeClaim`, or `VolumeSnapshot` with its `apiGroup`",
                );
            }
        }
        _ => {}
    }
}

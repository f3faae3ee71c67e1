//! A Service says who may come in by a load balancer that it does not have.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "N101",
    name: "ranges-without-load-balancer",
    level: Level::Error,
    what: "A Service says who may come in by a load balancer that it does not have.",
    why: "The ranges have no effect, and whoever reads them takes the Service for closed.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {loadBalancerSourceRanges: [203.0.113.0/24]}}",
        instead: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24]}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(spec) = manifest.service() else { return };
    if !spec.items(&["loadBalancerSourceRanges"]).is_empty() && spec.text(&["type"]) != Some("LoadBalancer") {
        found
            .in_manifest(manifest, "`loadBalancerSourceRanges` is for the type `LoadBalancer` alone")
            .help("set the Service's `type: LoadBalancer`, or drop the ranges");
    }
}

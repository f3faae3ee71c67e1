//! The address that a load balancer is to have is none.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W108",
    name: "load-balancer-address",
    level: Level::Error,
    what: "The address that a load balancer is to have is none.",
    why: "The API server takes any text, and no load balancer can have it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, loadBalancerIP: a.example.com, ports: [{port: 80}]}}",
        instead: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, loadBalancerIP: 203.0.113.7, ports: [{port: 80}]}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let address = manifest.service().and_then(|spec| spec.text(&["loadBalancerIP"])).filter(|address| !address.is_empty());
    if let Some(address) = address.filter(|address| address.parse::<std::net::IpAddr>().is_err()) {
        found.in_manifest(manifest, format_args!("`loadBalancerIP: {address}` is no IP address")).of_text(address, "loadBalancerIP");
    }
}

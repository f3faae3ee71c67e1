//! A range of addresses is malformed.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use std::net::IpAddr;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "N102",
    name: "range-form",
    level: Level::Error,
    what: "A range of addresses is malformed.",
    why: "The API server refuses the Service, or the cloud does.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0]}}",
        instead: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24]}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let Some(spec) = manifest.service() else { return };
    let ranges = spec.items(&["loadBalancerSourceRanges"]).iter().filter_map(|range| range.as_str());
    for range in ranges.filter(|range| !is_range(range)) {
        found
            .in_manifest(
                manifest,
                format_args!("`loadBalancerSourceRanges` has `{range}`, which is no range of addresses, such as `203.0.113.0/24`"),
            )
            .of_text(range, "loadBalancerSourceRanges");
    }
}

/// Whether a text is a range of addresses in CIDR notation.
fn is_range(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, bits)| {
        let most = address.parse::<IpAddr>().map(|address| if address.is_ipv4() { 32 } else { 128 });
        most.is_ok_and(|most| bits.parse::<u8>().is_ok_and(|bits| bits <= most))
    })
}

//! Services are sound in themselves: what belongs to load balancers stands at load balancers, ports have names.

use std::net::IpAddr;

use super::{Finding, Subject};

pub fn check(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for service in subject.set.of_kind("Service") {
        let Some(spec) = service.object.get("spec") else { continue };
        let ranges = spec.items(&["loadBalancerSourceRanges"]);
        if !ranges.is_empty() && spec.text(&["type"]) != Some("LoadBalancer") {
            let error = Finding::in_manifest(service, "`loadBalancerSourceRanges` is for the type `LoadBalancer` alone");
            findings.push(error.help("set the Service's `type: LoadBalancer`, or drop the ranges"));
        }
        for range in ranges.iter().filter_map(|range| range.as_str()).filter(|range| !is_range(range)) {
            findings.push(Finding::in_manifest(
                service,
                format_args!("`loadBalancerSourceRanges` has `{range}`, which is no range of addresses, such as `203.0.113.0/24`"),
            ));
        }
        let ports = spec.items(&["ports"]);
        if ports.len() > 1 && ports.iter().any(|port| port.text(&["name"]).is_none()) {
            findings.push(Finding::in_manifest(service, "of several ports each needs a name"));
        }
    }
}

/// Whether a text is a range of addresses in CIDR notation.
fn is_range(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, bits)| {
        let most = address.parse::<IpAddr>().map(|address| if address.is_ipv4() { 32 } else { 128 });
        most.is_ok_and(|most| bits.parse::<u8>().is_ok_and(|bits| bits <= most))
    })
}

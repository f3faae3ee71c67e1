//! An address, or a range of addresses, has a form that Kubernetes takes no longer.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::error::Severity;
use crate::kubernetes::Manifest;
use crate::schema::{SOURCE_RANGES, is_of_former_form};
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M305",
    name: "address-of-former-form",
    level: Level::Error,
    what: "An address, or a range of addresses, has a form that Kubernetes takes no longer.",
    why: "Since 1.36 the API server refuses zeros before a number, an IPv4 address in the form of IPv6, and bits beyond the \
          length of a range. With `--kube-version` of an earlier version it is a warning.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.1/8], ports: [{port: 80}]}}",
        instead: "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8], ports: [{port: 80}]}}",
    },
    check: Check::Pod(check),
};

/// The version that takes such forms no longer, by default (Kubernetes: the gate `StrictIPCIDRValidation`).
const SINCE: u32 = 36;

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    for (key, text) in addresses(manifest).into_iter().filter(|(_, text)| is_of_former_form(text)) {
        let fault = format_args!("the API server refuses `{text}` in `{key}` since Kubernetes 1.{SINCE}");
        let wrong = found.in_manifest(manifest, fault).of_text(text, key);
        wrong.help("write addresses without zeros before their numbers, IPv4 as IPv4, and ranges without bits beyond their length");
        if release.cluster.version.is_some_and(|version| version.is_before(SINCE)) {
            wrong.severity = Severity::Warning;
        }
    }
}

/// The addresses and ranges that have to have the form, each with its key.
fn addresses(manifest: &Manifest) -> Vec<(&'static str, &str)> {
    let mut all: Vec<(&'static str, &Node)> = Vec::new();
    if let Some(spec) = manifest.service() {
        all.extend(spec.get("clusterIP").map(|address| ("clusterIP", address)));
        for key in ["clusterIPs", "externalIPs", "loadBalancerSourceRanges"] {
            all.extend(spec.items(&[key]).iter().map(|address| (key, address)));
        }
        // The annotation counts where the field says nothing.
        if spec.items(&["loadBalancerSourceRanges"]).is_empty() {
            all.extend(manifest.object.at(&["metadata", "annotations", SOURCE_RANGES]).map(|ranges| (SOURCE_RANGES, ranges)));
        }
    }
    let object = &manifest.object;
    match manifest.kind() {
        "Endpoints" => {
            let parts = object.items(&["subsets"]).iter();
            let hosts = parts.flat_map(|part| part.items(&["addresses"]).iter().chain(part.items(&["notReadyAddresses"])));
            all.extend(hosts.filter_map(|host| host.get("ip")).map(|address| ("ip", address)));
        }
        "EndpointSlice" if object.text(&["addressType"]) == Some("IPv4") => {
            let hosts = object.items(&["endpoints"]).iter();
            all.extend(hosts.flat_map(|host| host.items(&["addresses"])).map(|address| ("addresses", address)));
        }
        "Node" => {
            all.extend(object.at(&["spec", "podCIDR"]).map(|range| ("podCIDR", range)));
            all.extend(object.items(&["spec", "podCIDRs"]).iter().map(|range| ("podCIDRs", range)));
        }
        _ => {}
    }
    if manifest.kind() == "NetworkPolicy" {
        let rules = ["ingress", "egress"].into_iter().flat_map(|way| manifest.object.items(&["spec", way]));
        let peers = rules.flat_map(|rule| rule.items(&["from"]).iter().chain(rule.items(&["to"])));
        for block in peers.filter_map(|peer| peer.get("ipBlock")) {
            all.extend(block.get("cidr").map(|range| ("cidr", range)));
            all.extend(block.items(&["except"]).iter().map(|range| ("except", range)));
        }
    }
    if let Some(pod) = manifest.pod() {
        let aliases = pod.spec.items(&["hostAliases"]).iter();
        all.extend(aliases.filter_map(|alias| alias.get("ip")).map(|address| ("ip", address)));
        all.extend(pod.spec.items(&["dnsConfig", "nameservers"]).iter().map(|address| ("nameservers", address)));
    }
    let texts = all.into_iter().filter_map(|(key, node)| Some((key, node.as_str()?)));
    // The annotation has several, with commas between them.
    texts.flat_map(|(key, text)| text.split(',').map(move |one| (key, one.trim()))).collect()
}

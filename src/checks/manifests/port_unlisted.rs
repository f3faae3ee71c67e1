//! A Service leads to a port that no container of its pods lists.

use super::port_that_no_pod_has::{HELP, unserved};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "H102",
    name: "port-unlisted",
    level: Level::Warning,
    what: "A Service leads to a port that no container of its pods lists.",
    why: "A container may listen on a port that it does not list; where it does not, nothing answers.",
    example: Example {
        of: Of::Anyones,
        refused: concat!(
            "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [{port: 80}]}}\n"
        ),
        instead: concat!(
            "{apiVersion: v1, kind: Pod, metadata: {name: p, labels: {a: b}}, spec: {containers: [{name: c, image: i, ports: [{containerPort: 8080}]}]}}\n",
            "---\n",
            "{apiVersion: v1, kind: Service, metadata: {name: s}, spec: {selector: {a: b}, ports: [{port: 80, targetPort: 8080}]}}\n"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    // Clients of a headless Service take its port.
    let is_headless = manifest.object.text(&["spec", "clusterIP"]) == Some("None");
    if !release.open || is_headless {
        return;
    }
    for target in unserved(manifest, release).into_iter().filter(|target| target.as_str().is_none()) {
        found
            .in_manifest(manifest, format_args!("its target port {} is none of the ports that its pods list", target.scalar()))
            .at_node(manifest, target)
            .help(HELP);
    }
}

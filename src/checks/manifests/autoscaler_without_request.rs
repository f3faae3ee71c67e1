//! An autoscaler goes by the share of a request that the containers do not make.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::{Manifest, Pod};
use crate::yaml::Node;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W105",
    name: "autoscaler-without-request",
    level: Level::Warning,
    what: "An autoscaler goes by the share of a request that the containers do not make.",
    why: "Without the request there is no share of it, and the autoscaler does nothing, unless a LimitRange of the namespace gives one.",
    example: Example {
        of: Of::Manifests,
        refused: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}\n",
            "---\n",
            "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}}"
        ),
        instead: concat!(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i, resources: {requests: {cpu: 1}}}]}}}}\n",
            "---\n",
            "{apiVersion: autoscaling/v2, kind: HorizontalPodAutoscaler, metadata: {name: h}, spec: {maxReplicas: 2, scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: d}, metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}]}}"
        ),
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    if manifest.kind() != "HorizontalPodAutoscaler" {
        return;
    }
    let target = |key: &str| manifest.object.text(&["spec", "scaleTargetRef", key]);
    let (Some(kind), Some(name)) = (target("kind"), target("name")) else { return };
    let Some(pod) = release.set.find(kind, manifest.namespace(), name).and_then(Manifest::pod) else { return };
    for metric in manifest.object.items(&["spec", "metrics"]) {
        let of = |key: &str| metric.get(key).filter(|one| one.text(&["target", "type"]) == Some("Utilization"));
        let Some(source) = of("resource").or_else(|| of("containerResource")) else { continue };
        let Some(resource) = source.text(&["name"]) else { continue };
        let lacking = lacking(&pod, resource, source.text(&["container"]));
        if !lacking.is_empty() && !is_given(release, resource) {
            let fault = format_args!("it goes by the share of the requested {resource}, and containers of `{name}` request none");
            found
                .in_manifest(manifest, fault)
                .of_text("hpa", "hpa")
                .note(format!("without `requests.{resource}`: {}", lacking.join(", ")))
                .help(format!("give these containers `resources.requests.{resource}`"));
        }
    }
}

/// The containers of a pod that request nothing of a resource: a limit is a request too, and of init containers those count that
/// go on.
fn lacking(pod: &Pod<'_>, resource: &str, only: Option<&str>) -> Vec<String> {
    let goes_on = |container: &&Node| container.text(&["restartPolicy"]) == Some("Always");
    let beside = pod.spec.items(&["initContainers"]).iter().filter(goes_on);
    let all = beside.chain(pod.spec.items(&["containers"])).filter(|one| only.is_none() || one.text(&["name"]) == only);
    let requests = |container: &&Node| ["requests", "limits"].iter().any(|key| container.at(&["resources", key, resource]).is_some());
    let lacking = all.filter(|container| !requests(container));
    lacking.map(|container| format!("`{}`", container.text(&["name"]).unwrap_or_default())).collect()
}

/// Whether the set itself says what a container requests that says nothing.
fn is_given(release: &Release<'_>, resource: &str) -> bool {
    let bounds = release.set.of_kind("LimitRange").flat_map(|range| range.object.items(&["spec", "limits"]));
    let mut of_containers = bounds.filter(|bound| bound.text(&["type"]) == Some("Container"));
    of_containers.any(|bound| ["default", "defaultRequest", "max", "min"].iter().any(|key| bound.at(&[key, resource]).is_some()))
}

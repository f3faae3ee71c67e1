//! Network policies let nobody in to whom an Ingress, a route, a Service or a monitor shows the way.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{ServiceType, camel_case};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "P101",
    name: "door-closed",
    level: Level::Warning,
    what: "Network policies let nobody in to whom an Ingress, a route, a Service or a monitor shows the way.",
    why: "Policies let in whom the values name, and the pods of an Ingress controller, a Gateway or Prometheus are not of the release.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "networkPolicies: {enabled: true}\n", "ingress: {apiServer: {enabled: true}}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "networkPolicies: {enabled: true}\n",
            "ingress: {apiServer: {enabled: true}}\n",
            "apiServer:\n",
            "  networkPolicy: {ingress: {from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress}}}]}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if !values.network_policies.enabled {
        return;
    }
    for (key, component) in values.enabled_components() {
        let Some(door) = component.door().filter(|door| door.peers.is_empty()) else { continue };
        let exposure = component.ingress(values);
        let way = if exposure.as_ref().is_some_and(|exposure| exposure.is_made(values)) {
            "an Ingress"
        } else if exposure.as_ref().is_some_and(|exposure| exposure.made_route().is_some()) {
            "a route"
        } else if door.service != ServiceType::ClusterIP {
            "a Service for the outside"
        } else if component.monitored().is_some_and(|monitored| monitored.keys.enabled) {
            "a `ServiceMonitor`"
        } else {
            continue;
        };
        let key = camel_case(key);
        found
            .in_value(
                "networkPolicies.enabled",
                format!("{way} leads to `{key}`, and its network policy lets nobody in from outside"),
                "only pods of the release get in",
            )
            .help(format!("say in `{key}.{}` who may come in, such as the namespace of what stands before it", door.key));
    }
}

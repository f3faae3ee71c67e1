//! A network policy is told ports, and not who may connect to them.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::camel_case;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "P103",
    name: "ports-without-peers",
    level: Level::Warning,
    what: "A network policy is told ports, and not who may connect to them.",
    why: "The ports have no effect without `from`, in the chart either.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "networkPolicies: {enabled: true}\n",
            "apiServer: {networkPolicy: {ingress: {ports: [{port: 8081}]}}}"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "networkPolicies: {enabled: true}\n",
            "apiServer: {networkPolicy: {ingress: {from: [{namespaceSelector: {}}], ports: [{port: 8081}]}}}"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let components = values.enabled_components().into_iter().filter(|_| values.network_policies.enabled);
    for (key, component) in components {
        let Some(door) = component.door().filter(|door| door.peers.is_empty() && !door.ports.is_empty()) else { continue };
        let key = camel_case(key);
        let ports = format!("{key}.networkPolicy.ingress.ports");
        if Path::of_keys(&ports).get(subject.given).is_some_and(|ports| !ports.says_nothing()) {
            found
                .in_value(&ports, format!("`{ports}` has no effect without those who may connect"), "nobody gets in by these")
                .help(format!("say in `{key}.{}` who may connect; `[{{namespaceSelector: {{}}}}]` is everybody of the cluster", door.key));
        }
    }
}

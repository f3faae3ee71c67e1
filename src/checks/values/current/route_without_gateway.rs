//! A route of the Gateway API is attached to no Gateway.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A108",
    name: "route-without-gateway",
    level: Level::Error,
    what: "A route of the Gateway API is attached to no Gateway.",
    why: "No Gateway takes it up, and nothing comes in by it. The chart demands `parentRefs`, too.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "apiServer: {httpRoute: {enabled: true}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "apiServer: {httpRoute: {enabled: true, parentRefs: [{name: public}]}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (_, component) in values.enabled_components() {
        let Some(exposure) = component.ingress(values) else { continue };
        let Some((key, _)) = exposure.made_route().filter(|(_, route)| route.parent_refs.is_empty()) else { continue };
        found
            .in_value(format!("{key}.enabled"), format!("`{key}` is attached to no Gateway"), "a route from nowhere")
            .help(format!("name the Gateway: `{key}.parentRefs: [{{name: NAME, namespace: NAMESPACE}}]`"));
    }
}

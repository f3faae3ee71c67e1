//! A component has an Ingress and a route of the Gateway API.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A107",
    name: "two-ways-in",
    level: Level::Error,
    what: "A component has an Ingress and a route of the Gateway API.",
    why: "A route is there in the place of an Ingress, and a server has one path that it serves below. The chart refuses both, too.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "ingress: {apiServer: {enabled: true}}\n",
            "apiServer: {httpRoute: {enabled: true, parentRefs: [{name: public}]}}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "apiServer: {httpRoute: {enabled: true, parentRefs: [{name: public}]}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (_, component) in values.enabled_components() {
        let Some(exposure) = component.ingress(values).filter(|exposure| exposure.is_made(values)) else { continue };
        let Some((key, _)) = exposure.made_route() else { continue };
        let ingress = exposure.path_key.trim_end_matches(".path");
        found
            .in_value(format!("{key}.enabled"), format!("`{ingress}` and `{key}` both lead to one component"), "a route as well")
            .help(format!("keep one: leave out `{key}.enabled`, or set `{ingress}.enabled: false`"));
    }
}

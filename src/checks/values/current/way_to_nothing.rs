//! An Ingress, a route or a monitor is asked for, and what it leads to does not run.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::{Component, camel_case, other_major};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A109",
    name: "way-to-nothing",
    level: Level::Warning,
    what: "An Ingress, a route or a monitor is asked for, and what it leads to does not run.",
    why: "It is left out.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "statsd: {enabled: false}\n", "ingress: {statsd: {enabled: true}}"),
        instead: concat!("airflowVersion: 3.2.0\n", "ingress: {statsd: {enabled: true}}"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    // The old `ingress.enabled` asks for all of them at once.
    let is_made = |component: &dyn Component| component.enabled(values) && component.ingress(values).is_some_and(|way| way.keys.enabled);
    let leads_somewhere = values.components().into_iter().any(|(_, component)| is_made(component));
    let idle = values.components().into_iter().filter(|(_, component)| !component.enabled(values));
    for (key, component) in idle.map(|(key, component)| (camel_case(key), component)) {
        // What is of another major version is told as that.
        if other_major::without_effect(values.airflow_version.major()).iter().any(|(other, _)| *other == key) {
            continue;
        }
        let exposure = component.ingress(values);
        let ingress = exposure.as_ref().filter(|exposure| exposure.keys.enabled && !leads_somewhere);
        let ingress = ingress.and_then(|exposure| Some(("an Ingress", format!("{}enabled", exposure.path_key.strip_suffix("path")?))));
        let route = exposure.as_ref().and_then(|exposure| Some(("a route", format!("{}.enabled", exposure.made_route()?.0))));
        let monitor = component.monitored().filter(|monitored| monitored.keys.enabled);
        let monitor = monitor.map(|_| ("a `ServiceMonitor`", format!("{key}.serviceMonitor.enabled")));
        for (way, at) in [ingress, route, monitor].into_iter().flatten() {
            // A default of the edition's is nobody's wish.
            if Path::of_keys(&at).get(subject.given).is_some() {
                found
                    .in_value(&at, format!("{way} is asked for, and `{key}`, to which it would lead, does not run"), "it is left out")
                    .help(format!("enable `{key}`, or drop `{at}`"));
            }
        }
    }
}

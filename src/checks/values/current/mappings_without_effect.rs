//! Mappings of metrics have no effect beside those that take the place of all.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O123",
    name: "mappings-without-effect",
    level: Level::Warning,
    what: "Mappings of metrics have no effect beside those that take the place of all.",
    why: "`statsd.overrideMappings` are all that the StatsD exporter gets, as with the chart.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "statsd:\n",
            "  extraMappings: [{match: a.*, name: a}]\n",
            "  overrideMappings: [{match: b.*, name: b}]\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "statsd:\n", "  overrideMappings: [{match: a.*, name: a}, {match: b.*, name: b}]\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let keys = &subject.values.statsd;
    if keys.enabled && !keys.extra_mappings.is_empty() && !keys.override_mappings.is_empty() {
        found
            .in_value("statsd.extraMappings", "`statsd.extraMappings` has no effect beside `statsd.overrideMappings`", "not heard")
            .help("put them among the others");
    }
}

//! Metrics are to go to OpenTelemetry, and go to StatsD.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Heard, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C106",
    name: "otel-beside-statsd",
    level: Level::Warning,
    what: "Metrics are to go to OpenTelemetry, and go to StatsD.",
    why: "Airflow sends them to one of the two, and StatsD comes first.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {metrics: {otel_on: true, otel_host: collector}}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "statsd: {enabled: false}\n",
            "config: {metrics: {otel_on: true, otel_host: collector}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let by_default = subject.known.has_statsd;
    let each = |name| Options::of_each(subject.values, AirflowOption::of("metrics", name));
    let statsd = each("statsd_on").iter().all(|heard| heard.is_true(by_default) == Some(true));
    let otel = each("otel_on").into_iter().find(|heard| heard.is_true(false) == Some(true));
    if let Some(place) = otel.as_ref().and_then(Heard::place).filter(|_| statsd) {
        found
            .in_value(place.clone(), "metrics are to go to OpenTelemetry, and go to StatsD", "has no effect")
            .note("Airflow sends them to one of the two, and StatsD comes first")
            .help("set `statsd.enabled: false`, or leave this out");
    }
}

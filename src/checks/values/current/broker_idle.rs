//! The bundled Redis runs, and nobody talks to it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "B105",
    name: "broker-idle",
    level: Level::Warning,
    what: "The bundled Redis runs, and nobody talks to it.",
    why: "The tasks of Celery go through another broker.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor\n", "data: {brokerUrl: \"redis://broker.example.com/0\"}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: CeleryExecutor\n",
            "redis: {enabled: false}\n",
            "data: {brokerUrl: \"redis://broker.example.com/0\"}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    if subject.known.redis_is_idle {
        found
            .in_value("data.brokerUrl", "the bundled Redis runs, and nobody talks to it", "another broker")
            .help("set `redis.enabled: false`");
    }
}

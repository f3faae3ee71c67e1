//! Celery has no broker, with `delivery: helm`.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Delivery;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "B108",
    name: "broker-missing",
    level: Level::Error,
    what: "Celery has no broker, with `delivery: helm`.",
    why: "The chart refuses it; with any other delivery the Secret with the broker's URI has to exist.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "delivery: helm\n", "executor: CeleryExecutor\n", "redis: {enabled: false}\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "delivery: helm\n",
            "executor: CeleryExecutor\n",
            "redis: {enabled: false}\n",
            "data: {brokerUrlSecretName: broker}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let has_broker = values.redis.enabled || values.data.gives_broker();
    if values.delivery == Delivery::Helm && values.executor.uses_celery() && !has_broker {
        found
            .in_value("redis.enabled", "Celery has no broker: Redis is switched off, and no other one is given", "no Redis")
            .help("set `data.brokerUrl` or `data.brokerUrlSecretName`");
    }
}

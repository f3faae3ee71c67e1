//! A reading of metrics may take longer than the time to the next one.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::camel_case;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O118",
    name: "scrape-timeout-above-interval",
    level: Level::Error,
    what: "A reading of metrics may take longer than the time to the next one.",
    why: "Prometheus takes no `scrape_timeout` that is longer than the interval.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "statsd: {serviceMonitor: {enabled: true, interval: 10s, scrapeTimeout: 30s}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "statsd: {serviceMonitor: {enabled: true, interval: 30s, scrapeTimeout: 10s}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (key, component) in subject.values.enabled_components() {
        let Some(keys) = component.monitored().map(|monitored| monitored.keys).filter(|keys| keys.enabled) else { continue };
        if let (Some(interval), Some(timeout)) = (keys.interval.as_ref(), keys.scrape_timeout.as_ref())
            && timeout.seconds() > interval.seconds()
        {
            let key = format!("{}.serviceMonitor", camel_case(key));
            let title = format!("`scrapeTimeout` of `{key}` is longer than its `interval`");
            found
                .in_value(format!("{key}.scrapeTimeout"), title, format!("longer than {}", &**interval))
                .help("set a shorter one, or leave it out");
        }
    }
}

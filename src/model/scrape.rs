//! How Prometheus finds what it scrapes, and where the StatsD exporter listens.

use indexmap::IndexMap;

use crate::values::{Annotations, Ports};

/// The ports at which the exporter listens unless it is told (`prometheus/statsd_exporter`).
const INGEST: u16 = 9125;
const SCRAPE: u16 = 9102;

/// The arguments that tell the exporter its ports, where they are not the usual ones.
pub fn arguments(ports: &Ports) -> impl Iterator<Item = String> {
    let options = [("--statsd.listen-udp", ports.statsd_ingest, INGEST), ("--web.listen-address", ports.statsd_scrape, SCRAPE)];
    options.into_iter().filter(|(_, port, usual)| port != usual).map(|(option, port, _)| format!("{option}=:{port}"))
}

/// The annotations of a Service whose port Prometheus scrapes, and the user's, which have precedence.
pub fn annotations(own: &Annotations, port: u16) -> IndexMap<String, String> {
    let usual = [("prometheus.io/scrape", "true".to_owned()), ("prometheus.io/port", port.to_string())];
    let usual = usual.into_iter().map(|(key, value)| (key.to_owned(), value)).filter(|(key, _)| !own.0.contains_key(key));
    usual.chain(own.0.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_user_says_has_precedence() {
        let own = Annotations(IndexMap::from([("prometheus.io/port".to_owned(), "1".to_owned())]));
        let annotations: Vec<(String, String)> = annotations(&own, 2).into_iter().collect();
        let expected = [("prometheus.io/scrape", "true"), ("prometheus.io/port", "1")];
        assert_eq!(annotations, expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
    }
}

//! The server has a certificate without its key, or a key without its certificate.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Heard;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A103",
    name: "certificate-without-key",
    level: Level::Error,
    what: "The server has a certificate without its key, or a key without its certificate.",
    why: "It does not start.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {api: {ssl_cert: /tls/tls.crt}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "config: {api: {ssl_cert: /tls/tls.crt, ssl_key: /tls/tls.key}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(server) = &subject.known.server else { return };
    let (certificate, key) = (&server.certificate, &server.key);
    for (given, other, missing) in [(certificate, key, "key"), (key, certificate, "certificate")] {
        let (Heard::Text(path, place), Heard::Nothing) = (given, other) else { continue };
        if !path.is_empty() {
            found
                .in_value(place.clone(), format!("`{place}` is given, and no {missing} that goes with it"), "this file")
                .note("the server does not start with one of the two")
                .help("give both, or none for http");
        }
    }
}

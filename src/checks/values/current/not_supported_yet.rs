//! Something is asked for that is still to come.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "T201",
    name: "not-supported-yet",
    level: Level::Error,
    what: "Something is asked for that is still to come.",
    why: "gen does not render it yet.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "kerberos: {enabled: true}\n"),
        instead: "airflowVersion: 3.2.0",
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for key in subject.values.not_supported_yet() {
        found
            .in_value(&key, format!("`{key}` is not supported yet"), "asked for here")
            .help("leave it out; what is rendered without it can be applied");
    }
}

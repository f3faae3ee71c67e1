//! Both a Secret with the address of a store of logs and the address are given.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O107",
    name: "log-store-secret-and-address",
    level: Level::Error,
    what: "Both a Secret with the address of a store of logs and the address are given.",
    why: "The address is to be taken from the Secret, and the other one would be ignored in silence.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "elasticsearch: {enabled: true, secretName: logs, connection: {host: logs.example.com}}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "elasticsearch: {enabled: true, secretName: logs}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (key, store) in subject.values.log_stores() {
        if store.enabled && store.secret_name.is_some() && store.says_address() {
            let place = format!("{key}.secretName");
            let title = format!("both `{place}` and `{key}.connection` are given");
            found.in_value(place, title, "the address is to be taken from this Secret").drop_one();
        }
    }
}

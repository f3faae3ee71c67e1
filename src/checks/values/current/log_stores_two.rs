//! The logs of tasks are in two stores.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O110",
    name: "log-stores-two",
    level: Level::Error,
    what: "The logs of tasks are in two stores.",
    why: "Airflow reads them from one.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "elasticsearch: {enabled: true, secretName: a}\n",
            "opensearch: {enabled: true, secretName: b}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "elasticsearch: {enabled: true, secretName: a}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let searched = subject.values.log_stores().into_iter().filter(|(_, store)| store.enabled).map(|(key, _)| format!("{key}.enabled"));
    let bucket = subject.values.logs.remote.as_ref().map(|_| "logs.remote".to_owned());
    if let [first, second, ..] = &searched.chain(bucket).collect::<Vec<_>>()[..] {
        let title = format!("both `{first}` and `{second}` are set");
        found.in_value(second, title, "Airflow reads logs from one store").drop_one();
    }
}

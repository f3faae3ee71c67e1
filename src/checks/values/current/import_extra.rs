//! What else the type of a connection knows is no map.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Path, Step};
use serde_json::Value;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "J103",
    name: "import-extra",
    level: Level::Error,
    what: "What else the type of a connection knows is no map.",
    why: "Airflow 3 takes a map alone, or its JSON, and the Job fails.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "importJob: {connections: {warehouse: {type: postgres, extra: sslmode=require}}}"),
        instead: concat!("airflowVersion: 3.2.0\n", "importJob: {connections: {warehouse: {type: postgres, extra: {sslmode: require}}}}"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    // Earlier ones take any text.
    if values.airflow_version.major() < 3 {
        return;
    }
    for (name, connection) in &values.import_job.connections {
        let Some(text) = connection.extra.as_ref().map(crate::values::Json::text).filter(|text| !text.is_empty()) else { continue };
        if !serde_json::from_str::<Value>(&text).is_ok_and(|value| value.is_object()) {
            let at = Path(["importJob", "connections", name, "extra"].map(|key| Step::Key(key.to_owned())).to_vec());
            found
                .in_value(at, format!("the `extra` of the connection `{name}` is no map, nor the JSON of one"), "this value")
                .help("write a map, such as `{sslmode: require}`");
        }
    }
}

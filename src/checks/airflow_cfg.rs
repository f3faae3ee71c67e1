//! What stands in airflow.cfg is read back by Airflow as it was given.

use super::Finding;
use crate::values::{OptionValue, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    for (section, options) in &values.config.0 {
        for (option, value) in options.iter().flatten() {
            let Some(OptionValue::Text(text)) = value else { continue };
            let key = format!("config.{section}.{option}");
            if has_lone_percent(text) {
                let error = Finding::error(&key, format!("`{key}` has a single `%`"), "this value");
                findings.push(error.note("in airflow.cfg `%(name)s` stands for another option and `%%` for a percent sign; Airflow fails on any other `%`").help("write `%%`"));
            }
            if text.lines().skip(1).any(|line| line.trim_start().starts_with(['#', ';'])) {
                let error = Finding::error(&key, format!("`{key}` has a line that begins with `#` or `;`"), "this value");
                findings.push(error.note("airflow.cfg takes such a line for a comment and drops it from the value"));
            }
        }
    }
}

fn has_lone_percent(text: &str) -> bool {
    let rest = text.replace("%%", "");
    rest.match_indices('%').any(|(at, _)| !rest[at + 1..].starts_with('('))
}

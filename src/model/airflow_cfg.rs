//! airflow.cfg: what the edition needs, with the user's own options on top.

mod edition_1_10;

use indexmap::IndexMap;

use super::Facts;
use crate::values::{Edition, OptionValue, Values};

/// Sections and their options, in order. `None` keeps a place for an option that is not written of itself.
type Sections = IndexMap<String, IndexMap<String, Option<String>>>;

/// The text of airflow.cfg: sections in alphabetic order, options in the edition's, then the user's.
pub fn text(values: &Values, facts: &Facts) -> String {
    let mut sections = match values.edition() {
        Edition::V1_10 => edition_1_10::sections(values, facts),
    };
    for (name, options) in &values.config.0 {
        let Some(options) = options else {
            sections.shift_remove(name);
            continue;
        };
        let section = sections.entry(name.clone()).or_default();
        section.extend(options.iter().map(|(option, value)| (option.clone(), value.as_ref().map(written))));
    }
    sections.sort_keys();
    let lines = |options: &IndexMap<String, Option<String>>| -> Vec<String> {
        options.iter().filter_map(|(option, value)| value.as_ref().map(|value| format!("{option} = {value}"))).collect()
    };
    let sections = sections.iter().map(|(name, options)| (name, lines(options))).filter(|(_, lines)| !lines.is_empty());
    sections.map(|(name, lines)| format!("[{name}]\n{}", lines.join("\n"))).collect::<Vec<_>>().join("\n\n")
}

/// The path below which the webserver serves: that of `[webserver] base_url`, without a slash at its end.
pub fn base_path(values: &Values) -> String {
    let option = values.config.0.get("webserver").and_then(|options| options.as_ref()?.get("base_url")?.as_ref());
    let Some(OptionValue::Text(text)) = option else { return String::new() };
    let path = url::Url::parse(text).map(|url| url.path().to_owned()).unwrap_or_default();
    path.trim_end_matches('/').to_owned()
}

/// The value of an option as airflow.cfg has it: lines after the first are indented, or they would be options.
fn written(value: &OptionValue) -> String {
    match value {
        OptionValue::Boolean(value) => value.to_string(),
        OptionValue::Number(value) => value.to_string(),
        OptionValue::Text(text) => {
            let mut lines = text.trim_end_matches('\n').split('\n');
            let first = lines.next().unwrap_or_default().to_owned();
            lines.fold(first, |text, line| {
                let indent = if line.is_empty() || line.starts_with([' ', '\t']) { "" } else { "    " };
                text + "\n" + indent + line
            })
        }
    }
}

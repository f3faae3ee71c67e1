//! airflow.cfg: what the edition needs, with the user's own options on top.

use indexmap::IndexMap;

use crate::values::{OptionValue, Values};

/// Sections and their options, in order. `None` keeps the place of an option that only the user writes.
pub type Sections = IndexMap<String, IndexMap<String, Option<String>>>;

/// The sections in alphabetic order, with the user's options behind the edition's own.
pub fn with_own(values: &Values, mut sections: Sections) -> Sections {
    for (name, options) in &values.config.0 {
        let Some(options) = options else {
            sections.shift_remove(name);
            continue;
        };
        let section = sections.entry(name.clone()).or_default();
        section.extend(options.iter().map(|(option, value)| (option.clone(), value.as_ref().map(written))));
    }
    sections.sort_keys();
    sections
}

/// The options, as section and name.
pub fn names(sections: &Sections) -> Vec<(String, String)> {
    let of = |(section, options): (&String, &IndexMap<String, Option<String>>)| {
        options.keys().map(|name| (section.clone(), name.clone())).collect::<Vec<_>>()
    };
    sections.iter().flat_map(of).collect()
}

/// The text of airflow.cfg.
pub fn text(sections: &Sections) -> String {
    let lines = |options: &IndexMap<String, Option<String>>| -> Vec<String> {
        options.iter().filter_map(|(option, value)| value.as_ref().map(|value| format!("{option} = {value}"))).collect()
    };
    let sections = sections.iter().map(|(name, options)| (name, lines(options))).filter(|(_, lines)| !lines.is_empty());
    sections.map(|(name, lines)| format!("[{name}]\n{}", lines.join("\n"))).collect::<Vec<_>>().join("\n\n")
}

/// The path below which the webserver serves, without a slash at its end.
pub fn base_path(values: &Values) -> String {
    let option = values.config.0.get("webserver").and_then(|section| section.as_ref()?.get("base_url")?.as_ref());
    let url = if let Some(OptionValue::Text(text)) = option { url::Url::parse(text).ok() } else { None };
    url.map(|url| url.path().trim_end_matches('/').to_owned()).unwrap_or_default()
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

//! A value of a Secret or a config map that is given as YAML is no text, and would not come out as it stands.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::yaml::{self, Data, Entry, Node};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "T102",
    name: "respelt-in-text",
    level: Level::Error,
    what: "A value of a Secret or a config map that is given as YAML is no text, and would not come out as it stands.",
    why: "YAML reads `012345` as 5349, `1.10` as 1.1 and `yes` as true: pods would get another value. The API server takes texts alone.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "extraConfigMaps: {site: {data: \"version: 1.10\"}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "extraConfigMaps: {site: {data: \"version: '1.10'\"}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (name, secret) in &values.extra_secrets {
        each_entry(["extraSecrets", name, "data"], secret.data.as_deref(), found);
        each_entry(["extraSecrets", name, "stringData"], secret.string_data.as_deref(), found);
    }
    for (name, map) in &values.extra_config_maps {
        each_entry(["extraConfigMaps", name, "data"], map.data.as_deref(), found);
    }
}

fn each_entry(key: [&str; 3], text: Option<&str>, found: &mut Findings) {
    let (key, text) = (Path::from(key), text.unwrap_or_default());
    let documents = yaml::read(text, 0).unwrap_or_default();
    let entries = documents.iter().filter_map(Node::as_map).flatten();
    for (name, Entry { key: written, value }) in entries {
        let written = written.map_or(name.as_str(), |origin| &text[origin.span()]);
        let title = if is_respelt(name, written) {
            format!("a name in `{key}` is read as `{name}`")
        } else if let Some(what) = read_as(value, &text[value.span()]) {
            format!("`{name}` in `{key}` is read as {what}")
        } else {
            continue;
        };
        found.in_value(key.clone(), title, "not as it stands in this text").help("put it in quotes");
    }
}

/// Whether a name is another one than stands there, quotes aside.
fn is_respelt(name: &str, written: &str) -> bool {
    !written.starts_with(['"', '\'']) && written != name
}

/// What a value is read as, if that is no text and is not written as it stands.
fn read_as(value: &Node, written: &str) -> Option<&'static str> {
    match &value.data {
        Data::String(_) => None,
        Data::Null => Some("nothing"),
        Data::Bool(value) => (written.trim() != value.to_string()).then_some("a boolean"),
        Data::Number(number, written) => (number.to_string() != *written).then_some("a number"),
        Data::List(_) => Some("a list"),
        Data::Map(_) => Some("a map"),
    }
}

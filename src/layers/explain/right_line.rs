//! What to write in the place of a value of another type.

use crate::schema::Schema;
use crate::yaml::{Data, Node};

/// The line to write, if it is clear: a list of names and values for a map of them, digits for a number in words.
pub fn of(schema: Option<Schema<'_>>, expected: &str, node: &Node) -> Option<String> {
    match &node.data {
        Data::Map(entries) => {
            let item = schema?.items().filter(|item| item.declares("name") && item.declares("value"))?;
            let plain = entries.values().all(|entry| entry.value.as_map().is_none() && entry.value.as_list().is_none());
            let name = entries.keys().next().filter(|_| plain && !item.is_secret())?;
            Some(format!("a list has an item for each: `- {{name: {name}, value: ...}}`"))
        }
        Data::String(text) if expected.contains("number") => Some(match text.trim().parse::<f64>() {
            Ok(_) => "write it without quotes".to_owned(),
            Err(_) => "write it in digits, such as `2`".to_owned(),
        }),
        Data::String(text)
            if (expected.contains("boolean") || expected.contains("`true`"))
                && ["true", "false"].contains(&text.to_lowercase().as_str()) =>
        {
            Some("write it without quotes".to_owned())
        }
        _ => None,
    }
}

/// The keys whose value is a text of YAML.
const TEXTS: [&str; 4] = ["extraEnv", "extraEnvFrom", "podTemplate", "envFrom"];

/// How to write a text of YAML, where its lines stand as a list or a map.
pub fn of_text(path: &str, node: &Node) -> Option<String> {
    let key = path.rsplit('.').next().filter(|key| TEXTS.contains(key))?;
    let is_tree = matches!(node.data, Data::List(_) | Data::Map(_));
    let or = if path == "extraEnv" { "; or set `env`, which takes a list" } else { "" };
    is_tree.then(|| format!("make a text of it: `{key}: |`, with its lines below{or}"))
}

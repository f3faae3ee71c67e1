//! The keys that Go templates in values refer to.

use crate::schema::Path;
use crate::yaml::{Data, Node};

/// The keys after `.Values.` in all templates of a tree, as paths.
pub fn mentions(tree: &Node) -> Vec<Path> {
    let mut found = Vec::new();
    collect(tree, &mut found);
    found
}

fn collect(node: &Node, found: &mut Vec<Path>) {
    match &node.data {
        Data::Map(entries) => {
            for (key, entry) in entries {
                of_text(key, found);
                collect(&entry.value, found);
            }
        }
        Data::List(items) => items.iter().for_each(|item| collect(item, found)),
        Data::String(text) => of_text(text, found),
        _ => {}
    }
}

fn of_text(text: &str, found: &mut Vec<Path>) {
    if !text.contains("{{") {
        return;
    }
    for rest in text.split(".Values.").skip(1) {
        let end = rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))).unwrap_or(rest.len());
        found.push(Path::of_keys(rest[..end].trim_end_matches('.')));
    }
}

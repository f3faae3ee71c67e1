//! A comparison as unified diffs of texts. Values of Secrets are not shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use similar::{DiffTag, TextDiff};

use super::hidden::is_value_of_secret;
use super::{Filter, Objects, Pairs, Side};
use crate::error::{Diagnostic, code};
use crate::intake;
use crate::kubernetes::Manifest;
use crate::source::{Place, Source};
use crate::yaml::{self, Data, Node};

/// How many lines around a change are shown.
const CONTEXT: usize = 3;

/// How a text differs from another.
#[derive(Debug)]
pub struct Difference {
    /// It as a unified diff: from what is there to what would be there.
    pub text: String,
    /// The path of the file, or the name of the object.
    pub name: String,
    /// What is there as it may be shown, if it is, and the number of the first line that differs.
    there: Option<(String, usize)>,
    /// Whether it is on the second side.
    is_rendered: bool,
}

/// The differences of the files of two sides, or of their objects, written alike, where a side has no files or fields are filtered.
#[must_use]
pub fn unified(before: &Side, after: &Side, filter: &Filter) -> Vec<Difference> {
    match (&before.files, &after.files) {
        (Some(before), Some(after)) if !filter.is_of_fields() && !filter.ignores_notation => differences(before, after),
        _ => {
            let release = super::release(before, after);
            let copies = |side: &Side| side.manifests.iter().map(copy).collect();
            let Pairs { was, is, .. } = Pairs::of(copies(before), copies(after), &release, filter);
            let written = |objects: &Objects| {
                let text = |manifest: &Manifest| yaml::write(&manifest.object);
                objects.iter().map(|(identity, manifest)| (identity.to_string(), text(manifest))).collect::<BTreeMap<_, _>>()
            };
            differences(&written(&was), &written(&is))
        }
    }
}

fn copy(manifest: &Manifest) -> Manifest {
    let Manifest { path, object, secrecy, given, patches } = manifest;
    Manifest { path: path.clone(), object: object.clone(), secrecy: *secrecy, given: *given, patches: patches.clone() }
}

fn differences(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<Difference> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut all = Vec::new();
    for file in names {
        let (old, new) = (before.get(file), after.get(file));
        if old == new {
            continue;
        }
        let name = |there: bool| if there { file } else { "/dev/null" };
        let (before, after) = (old.map_or("", String::as_str), new.map_or("", String::as_str));
        let secrets = secrets(before);
        let (shown_before, shown_after) = (shown(before, &BTreeMap::new()), shown(after, &secrets));
        let diff = TextDiff::from_lines(&shown_before, &shown_after);
        let text = diff.unified_diff().context_radius(CONTEXT).header(name(old.is_some()), name(new.is_some())).to_string();
        let first = diff.ops().iter().find(|op| op.tag() != DiffTag::Equal).map_or(0, |op| op.old_range().start);
        all.push(Difference { text, name: file.clone(), is_rendered: new.is_some(), there: old.map(|_| (shown_before, first)) });
    }
    all
}

impl Difference {
    /// It as a message about a file in a directory, at the first line that differs.
    #[must_use]
    pub fn told(&self, directory: &Path) -> Diagnostic {
        let there = self.there.as_ref().map(|(text, first)| (text.as_str(), *first));
        told(&directory.join(&self.name), there, self.is_rendered)
    }
}

/// A difference as a message; of a file that is there, with its text and the number of the first line that differs.
fn told(path: &Path, there: Option<(&str, usize)>, is_rendered: bool) -> Diagnostic {
    let path = path.display().to_string();
    let what = match there {
        None => "is not there",
        Some(_) if is_rendered => "is not what the values give",
        Some(_) => "is not rendered any more",
    };
    let place = there.map(|(text, line)| {
        let start = text.split_inclusive('\n').take(line).map(str::len).sum::<usize>().min(text.len());
        let end = text[start..].find('\n').map_or(text.len(), |length| start + length);
        Place { source: Arc::new(Source::new(path.clone(), text, Vec::new())), span: start..end }
    });
    let told = Diagnostic::new(format!("`{path}` {what}")).coded(code::NOT_CURRENT).at(place, "");
    told.help("`gen ... -o` with the same values and this directory makes it so")
}

/// The values of Secrets, by the Secret's namespace and name, and the key; what else is one, by its path alone.
type Values = BTreeMap<[String; 3], String>;

fn secrets(text: &str) -> Values {
    let mut values = Values::new();
    each_value(text, &mut |at, value| {
        values.insert(at.map(str::to_owned), value.as_str().unwrap_or_default().to_owned());
    });
    values
}

/// The text as it may be shown; what differs from `before` is marked as changed.
fn shown(text: &str, before: &Values) -> String {
    let mut changed = Vec::new();
    let mut hidden = Vec::new();
    let read = each_value(text, &mut |at, value| {
        hidden.push(value.span());
        let old = before.get(&at.map(str::to_owned));
        if old.is_some_and(|old| Some(old.as_str()) != value.as_str()) {
            changed.push(value.span().start);
        }
    });
    if !read {
        return "# not YAML, and not shown\n".to_owned();
    }
    let source = Source::new("", text, hidden);
    let mut shown = source.text().to_owned();
    for start in changed.into_iter().rev() {
        shown.insert_str(source.shown(&(start..start + 1)).end, " (changed)");
    }
    shown
}

/// Calls a function for every value of every Secret in a text, and for what looks like a secret elsewhere; `false` if the text cannot be read.
fn each_value(text: &str, act: &mut dyn FnMut([&str; 3], &Node)) -> bool {
    let Ok(documents) = yaml::read(text, 0) else { return false };
    for document in &documents {
        each_in(document, &mut Vec::new(), act);
    }
    true
}

fn each_in(node: &Node, path: &mut Vec<String>, act: &mut dyn FnMut([&str; 3], &Node)) {
    match &node.data {
        Data::Map(_) if node.text(&["kind"]) == Some("Secret") => {
            let metadata = |key: &str| node.text(&["metadata", key]).unwrap_or_default();
            for (key, entry) in ["data", "stringData"].iter().filter_map(|data| node.get(data)?.as_map()).flatten() {
                act([metadata("namespace"), metadata("name"), key], &entry.value);
            }
        }
        Data::Map(entries) => {
            // An object, or an item of a list, is the same whatever stands before it.
            let name = node.text(&["metadata", "name"]).or_else(|| node.text(&["name"])).unwrap_or_default();
            path.push(format!("{}/{name}", node.text(&["kind"]).unwrap_or_default()));
            for (key, entry) in entries {
                path.push(key.clone());
                if is_value_of_secret(node, key) {
                    act(["", "", &path.join(".")], &entry.value);
                } else {
                    each_in(&entry.value, path, act);
                }
                path.pop();
            }
            path.pop();
        }
        Data::List(items) => items.iter().for_each(|item| each_in(item, path, act)),
        Data::String(text) if intake::has_secret(text) => act(["", "", &path.join(".")], node),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_secrets_it_is_shown_what_changed_and_not_how() {
        let secret = |value: &str| format!("kind: Secret\nmetadata: {{name: a}}\ndata:\n  key: {value}\n  same: c2FtZQ==\n");
        let (old, new) = (secret("b25l"), secret("dHdv"));
        assert_eq!(shown(&old, &BTreeMap::new()), "kind: Secret\nmetadata: {name: a}\ndata:\n  key: ***\n  same: ***\n");
        assert_eq!(shown(&new, &secrets(&old)), "kind: Secret\nmetadata: {name: a}\ndata:\n  key: *** (changed)\n  same: ***\n");
        let list = r#"{"kind": "List", "items": [{"kind": "Secret", "metadata": {"name": "a"}, "stringData": {"key": "b"}}]}"#;
        assert!(!shown(list, &BTreeMap::new()).contains("\"b\""));
        assert_eq!(shown("key: [unfinished hunter2", &BTreeMap::new()), "# not YAML, and not shown\n");
    }
}

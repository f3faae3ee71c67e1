//! A comparison as unified diffs of texts. Values of Secrets are not shown.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use similar::{DiffTag, TextDiff};

use super::hidden::Hidden;
use super::{Filter, Objects, Pairs, Side};
use crate::error::{Diagnostic, code};
use crate::intake;
use crate::kubernetes::Manifest;
use crate::schema::{is_secret_argument, is_secret_entry};
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
    let hidden = Hidden::of(before.manifests.iter().chain(&after.manifests).map(|manifest| &manifest.object));
    match (&before.files, &after.files) {
        (Some(before), Some(after)) if !filter.is_of_fields() && !filter.ignores_notation => differences(before, after, &hidden),
        _ => {
            let release = super::release(before, after);
            let copies = |side: &Side| side.manifests.iter().map(copy).collect();
            let Pairs { was, is, .. } = Pairs::of(copies(before), copies(after), &release, filter);
            let written = |objects: &Objects| {
                let text = |manifest: &Manifest| yaml::write(&manifest.object);
                objects.iter().map(|(identity, manifest)| (identity.to_string(), text(manifest))).collect::<BTreeMap<_, _>>()
            };
            differences(&written(&was), &written(&is), &hidden)
        }
    }
}

fn copy(manifest: &Manifest) -> Manifest {
    let Manifest { path, object, secrecy, given, patches } = manifest;
    Manifest { path: path.clone(), object: object.clone(), secrecy: *secrecy, given: *given, patches: patches.clone() }
}

fn differences(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>, hidden: &Hidden) -> Vec<Difference> {
    let names: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let mut all = Vec::new();
    for file in names {
        let (old, new) = (before.get(file), after.get(file));
        if old == new {
            continue;
        }
        let name = |there: bool| if there { file } else { "/dev/null" };
        let (before, after) = (old.map_or("", String::as_str), new.map_or("", String::as_str));
        let (found_before, found_after) = (Secrets::of(before, hidden), Secrets::of(after, hidden));
        let values = found_before.as_ref().map(Secrets::values).unwrap_or_default();
        let (shown_before, shown_after) = (shown(before, found_before, &Values::new()), shown(after, found_after, &values));
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

/// The text as it may be shown; what differs from `before` is marked as changed.
fn shown(text: &str, secrets: Option<Secrets>, before: &Values) -> String {
    let Some(Secrets(found)) = secrets else { return "# not YAML, and not shown\n".to_owned() };
    let is_changed = |at, value| before.get(at).is_some_and(|old| old != value);
    let changed: Vec<usize> = found.iter().filter(|(at, _, value)| is_changed(at, value)).map(|(_, span, _)| span.start).collect();
    let source = Source::new("", text, found.into_iter().map(|(_, span, _)| span).collect());
    let mut shown = source.text().to_owned();
    for start in changed.into_iter().rev() {
        shown.insert_str(source.shown(&(start..start + 1)).end, " (changed)");
    }
    shown
}

/// The value of every Secret in a text, and what looks like a secret elsewhere: where it is, its bytes, and it.
struct Secrets(Vec<([String; 3], Range<usize>, String)>);

impl Secrets {
    /// None, if the text cannot be read.
    fn of(text: &str, hidden: &Hidden) -> Option<Self> {
        let mut found = Self(Vec::new());
        for document in &yaml::read(text, 0).ok()? {
            found.collect(document, &mut Vec::new(), hidden);
        }
        for (number, (name, span)) in intake::of_options(text).into_iter().enumerate() {
            if found.0.iter().all(|(_, other, _)| other.end <= span.start || span.end <= other.start) {
                let value = text[span.clone()].to_owned();
                found.0.push((["=".to_owned(), name.to_owned(), number.to_string()], span, value));
            }
        }
        found.0.sort_by_key(|(_, span, _)| span.start);
        Some(found)
    }

    /// The values, by where they are.
    fn values(&self) -> Values {
        self.0.iter().map(|(at, _, value)| (at.clone(), value.clone())).collect()
    }

    fn add(&mut self, at: [&str; 3], value: &Node) {
        self.0.push((at.map(str::to_owned), value.span(), value.scalar()));
    }

    fn collect(&mut self, node: &Node, path: &mut Vec<String>, hidden: &Hidden) {
        match &node.data {
            Data::Map(_) if node.text(&["kind"]) == Some("Secret") => {
                let metadata = |key: &str| node.text(&["metadata", key]).unwrap_or_default();
                for (key, entry) in ["data", "stringData"].iter().filter_map(|data| node.get(data)?.as_map()).flatten() {
                    self.add([metadata("namespace"), metadata("name"), key], &entry.value);
                }
            }
            Data::Map(entries) => {
                // An object, or an item of a list, is the same whatever stands before it.
                let name = node.text(&["metadata", "name"]).or_else(|| node.text(&["name"])).unwrap_or_default();
                path.push(format!("{}/{name}", node.text(&["kind"]).unwrap_or_default()));
                for (key, entry) in entries {
                    path.push(key.clone());
                    if is_secret_entry(node, key) {
                        self.add(["", "", &path.join(".")], &entry.value);
                    } else {
                        self.collect(&entry.value, path, hidden);
                    }
                    path.pop();
                }
                path.pop();
            }
            Data::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    if is_secret_argument(items, index) {
                        self.add(["", "", &path.join(".")], item);
                    } else {
                        self.collect(item, path, hidden);
                    }
                }
            }
            Data::String(text) if hidden.is_in(&intake::without_options(text)) => self.add(["", "", &path.join(".")], node),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_secrets_it_is_shown_what_changed_and_not_how() {
        let secret = |value: &str| format!("kind: Secret\nmetadata: {{name: a}}\ndata:\n  key: {value}\n  same: c2FtZQ==\n");
        let (old, new) = (secret("b25l"), secret("dHdv"));
        let found = |text: &str| Secrets::of(text, &Hidden::default());
        let shown = |text: &str, before: &Values| shown(text, found(text), before);
        assert_eq!(shown(&old, &Values::new()), "kind: Secret\nmetadata: {name: a}\ndata:\n  key: ***\n  same: ***\n");
        assert_eq!(
            shown(&new, &found(&old).unwrap().values()),
            "kind: Secret\nmetadata: {name: a}\ndata:\n  key: *** (changed)\n  same: ***\n"
        );
        let list = r#"{"kind": "List", "items": [{"kind": "Secret", "metadata": {"name": "a"}, "stringData": {"key": "b"}}]}"#;
        assert!(!shown(list, &Values::new()).contains("\"b\""));
        assert_eq!(shown("key: [unfinished hunter2", &Values::new()), "# not YAML, and not shown\n");
    }
}

//! How a directory differs from what `gen` would write there. Values of Secrets are not shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use similar::{DiffTag, TextDiff};

use super::File;
use super::directory::Directory;
use super::ledger::Ledger;
use crate::error::{Diagnostic, Error, code};
use crate::source::{Place, Source};
use crate::yaml::{self, Data, Node};

/// How many lines around a change are shown.
const CONTEXT: usize = 3;

/// How a file of a directory differs from what `gen` would write there.
#[derive(Debug)]
pub struct Difference {
    /// It as a unified diff: from what is there to what would be there.
    pub text: String,
    /// The same as a message, at the first line that differs.
    pub told: Diagnostic,
}

/// The differences, file by file; none if there are none.
///
/// # Errors
///
/// What the file system says, or a ledger that cannot be read as one.
pub fn differences(path: &Path, files: &[File]) -> Result<Vec<Difference>, Error> {
    let directory = Directory::open(path)?;
    let ledger = Ledger::of(&directory)?;
    let rendered: BTreeMap<&str, &str> = files.iter().map(|file| (file.path.as_str(), file.text.as_str())).collect();
    let paths: BTreeSet<&str> = rendered.keys().copied().chain(ledger.paths()).collect();
    let mut all = Vec::new();
    for file in paths {
        let old = directory.existing(file)?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let new = rendered.get(file).copied();
        if old.as_deref() == new {
            continue;
        }
        let name = |there: bool| if there { file } else { "/dev/null" };
        let (before, after) = (old.as_deref().unwrap_or_default(), new.unwrap_or_default());
        let secrets = secrets(before);
        let (shown_before, shown_after) = (shown(before, &BTreeMap::new()), shown(after, &secrets));
        let diff = TextDiff::from_lines(&shown_before, &shown_after);
        let text = diff.unified_diff().context_radius(CONTEXT).header(name(old.is_some()), name(new.is_some())).to_string();
        let first = diff.ops().iter().find(|op| op.tag() != DiffTag::Equal).map_or(0, |op| op.old_range().start);
        all.push(Difference { text, told: told(&path.join(file), old.map(|_| (shown_before.as_str(), first)), new.is_some()) });
    }
    Ok(all)
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

/// The values of Secrets, by the Secret's namespace and name, and the key.
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

/// Calls a function for every value of every Secret in a text; `false` if the text cannot be read.
fn each_value(text: &str, act: &mut dyn FnMut([&str; 3], &Node)) -> bool {
    let Ok(documents) = yaml::read(text, 0) else { return false };
    for document in &documents {
        each_in(document, act);
    }
    true
}

fn each_in(node: &Node, act: &mut dyn FnMut([&str; 3], &Node)) {
    match &node.data {
        Data::Map(_) if node.text(&["kind"]) == Some("Secret") => {
            let metadata = |key: &str| node.text(&["metadata", key]).unwrap_or_default();
            for (key, entry) in ["data", "stringData"].iter().filter_map(|data| node.get(data)?.as_map()).flatten() {
                act([metadata("namespace"), metadata("name"), key], &entry.value);
            }
        }
        Data::Map(entries) => entries.values().for_each(|entry| each_in(&entry.value, act)),
        Data::List(items) => items.iter().for_each(|item| each_in(item, act)),
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

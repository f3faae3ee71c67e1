//! Values that stand within a file: those of an umbrella chart, of a HelmRelease, of an Application.

use std::ops::Range;

use crate::error::{Diagnostic, code};
use crate::schema::{Path, Step};
use crate::yaml::{self, Data, Node, Origin, SyntaxError, Twice};

use super::schema;
use super::wording::Wording;

/// Values that stand within a file.
pub struct Within {
    /// The values.
    pub node: Node,
    /// Their text, where it is none of the file's: a string in quotes, say.
    pub text: Option<String>,
    /// The keys that stand twice in them.
    pub twice: Vec<Twice>,
}

/// The values at a path of a file, one of whose documents has it; `number` is that of its text.
///
/// A block of text is read where it stands, so that the places in it are places of the file.
pub fn find(
    (name, text, twice): (&str, &str, &[Twice]),
    documents: &[Node],
    path: &str,
    number: usize,
    wording: Wording,
) -> Result<Within, Box<Diagnostic>> {
    let keys = Path::of_keys(path);
    let found: Vec<&Node> = documents.iter().filter_map(|document| keys.get(document)).collect();
    let node = match found.as_slice() {
        [node] => *node,
        [] => return Err(Box::new(missing(name, documents, &keys, wording))),
        several => {
            let title = format!("`{name}` has `{path}` in {} of its documents", several.len());
            return Err(Box::new(
                Diagnostic::new(title).coded(code::VALUES_WITHIN).help("give each as a file of its own: `-f one.yaml -f two.yaml`"),
            ));
        }
    };
    // Those in the values, and those that lead to them; of a text none is known to stand in it yet.
    let on_the_way = on_the_way(documents, &keys);
    let is_of_it = |one: &&Twice| node.span().contains(&one.last.start) || on_the_way.contains(&one.last);
    let above: Vec<Twice> = twice.iter().filter(is_of_it).cloned().collect();
    let Data::String(string) = &node.data else { return Ok(Within { node: node.clone(), text: None, twice: above }) };
    let (alone, text) = match block(text, &node.span()) {
        Some(alone) => (alone, None),
        None => (string.clone(), Some(string.clone())),
    };
    let wrong = |title: String| Box::new(Diagnostic::new(title).coded(code::VALUES_WITHIN).help("the text there has to be a values file"));
    let (mut read, twice) = yaml::read_keeping_last(&alone, number)
        .map_err(|SyntaxError { title, label, .. }| wrong(format!("`{path}` of `{name}`: {title}: {label}")))?;
    match read.pop().filter(|_| read.is_empty()) {
        Some(node) if text.is_none() => Ok(Within { node, text, twice: [above, twice].concat() }),
        Some(node) => Ok(Within { node, text, twice }),
        None => Err(wrong(format!("`{path}` of `{name}` is not one document"))),
    }
}

/// Where the keys stand that lead to the values.
fn on_the_way(documents: &[Node], keys: &Path) -> Vec<Range<usize>> {
    let steps = || (1..=keys.0.len()).map(|length| Path(keys.0[..length].to_vec()));
    let key = |document: &Node, path: &Path| path.get(document).and_then(|_| path.find(document).1?.key).map(Origin::span);
    documents.iter().flat_map(|document| steps().filter_map(|path| key(document, &path))).collect()
}

/// What a file lacks.
fn missing(name: &str, documents: &[Node], keys: &Path, wording: Wording) -> Diagnostic {
    let error = Diagnostic::new(format!("`{name}` has no `{keys}`")).coded(code::VALUES_WITHIN);
    let depth = |document: &&Node| (0..keys.0.len()).take_while(|count| Path(keys.0[..=*count].to_vec()).get(document).is_some()).count();
    let Some(document) = documents.iter().max_by_key(depth) else { return error };
    let known = Path(keys.0[..depth(&document)].to_vec());
    let below = known.get(document).and_then(Node::as_map).map(|map| map.keys().map(|key| format!("`{key}`")).collect::<Vec<_>>());
    let error = match below.filter(|keys| !keys.is_empty() && keys.len() <= 16) {
        Some(keys) if known.0.is_empty() => error.note(format!("its keys are {}", keys.join(", "))),
        Some(keys) => error.note(format!("the keys of `{known}` are {}", keys.join(", "))),
        None => error,
    };
    let (option, files) = (wording.name("--values-from"), wording.files());
    let is_plain = documents.len() == 1 && document.as_map().is_some_and(|map| map.keys().all(|key| schema().declares(key)));
    if is_plain {
        return error.help(format!("put its keys below `{keys}:`, where `{option}` has those of {files} stand"));
    }
    error.help(format!("`{option}` is where the values stand in {files}, such as `airflow` or `spec.values`"))
}

/// Whether a key of the values at a path says that an umbrella chart has Airflow's at all (`condition: airflow.enabled`), which it
/// has here.
pub fn is_condition(at: &Path, key: &str, value: &Node) -> bool {
    at.0.len() == 1 && key == "enabled" && matches!(value.data, Data::Bool(true))
}

/// Takes that key out of the values.
pub fn drop_condition(at: &Path, values: &mut Node) {
    if let Data::Map(entries) = &mut values.data {
        entries.retain(|key, entry| !is_condition(at, key, &entry.value));
    }
}

/// A text without all but a block (`|`) in it, which stands where it stood.
fn block(text: &str, span: &Range<usize>) -> Option<String> {
    // What stands before its text is the line that says how it is written.
    let before = text[..span.start].trim_end();
    let header = before.rsplit('\n').next().unwrap_or_default();
    let header = header.split_once(" #").map_or(header, |(header, _)| header).trim_end();
    if !header.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '+' | '-')).ends_with('|') {
        return None;
    }
    let start = before.len() + text[before.len()..].find('\n')? + 1;
    let blank = text[..start].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' });
    Some(blank.chain(text[start..span.end].chars()).collect())
}

/// What stands beside values on the lines of their ends, within braces: what is not shown of a file of which only the values
/// are known.
pub fn beside(text: &str, span: &Range<usize>) -> Vec<Range<usize>> {
    let first = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    let last = text[span.end..].find('\n').map_or(text.len(), |at| span.end + at);
    let in_braces = text[first..span.start].contains(['{', '[']);
    if in_braces { vec![first..span.start, span.end..last] } else { Vec::new() }
}

/// The paths of the values within an object that deploys a chart, the usual ones.
pub fn usual(document: &Node) -> Option<String> {
    const OF_SOURCE: [&str; 2] = ["helm.valuesObject", "helm.values"];
    let mut paths: Vec<String> = ["spec.values", "spec.valuesContent"].map(str::to_owned).into();
    for spec in ["spec", "spec.template.spec"] {
        paths.extend(OF_SOURCE.map(|values| format!("{spec}.source.{values}")));
        let sources = Path::of_keys(&format!("{spec}.sources")).get(document).and_then(Node::as_list).map_or(0, <[Node]>::len);
        paths.extend((0..sources).flat_map(|index| OF_SOURCE.map(|values| format!("{spec}.sources[{index}].{values}"))));
    }
    paths.into_iter().find(|path| Path::of_keys(path).get(document).is_some_and(|node| !node.says_nothing()))
}

/// The path as the steps of its keys, less the last `count`.
pub fn above(path: &str, count: usize) -> Path {
    let steps: Vec<Step> = Path::of_keys(path).0;
    Path(steps[..steps.len().saturating_sub(count)].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_read_where_it_stands() {
        let text = "spec:\n  values: |\n    executor: é\n    executor: y\n    uid: x\n  more: 1\n";
        let documents = yaml::read(text, 0).unwrap();
        let Within { node, text: own, twice } = find(("a.yaml", text, &[]), &documents, "spec.values", 0, Wording::Options).unwrap();
        assert!(own.is_none());
        assert_eq!(&text[twice[0].value.span()], "é");
        let uid = node.get("uid").unwrap().span();
        assert_eq!(&text[uid], "x");
        let text = "values: 'executor: a'";
        let within = find(("a.yaml", text, &[]), &yaml::read(text, 0).unwrap(), "values", 0, Wording::Options).unwrap();
        assert_eq!(within.text.as_deref(), Some("executor: a"));
    }

    #[test]
    fn what_is_beside_values_on_their_line_is_hidden() {
        let text = "spec: {password: a, values: {b: 1}, c: d}\n";
        let span = yaml::read(text, 0).unwrap()[0].at(&["spec", "values"]).unwrap().span();
        let hidden: Vec<&str> = beside(text, &span).into_iter().map(|range| &text[range]).collect();
        assert_eq!(hidden, ["spec: {password: a, values: ", ", c: d}"]);
        assert!(beside("values: {b: 1}", &(8..14)).is_empty());
    }
}

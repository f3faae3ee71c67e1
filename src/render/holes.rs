//! Holes: the places of values in the text of a template.
//!
//! While a template is rendered, each of its values is put aside, and a token takes its place in the text. The text is
//! parsed once, and each token is replaced by its value. Values are never part of the text, so no value can break out
//! of its place. Values are not searched for tokens, so none is taken for one.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use minijinja::value::{DynObject, ValueKind};
use minijinja::{Error, ErrorKind, Output, State, Value};

use super::fragment::Tree;
use crate::source::line_and_column;
use crate::yaml::{self, Data, Entry, Map, Node};

/// The first character of a token: no template has it (`tests/house.rs`).
const TOKEN: char = '\u{e000}';
/// The key that stands for a map's entries: they take the place of the key.
const SPREAD: &str = "<<";

/// The values of a template's holes, by the numbers of their tokens.
#[derive(Default)]
pub struct Holes(Vec<Value>);

/// Puts a value aside and writes its token.
pub fn dig(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    let Holes(values) = state.get_or_insert_extension(Holes::default());
    write!(out, "\"{TOKEN}{}\"", values.len())?;
    values.push(value.clone());
    Ok(())
}

/// The texts that were parsed already: a fragment gives the same text wherever it is placed in the same way.
static PARSED: LazyLock<Mutex<HashMap<String, Arc<[Node]>>>> = LazyLock::new(Mutex::default);

/// The documents of a text, in which tokens stand for values.
fn parsed(text: &str) -> Result<Arc<[Node]>, Error> {
    // A thread that panicked while it held the lock left the map whole.
    let mut known = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(documents) = known.get(text) {
        return Ok(Arc::clone(documents));
    }
    let documents: Arc<[Node]> = yaml::read(text, 0)
        .map_err(|error| {
            let (line, column) = line_and_column(text, error.span.start);
            fault(format!("line {line}, column {column} of its text: {}: {}", error.title, error.label))
        })?
        .into();
    known.insert(text.to_owned(), Arc::clone(&documents));
    Ok(documents)
}

/// The documents of a text, with the values in their places.
pub fn fill(text: &str, Holes(mut values): Holes) -> Result<Vec<Node>, Error> {
    let documents = parsed(text)?.iter().map(|document| filled(document, &mut values)).collect::<Result<_, _>>()?;
    // A hole in a comment or inside a text has no place in the tree.
    if values.iter().all(Value::is_undefined) { Ok(documents) } else { Err(fault("a hole is a whole value")) }
}

fn filled(Node { data, origin }: &Node, values: &mut [Value]) -> Result<Node, Error> {
    let data = match data {
        Data::String(text) => match take(text, values) {
            Some(value) => return node(value),
            None => Data::String(text.clone()),
        },
        Data::List(items) => Data::List(list(items, values)?),
        Data::Map(entries) => Data::Map(map(entries, values)?),
        data => data.clone(),
    };
    Ok(Node { data, origin: *origin })
}

/// A list: an item that is a hole vanishes if its value is nothing; a value that is a list is spliced in.
fn list(items: &[Node], values: &mut [Value]) -> Result<Vec<Node>, Error> {
    let mut list = Vec::with_capacity(items.len());
    for item in items {
        let is_hole = is_token(item);
        match filled(item, values)? {
            Node { data: Data::Null, .. } if is_hole => {}
            Node { data: Data::List(items), .. } if is_hole => list.extend(items),
            item => list.push(item),
        }
    }
    Ok(list)
}

/// A map: the entries of a map whose key is `"<<"` take the place of that key.
fn map(entries: &Map, values: &mut [Value]) -> Result<Map, Error> {
    let mut map = Map::default();
    map.reserve(entries.len());
    for (key, Entry { key: origin, value }) in entries {
        let filled = filled(value, values)?;
        if key != SPREAD || !is_token(value) {
            insert(&mut map, key.clone(), Entry { key: *origin, value: filled })?;
            continue;
        }
        let Data::Map(more) = filled.data else {
            return Err(fault(format!("`{SPREAD}` needs a map, and not {}", filled.kind())));
        };
        for (key, entry) in more {
            insert(&mut map, key, entry)?;
        }
    }
    Ok(map)
}

fn insert(map: &mut Map, key: String, entry: Entry) -> Result<(), Error> {
    match map.entry(key) {
        indexmap::map::Entry::Occupied(known) => Err(fault(format!("`{}` stands twice in its map", known.key()))),
        indexmap::map::Entry::Vacant(place) => {
            place.insert(entry);
            Ok(())
        }
    }
}

fn is_token(node: &Node) -> bool {
    node.as_str().is_some_and(|text| text.starts_with(TOKEN))
}

/// Takes the value of a token.
fn take(token: &str, values: &mut [Value]) -> Option<Value> {
    let number: usize = token.strip_prefix(TOKEN)?.parse().ok()?;
    values.get_mut(number).map(std::mem::take)
}

/// A value as a tree: strings as they are, numbers as JSON spells them.
pub fn node(value: Value) -> Result<Node, Error> {
    let data = match value.kind() {
        ValueKind::None => Data::Null,
        ValueKind::Bool => Data::Bool(value.is_true()),
        ValueKind::Number => number(&value)?,
        ValueKind::String => Data::String(value.as_str().unwrap_or_default().to_owned()),
        ValueKind::Seq | ValueKind::Iterable => Data::List(value.try_iter()?.map(node).collect::<Result<_, _>>()?),
        ValueKind::Map => {
            let pairs = value.as_object().and_then(DynObject::try_iter_pairs).into_iter().flatten();
            Data::Map(pairs.map(|(key, value)| entry(&key, value)).collect::<Result<_, _>>()?)
        }
        _ => match value.downcast_object::<Tree>() {
            Some(tree) => {
                drop(value);
                return Ok(Tree::into_node(tree));
            }
            None => return Err(fault(format!("{} has no place in YAML", value.kind()))),
        },
    };
    Ok(Node::new(data))
}

fn entry(key: &Value, value: Value) -> Result<(String, Entry), Error> {
    let key = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
    Ok((key, Entry { key: None, value: node(value)? }))
}

fn number(value: &Value) -> Result<Data, Error> {
    let text = serde_json::to_string(value).map_err(|error| fault("a number that JSON cannot hold").with_source(error))?;
    yaml::resolve(&text).ok_or_else(|| fault("a number that JSON cannot hold"))
}

/// What is wrong with a template.
pub fn fault(what: impl Into<std::borrow::Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, what)
}

#[cfg(test)]
mod tests {
    use minijinja::context;
    use serde_json::json;

    use super::super::fragment::{Scope, documents};
    use super::super::templates;
    use super::*;

    /// What a template gives with these facts, as JSON.
    fn filled(template: &'static str, facts: &Value) -> Result<serde_json::Value, Error> {
        let environment = templates::environment(move |_| Some(template.to_owned()));
        let documents = documents(&environment, "test/template.yaml", Scope::of_template(facts, Value::from(())))?;
        assert_eq!(documents.len(), 1);
        Ok(json!(documents[0]))
    }

    #[test]
    fn a_hole_takes_any_value_whole() {
        let token = format!("{TOKEN}0");
        let quoted = format!("\"{token}\"");
        for text in ["a: b # c", "{{ x }}", "\u{7f}\u{85}\u{2028}\u{feff}\u{fffe}\0\t\n'\"\\", "]}, *a &b !c", "<<", "", &token, &quoted] {
            let given = json!({"text": text, "list": [text, [text]], text: {text: text}});
            let facts = context! { text, given => minijinja::value::Serde(&given) };
            let expected = json!({"a": text, "b": [{"c": text}, "d"], "e": given});
            assert_eq!(filled("a: {{ text }}\nb: [{c: {{ text }} }, d]\ne: {{ given }}\n", &facts).unwrap(), expected, "{text:?}");
        }
    }

    #[test]
    fn numbers_are_spelled_as_json_spells_them() {
        for number in [json!(0), json!(-1), json!(u64::MAX), json!(0.5), json!(1e30), json!(2.0)] {
            let node = node(Value::from(minijinja::value::Serde(&number))).unwrap();
            let Data::Number(_, spelled) = node.data else { panic!("{number} is no number") };
            assert_eq!(spelled, number.to_string());
        }
    }

    #[test]
    fn what_is_undefined_is_an_error() {
        assert!(filled("a: {{ missing }}", &context! {}).is_err());
        assert!(filled("a: {{ [missing] }}", &context! {}).is_err());
    }

    #[test]
    fn nothing_vanishes_from_a_list_and_a_list_is_spliced_in() {
        let facts = context! { nothing => (), some => [1, 2], none => Vec::<u8>::new(), nested => [[3], [4]] };
        let template = "[{{ nothing }}, {{ some }}, {{ none }}, {{ nested }}, null, [{{ nothing }}]]";
        assert_eq!(filled(template, &facts).unwrap(), json!([1, 2, [3], [4], null, []]));
    }

    #[test]
    fn a_map_is_spread_where_it_stands() {
        let facts = context! { map => context! { b => 2, c => 3 }, text => "b" };
        assert_eq!(filled("a: 1\n\"<<\": {{ map }}\nd: 4\n", &facts).unwrap().to_string(), r#"{"a":1,"b":2,"c":3,"d":4}"#);
        assert!(filled("b: 1\n\"<<\": {{ map }}\n", &facts).is_err());
        assert!(filled("\"<<\": {{ text }}\n", &facts).is_err());
    }

    #[test]
    fn a_hole_within_a_text_is_an_error() {
        assert!(filled("a: |\n  {{ text }}\n", &context! { text => "b" }).is_err());
        assert!(filled("a: 'it is {{ text }}'\n", &context! { text => "b" }).is_err());
        assert!(filled("a: 1 # {{ text }}\n", &context! { text => "b" }).is_err());
    }
}

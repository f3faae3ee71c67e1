//! The page of an edition, `objects.yaml`: what exists, and when.
//!
//! A row is a template and its condition: the path of a ready boolean, several, of which all must hold, or `true`. A
//! condition is looked up first in `c`, then in the facts. `c` is what the template is about: a component, or a list, of
//! which each item gives an object; an empty list gives none. A row that says more than its condition is a map of `c` and
//! `when`. A folder is a map of rows. Its own `c` and `when` hold for its rows, `when` in addition to theirs; neither
//! holds for a row that has a `c` of its own, since it is about something else.

use minijinja::value::ValueKind;
use minijinja::{Error, Value};

use super::holes::fault;
use super::templates;
use crate::yaml::{self, Data, Node};

/// The page's file, in the folder of its edition.
pub const FILE: &str = "objects.yaml";

/// The rows, in the order of their paths.
#[derive(Debug)]
pub struct Page(Vec<Row>);

/// What a row says, or a folder for its rows.
#[derive(Clone, Debug, Default)]
struct Row {
    path: String,
    about: Option<String>,
    when: Vec<String>,
}

/// An object that exists.
pub struct Object {
    /// The path of its template.
    pub path: String,
    /// The thing that it is about: the `c` of its template.
    pub about: Value,
}

impl Page {
    /// The page of an edition.
    pub fn of(edition: &str) -> Result<Self, Error> {
        let text = templates::text(&format!("{edition}/{FILE}")).ok_or_else(|| fault("there is no page"))?;
        Self::read(&text)
    }

    fn read(text: &str) -> Result<Self, Error> {
        let documents = yaml::read(text, 0).map_err(|error| fault(format!("{}: {}", error.title, error.label)))?;
        let mut rows = Vec::new();
        for document in &documents {
            read_folder(&Row::default(), document, &mut rows)?;
        }
        rows.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Ok(Self(rows))
    }

    /// The paths of the templates that the page knows.
    #[cfg(test)]
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|row| row.path.as_str())
    }

    /// The objects that exist, given these facts.
    pub fn objects(&self, facts: &Value) -> Result<Vec<Object>, Error> {
        let mut objects = Vec::new();
        for row in &self.0 {
            let about = row.about.as_deref().map(|path| at(facts, path)).transpose()?;
            let things = match about {
                None => vec![Value::from(())],
                Some(thing) if thing.kind() == ValueKind::Seq => thing.try_iter()?.filter(|item| !item.is_none()).collect(),
                Some(thing) => vec![thing].into_iter().filter(|thing| !thing.is_none()).collect(),
            };
            for thing in things {
                if row.holds(&thing, facts)? {
                    objects.push(Object { path: row.path.clone(), about: thing });
                }
            }
        }
        Ok(objects)
    }
}

impl Row {
    /// Whether all conditions hold.
    fn holds(&self, about: &Value, facts: &Value) -> Result<bool, Error> {
        for path in &self.when {
            let first = path.split('.').next().unwrap_or_default();
            let own = about.get_attr(first).is_ok_and(|value| !value.is_undefined());
            let condition = at(if own { about } else { facts }, path)?;
            match condition.kind() {
                ValueKind::Bool if condition.is_true() => {}
                // A key that the values leave out does not hold.
                ValueKind::Bool | ValueKind::None => return Ok(false),
                kind => return Err(fault(format!("the condition `{path}` of `{}` is no boolean, but {kind}", self.path))),
            }
        }
        Ok(true)
    }
}

/// The value at the end of a path of keys.
fn at(facts: &Value, path: &str) -> Result<Value, Error> {
    let value = path.split('.').try_fold(facts.clone(), |value, key| value.get_attr(key))?;
    if value.is_undefined() { Err(fault(format!("`{path}` is undefined"))) } else { Ok(value) }
}

/// Reads the rows of a folder: those of the edition have no folder.
fn read_folder(folder: &Row, node: &Node, rows: &mut Vec<Row>) -> Result<(), Error> {
    let entries = node.as_map().ok_or_else(|| fault(format!("the folder `{}` is no map", folder.path)))?;
    for (name, entry) in entries.iter().filter(|(name, _)| !["c", "when"].contains(&name.as_str())) {
        let mut row = said(&entry.value)?;
        row.path = if folder.path.is_empty() { name.clone() } else { format!("{}/{name}", folder.path) };
        if row.about.is_none() {
            row.about.clone_from(&folder.about);
            row.when.splice(0..0, folder.when.iter().cloned());
        }
        if entry.value.as_map().is_some_and(|map| map.keys().any(|key| !["c", "when"].contains(&key.as_str()))) {
            read_folder(&row, &entry.value, rows)?;
        } else {
            row.path.push_str(".yaml");
            rows.push(row);
        }
    }
    Ok(())
}

/// What a row or a folder says of itself.
fn said(node: &Node) -> Result<Row, Error> {
    if node.as_map().is_none() {
        return Ok(Row { when: conditions(node)?, ..Row::default() });
    }
    let about = node.text(&["c"]).map(str::to_owned);
    let when = node.get("when").map(conditions).transpose()?.unwrap_or_default();
    Ok(Row { about, when, ..Row::default() })
}

/// The paths of the booleans that a condition names.
fn conditions(node: &Node) -> Result<Vec<String>, Error> {
    match &node.data {
        Data::Bool(true) => Ok(Vec::new()),
        Data::String(path) => Ok(vec![path.clone()]),
        Data::List(items) => Ok(items.iter().map(conditions).collect::<Result<Vec<_>, _>>()?.concat()),
        _ => Err(fault(format!("a condition is a path, and not {}", node.kind()))),
    }
}

#[cfg(test)]
mod tests {
    use minijinja::context;

    use super::*;

    /// The objects of a page, as `path c`.
    fn objects(page: &str) -> Result<Vec<String>, Error> {
        let facts = context! {
            wanted => true, idle => false, unsaid => (), text => "x", one => context! { idle => true, name => 1 }, gone => (),
            many => [context! { wanted => false, name => 2 }, context! { wanted => true, name => 3 }],
        };
        let objects = Page::read(page)?.objects(&facts)?;
        let name = |about: &Value| about.get_attr("name").map(|name| name.to_string()).unwrap_or_default();
        Ok(objects.iter().map(|object| format!("{} {}", object.path, name(&object.about)).trim_end().to_owned()).collect())
    }

    #[test]
    fn conditions_are_looked_up_in_c_first() {
        assert_eq!(objects("{b: wanted, a: true, c: idle, d: unsaid}").unwrap(), ["a.yaml", "b.yaml"]);
        assert_eq!(objects("f: {c: one, a: idle, b: wanted, d: [wanted, idle]}").unwrap(), ["f/a.yaml 1", "f/b.yaml 1", "f/d.yaml 1"]);
        assert_eq!(objects("f: {c: one, when: wanted, a: {when: idle}}").unwrap(), ["f/a.yaml 1"]);
        assert_eq!(objects("f: {when: idle, a: true}").unwrap(), [""; 0]);
        assert_eq!(objects("f: {c: gone, when: missing, a: {c: one}, b: {c: one, when: idle}}").unwrap(), ["f/a.yaml 1", "f/b.yaml 1"]);
    }

    #[test]
    fn each_item_gives_an_object_and_nothing_gives_none() {
        assert_eq!(objects("f: {c: many, b: true, a: wanted}").unwrap(), ["f/a.yaml 3", "f/b.yaml 2", "f/b.yaml 3"]);
        assert_eq!(objects("{a: {c: gone}, b: {c: one}}").unwrap(), ["b.yaml 1"]);
        assert_eq!(objects("f: {c: gone, a: {c: one}, b: true}").unwrap(), ["f/a.yaml 1"]);
    }

    #[test]
    fn a_condition_is_a_boolean_that_exists() {
        for page in ["a: text", "a: missing", "a: one.missing", "a: {c: missing}", "a: 1", "a: null", "a"] {
            assert!(objects(page).is_err(), "{page}");
        }
    }
}

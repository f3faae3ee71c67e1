//! Keys that the chart renamed: they work, and a warning names the new ones.

use crate::error::{Diagnostic, Kind};
use crate::layers::{editions, schema};
use crate::schema::{Path, Schema, Step};
use crate::source::Sources;
use crate::values::Edition;
use crate::yaml::{Data, Node};

/// A warning for each key of an old name that the user gives another value than its default.
pub fn warnings(said: &Node, edition: Edition, sources: &Sources) -> Vec<Diagnostic> {
    let warning = |(path, instead): (Path, Vec<String>)| {
        let (_, entry) = path.find(said);
        let place = sources.place(entry.and_then(|entry| entry.key));
        let instead: Vec<String> = instead.iter().map(|key| format!("`{key}`")).collect();
        Diagnostic::of_key(Kind::Deprecated, &path.to_string())
            .at(place, "an old name")
            .help(format!("set {} in its place", instead.join(" or ")))
    };
    renamed(said, edition).into_iter().map(warning).collect()
}

/// The keys of an old name that the user gives another value than its default, each with those that take its place.
pub fn renamed(said: &Node, edition: Edition) -> Vec<(Path, Vec<String>)> {
    let mut found = Vec::new();
    if edition == Edition::Current {
        walk(said, Some(&editions::defaults(edition)), schema(), &mut Path::default(), &mut found);
    }
    found
}

/// The paths of the keys that take the place of an old one, which stands in the map at `parent`; none if it is not old.
pub fn instead(map: Schema<'_>, parent: &str, key: &str) -> Vec<String> {
    if parent == "workers" { of_workers(map, key) } else { paths(parent, map.instead(key)) }
}

type Found = Vec<(Path, Vec<String>)>;

fn walk(node: &Node, default: Option<&Node>, schema: Schema<'_>, path: &mut Path, found: &mut Found) {
    let Data::Map(entries) = &node.data else { return };
    for (key, entry) in entries {
        let default = default.and_then(|default| default.get(key));
        let says_nothing = match default {
            Some(default) => same(default, &entry.value),
            None => says_nothing(key, &entry.value),
        };
        let Some(below) = schema.property(key).filter(|_| schema.declares(key) && !says_nothing) else { continue };
        let parent = path.to_string();
        path.0.push(Step::Key(key.clone()));
        let instead = instead(schema, &parent, key);
        if instead.is_empty() {
            walk(&entry.value, default, below, path, found);
        } else {
            found.push((path.clone(), instead));
        }
        path.0.pop();
    }
}

/// The paths of the new keys: one that begins with a slash starts at the top, any other beside the old key.
fn paths(parent: &str, instead: &[&str]) -> Vec<String> {
    let path = |new: &str| match new.strip_prefix('/') {
        Some(top) => top.to_owned(),
        None if parent.is_empty() || new.starts_with(&format!("{parent}.")) => new.to_owned(),
        None => format!("{parent}.{new}"),
    };
    instead.iter().map(|new| path(new)).collect()
}

/// The keys of each kind of workers that replace a key of both kinds.
fn of_workers(workers: Schema<'_>, key: &str) -> Vec<String> {
    if ["celery", "kubernetes"].contains(&key) {
        return Vec::new();
    }
    // The security context has another name there.
    let key = if key == "securityContext" { "securityContexts.pod" } else { key };
    let first = key.split('.').next().unwrap_or(key);
    let has = |kind: &str| {
        let path = format!("workers.{kind}.{key}");
        let declared = workers.property(kind).is_some_and(|schema| schema.declares(first));
        (declared && editions::has_key(Edition::Current, &path)).then_some(path)
    };
    ["celery", "kubernetes"].into_iter().filter_map(has).collect()
}

/// Whether the given value says no more than the default.
fn same(default: &Node, given: &Node) -> bool {
    match (&default.data, &given.data) {
        (Data::Map(default), Data::Map(given)) => given.iter().all(|(key, entry)| match default.get(key) {
            Some(default) => same(&default.value, &entry.value),
            None => says_nothing(key, &entry.value),
        }),
        _ => serde_json::to_string(default).ok() == serde_json::to_string(given).ok(),
    }
}

/// Whether the value of a key without a default says nothing. There is a first user unless somebody says that there is none.
fn says_nothing(key: &str, value: &Node) -> bool {
    if key == "defaultUser" { value.is_null() } else { value.says_nothing() }
}

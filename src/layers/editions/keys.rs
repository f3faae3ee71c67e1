//! The keys that an edition has, where it does not have all.

use crate::layers::explain::fault::{Fault, Finding};
use crate::schema::{self, Path, Schema, Step};
use crate::values::Edition;
use crate::yaml::{Data, Node};

/// The keys of edition 1.10, one path a line; a path covers everything below it.
const V1_10: &str = include_str!("1.10.keys");

/// The keys that a shared shape brings to a place where the current edition has no use for them, one path a line.
const NOT_CURRENT: &str = include_str!("current.without");

/// Whether an edition has a key, given as its path: `scheduler.replicas`.
#[must_use]
pub fn has_key(edition: Edition, path: &str) -> bool {
    standing(edition, path) != Standing::Missing
}

/// How much of what a key holds an edition has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Missing,
    /// Some of the keys below it.
    InPart,
    Whole,
}

fn standing(edition: Edition, path: &str) -> Standing {
    let (paths, listed, other) = match edition {
        Edition::Current => (NOT_CURRENT, Standing::Missing, Standing::Whole),
        Edition::V1_10 => (V1_10, Standing::Whole, Standing::Missing),
    };
    let mut found = other;
    for line in paths.lines() {
        if within(path, line) {
            return listed;
        }
        if within(line, path) {
            found = Standing::InPart;
        }
    }
    found
}

/// Whether a path equals the other one, or lies below it.
fn within(path: &str, other: &str) -> bool {
    path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// The keys of a tree that are declared, and that the edition does not have.
pub fn foreign(edition: Edition, tree: &Node, schema: Schema<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    walk(edition, tree, schema, &mut Path::default(), &mut findings);
    findings
}

fn walk(edition: Edition, node: &Node, schema: Schema<'_>, path: &mut Path, findings: &mut Vec<Finding>) {
    let entries = match &node.data {
        Data::Map(entries) => entries,
        Data::List(items) => {
            let Some(below) = schema.items() else { return };
            for (index, item) in items.iter().enumerate() {
                path.0.push(Step::Index(index));
                walk(edition, item, below, path, findings);
                path.0.pop();
            }
            return;
        }
        _ => return,
    };
    for (key, entry) in entries {
        let Some(below) = schema.property(key).filter(|_| schema.declares(key)) else { continue };
        path.0.push(Step::Key(key.clone()));
        match standing(edition, &without_indexes(path)) {
            Standing::Whole => {}
            Standing::InPart => walk(edition, &entry.value, below, path, findings),
            Standing::Missing => {
                let fault = match edition {
                    Edition::Current => Fault::Form(schema::Fault::UnknownKey { nearest: None, known: Vec::new() }),
                    Edition::V1_10 => Fault::OtherEdition(edition),
                };
                findings.push(Finding { path: path.clone(), fault });
            }
        }
        path.0.pop();
    }
}

/// The path without the indexes of lists.
fn without_indexes(path: &Path) -> String {
    Path(path.0.iter().filter(|step| matches!(step, Step::Key(_))).cloned().collect()).to_string()
}

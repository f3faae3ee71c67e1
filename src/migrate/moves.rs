//! The edits by which values move from old names to new ones.

use super::edit::Edit;
use super::tree;
use crate::schema::{Path, Schema, Step};
use crate::values;
use crate::yaml::{Data, Entry, Map, Node};

/// Which values move, and where to.
#[derive(Clone, Debug, Default)]
pub struct Moves {
    /// The old keys, each with the key that takes its place; several, if each has a part of its meaning.
    pub pairs: Vec<(Path, Vec<Path>)>,
    /// Whether what stands there already gives way.
    pub over: bool,
    /// What has to stand beside them, if nothing does.
    pub beside: Vec<(Path, Node)>,
}

/// What stands at a place to which a value is to move.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Target {
    /// Nothing, or nothing that counts.
    Free,
    /// A map with keys of its own, each of which counts by itself.
    Section,
    /// Something that counts in the place of the value.
    Taken,
}

impl Moves {
    /// The edits of a file.
    pub fn edits(&self, old: &Node) -> Vec<Edit> {
        let mut edits = Vec::new();
        for (from, to) in &self.pairs {
            self.add(old, from, to, &mut edits);
        }
        if !edits.is_empty() {
            let lacks = |(path, _): &&(Path, Node)| !self.pairs.iter().any(|(from, to)| stands(old, from, to, path));
            edits.extend(self.beside.iter().filter(lacks).map(|(path, node)| Edit::Set(path.clone(), node.clone())));
        }
        edits
    }

    fn add(&self, old: &Node, from: &Path, to: &[Path], edits: &mut Vec<Edit>) {
        let Some(value) = from.get(old) else { return };
        let targets: Vec<Target> = to.iter().map(|path| target(old, value, path, self.over)).collect();
        if let (true, Data::Map(entries)) = (targets.contains(&Target::Section), &value.data) {
            for key in entries.keys() {
                self.add(old, &below(from, key), &all_below(to, key), edits);
            }
            return;
        }
        // The last comes first: each stands right behind the old key.
        for (path, _) in to.iter().zip(&targets).rev().filter(|(_, target)| **target == Target::Free) {
            edits.extend(tree::blocking(old, path).map(Edit::Clear));
            edits.extend(host_as_map(old, path));
            edits.push(Edit::Put { from: from.clone(), to: path.clone() });
        }
        if targets.contains(&Target::Free) || is_said(old, value, to) {
            edits.push(Edit::Remove(from.clone()));
        }
    }
}

fn target(old: &Node, value: &Node, path: &Path, over: bool) -> Target {
    match path.get(old) {
        None => Target::Free,
        Some(known) if tree::is_empty(known) => Target::Free,
        Some(known) if known.as_map().is_some() && value.as_map().is_some() && is_section(path) => Target::Section,
        Some(_) if over => Target::Free,
        Some(_) => Target::Taken,
    }
}

/// Whether all places say the value already.
fn is_said(old: &Node, value: &Node, to: &[Path]) -> bool {
    to.iter().all(|path| path.get(old).is_some_and(|known| known.is_same(value)))
}

/// Whether a key holds keys that are merged one by one, and not a value that counts as a whole.
fn is_section(path: &Path) -> bool {
    path.schema(Schema::of(values::schema())).is_some_and(Schema::lists_keys)
}

/// Whether something stands at a path once a value has moved.
fn stands(old: &Node, from: &Path, to: &[Path], path: &Path) -> bool {
    let moved = to.iter().find_map(|to| Some(Path([&from.0[..], path.0.strip_prefix(&to.0[..])?].concat())));
    path.get(old).is_some() || moved.is_some_and(|moved| moved.get(old).is_some())
}

/// The only host of an Ingress, which is a name alone, as the map that can hold more.
fn host_as_map(old: &Node, path: &Path) -> Option<Edit> {
    let at = path.0.iter().position(|step| matches!(step, Step::Index(0)))?;
    let list = Path(path.0[..at].to_vec());
    let [host] = list.get(old)?.as_list()? else { return None };
    host.as_str()?;
    let map = Map::from_iter([("name".to_owned(), Entry { key: None, value: host.clone() })]);
    Some(Edit::Set(list, Node::new(Data::List(vec![Node::new(Data::Map(map))]))))
}

fn below(path: &Path, key: &str) -> Path {
    Path([&path.0[..], &[Step::Key(key.to_owned())]].concat())
}

fn all_below(paths: &[Path], key: &str) -> Vec<Path> {
    paths.iter().map(|path| below(path, key)).collect()
}

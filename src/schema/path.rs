//! The way from the top of a tree to one of its nodes.

use std::fmt;

use super::Schema;
use crate::yaml::{Data, Entry, Node};

/// One step of a [`Path`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Into a map.
    Key(String),
    /// Into a list.
    Index(usize),
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => f.write_str(key),
            Self::Index(index) => write!(f, "[{index}]"),
        }
    }
}

/// The way from the top of a tree to one of its nodes; shown as `workers.tolerations[0].key`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// A path of keys, written with dots, and of indexes, written in brackets: `env[0].value`.
    #[must_use]
    pub fn of_keys(keys: &str) -> Self {
        let steps = keys.split('.').flat_map(|part| {
            let mut words = part.split(['[', ']']).filter(|word| !word.is_empty());
            let key = words.next().map(|key| Step::Key(key.to_owned()));
            key.into_iter().chain(words.filter_map(|index| index.parse().ok().map(Step::Index)))
        });
        Self(steps.collect())
    }

    /// Calls a function with the path one step further down.
    pub(crate) fn within(&mut self, step: Step, act: impl FnOnce(&mut Self)) {
        self.0.push(step);
        act(self);
        self.0.pop();
    }

    /// The node at the path's end, if the tree goes as far.
    #[must_use]
    pub fn get<'n>(&self, root: &'n Node) -> Option<&'n Node> {
        self.0.iter().try_fold(root, |node, step| match step {
            Step::Key(key) => node.get(key),
            Step::Index(index) => node.as_list()?.get(*index),
        })
    }

    /// Puts a node at the path's end, which is a key of a map that is there, or takes the one or the item of a list away that is there.
    pub(crate) fn put(&self, root: &mut Node, node: Option<Node>) {
        let Some((last, parent)) = self.0.split_last() else { return };
        let parent = parent.iter().try_fold(root, |node, step| match (step, &mut node.data) {
            (Step::Key(key), Data::Map(entries)) => entries.get_mut(key).map(|entry| &mut entry.value),
            (Step::Index(index), Data::List(items)) => items.get_mut(*index),
            _ => None,
        });
        match (last, parent.map(|parent| &mut parent.data), node) {
            (Step::Key(key), Some(Data::Map(entries)), Some(value)) => drop(entries.insert(key.clone(), Entry { key: None, value })),
            (Step::Key(key), Some(Data::Map(entries)), None) => drop(entries.shift_remove(key)),
            (Step::Index(index), Some(Data::List(items)), None) if *index < items.len() => drop(items.remove(*index)),
            _ => {}
        }
    }

    /// Takes away the key at the path's end, and each map on the way to it that has no other.
    pub(crate) fn remove(&self, root: &mut Node) {
        remove(root, &self.0);
    }

    /// The schema of what is at the path's end.
    pub(crate) fn schema(&self, root: Schema<'static>) -> Option<Schema<'static>> {
        self.0.iter().try_fold(root, |schema, step| match step {
            Step::Key(key) => schema.property(key),
            Step::Index(_) => schema.items(),
        })
    }

    /// Whether the other path leads to the same node, or to one below it.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    /// The node at the path's end, as far as the tree goes, with the entry that holds it if that is a map's.
    #[must_use]
    pub fn find<'n>(&self, root: &'n Node) -> (&'n Node, Option<&'n Entry>) {
        let mut found = (root, None);
        for step in &self.0 {
            found = match (step, &found.0.data) {
                (Step::Key(key), Data::Map(entries)) if entries.contains_key(key) => (&entries[key].value, Some(&entries[key])),
                (Step::Index(index), Data::List(items)) if *index < items.len() => (&items[*index], None),
                _ => break,
            };
        }
        found
    }
}

/// Whether a map is empty once the key at the end of a way is taken out of it.
fn remove(node: &mut Node, steps: &[Step]) -> bool {
    match (steps, &mut node.data) {
        ([Step::Key(key)], Data::Map(entries)) => {
            entries.shift_remove(key);
            entries.is_empty()
        }
        ([Step::Key(key), rest @ ..], Data::Map(entries)) => {
            if entries.get_mut(key).is_some_and(|entry| remove(&mut entry.value, rest)) {
                entries.shift_remove(key);
            }
            entries.is_empty()
        }
        ([Step::Index(index), rest @ ..], Data::List(items)) => {
            if let Some(item) = items.get_mut(*index) {
                remove(item, rest);
            }
            false
        }
        _ => false,
    }
}

/// The way so far of a walk through a tree; it becomes a [`Path`] where something is found.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Trail<'t> {
    /// The top of the tree.
    Top,
    /// Into a map.
    Key(&'t Trail<'t>, &'t str),
    /// Into a list.
    Index(&'t Trail<'t>, usize),
}

impl Trail<'_> {
    /// The same way as a path.
    pub fn path(&self) -> Path {
        let mut steps = Vec::new();
        let mut at = self;
        loop {
            at = match *at {
                Trail::Top => break,
                Trail::Key(before, key) => {
                    steps.push(Step::Key(key.to_owned()));
                    before
                }
                Trail::Index(before, index) => {
                    steps.push(Step::Index(index));
                    before
                }
            };
        }
        steps.reverse();
        Path(steps)
    }
}

impl From<&str> for Path {
    fn from(keys: &str) -> Self {
        Self::of_keys(keys)
    }
}

impl From<&String> for Path {
    fn from(keys: &String) -> Self {
        Self::of_keys(keys)
    }
}

impl From<String> for Path {
    fn from(keys: String) -> Self {
        Self::of_keys(&keys)
    }
}

/// Keys one by one, where they may have dots in them.
impl<const N: usize> From<[&str; N]> for Path {
    fn from(keys: [&str; N]) -> Self {
        Self(keys.into_iter().map(|key| Step::Key(key.to_owned())).collect())
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().enumerate() {
            match step {
                Step::Index(item) => write!(f, "[{item}]")?,
                Step::Key(key) => {
                    let dot = if index == 0 { "" } else { "." };
                    let plain = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'));
                    if plain { write!(f, "{dot}{key}")? } else { write!(f, "{dot}{key:?}")? }
                }
            }
        }
        Ok(())
    }
}

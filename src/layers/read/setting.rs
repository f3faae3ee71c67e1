//! What a `--set` argument says of one key.

use std::ops::Range;

use crate::schema::{Path, Schema, Step};
use crate::values::secret::{SECRET_LINES, SECRET_SOURCE};
use crate::yaml::{Data, Entry, Map, Node, Origin};

use super::within;

/// One setting: where, and what.
#[derive(Debug)]
pub struct Setting {
    pub path: Vec<(Step, Option<Origin>)>,
    pub value: Node,
}

impl Setting {
    /// The setting of a key, given as its path without indexes, to a text.
    pub fn of_text(key: &str, text: &str, layer: usize) -> Self {
        let origin = Some(Origin::new(layer, 0..text.len()));
        let path = key.split('.').map(|key| (Step::Key(key.to_owned()), origin)).collect();
        Self { path, value: Node { data: Data::String(text.to_owned()), origin } }
    }

    /// The same, where files have their values at a path: what is said below that path is said of the values, and all else as it
    /// stands.
    pub fn within(mut self, below: &Path) -> Vec<Self> {
        let shared = self.path.iter().zip(&below.0).take_while(|((step, _), above)| step == *above).count();
        if shared < self.path.len().min(below.0.len()) {
            return vec![self];
        }
        let rest = Path(below.0[shared..].to_vec());
        if rest.0.is_empty() && shared < self.path.len() {
            self.path.drain(..shared);
            let is_condition = matches!(&self.path[..], [(Step::Key(key), _)] if within::is_condition(below, key, &self.value));
            return if is_condition { Vec::new() } else { vec![self] };
        }
        // A map in JSON, which has the path in it.
        let Some(mut values) = rest.get(&self.value).filter(|values| values.as_map().is_some()).cloned() else { return vec![self] };
        within::drop_condition(below, &mut values);
        rest.remove(&mut self.value);
        let is_all = rest.0.is_empty() || self.value.as_map().is_none_or(Map::is_empty);
        let values = Self { path: Vec::new(), value: values };
        if is_all { vec![values] } else { vec![self, values] }
    }

    /// Removes the line break at the end of a secret from a file, unless the secret has several lines.
    pub fn trim(&mut self, schema: Schema<'_>) {
        let of_key = self.path.iter().try_fold(schema, |schema, (step, _)| match step {
            Step::Key(key) => schema.property(key),
            Step::Index(_) => schema.items(),
        });
        let is_line = of_key.is_some_and(|schema| schema.is_marked(SECRET_SOURCE) && !schema.is_marked(SECRET_LINES));
        if let (true, Data::String(text)) = (is_line, &mut self.value.data) {
            *text = crate::layers::secrets::bare(text).to_owned();
        }
    }

    /// The setting as a tree of its own.
    pub fn as_tree(&self) -> Node {
        let mut tree = Node::new(Data::Null);
        self.apply(&mut tree);
        tree
    }

    /// The parts of its text that must not be shown.
    pub fn secrets(&self, schema: Schema<'_>) -> Vec<Range<usize>> {
        let value = self.value.span();
        let found = schema.secrets(&self.as_tree()).into_iter();
        // A secret that is reached into (`fernetKey[0]=...`) is the whole value.
        found.map(|secret| if value.start <= secret.start && secret.end <= value.end { secret } else { value.clone() }).collect()
    }

    /// Puts the value where it belongs in a tree, making maps and lists on the way.
    pub fn apply(&self, root: &mut Node) {
        let mut node = root;
        for (step, origin) in &self.path {
            node = match step {
                Step::Key(key) => {
                    if node.as_map().is_none() {
                        *node = Node { data: Data::Map(Map::default()), origin: *origin };
                    }
                    let Data::Map(entries) = &mut node.data else { unreachable!("it was made a map") };
                    let entry = entries
                        .entry(key.clone())
                        .or_insert_with(|| Entry { key: *origin, value: Node { data: Data::Null, origin: *origin } });
                    entry.key = *origin;
                    &mut entry.value
                }
                Step::Index(index) => {
                    if node.as_list().is_none() {
                        *node = Node { data: Data::List(Vec::new()), origin: *origin };
                    }
                    let Data::List(items) = &mut node.data else { unreachable!("it was made a list") };
                    while items.len() <= *index {
                        items.push(Node { data: Data::Null, origin: *origin });
                    }
                    &mut items[*index]
                }
            };
        }
        super::merge(node, self.value.clone());
    }
}

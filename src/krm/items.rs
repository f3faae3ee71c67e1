//! The items of a list with the objects that the values give among them.

use std::collections::{BTreeMap, BTreeSet};

use super::function::Function;
use super::identity::Identity;
use super::ledger::Ledger;
use crate::error::{Diagnostic, code};
use crate::kubernetes::Manifest;
use crate::yaml::{Data, Entry, Map, Node};

/// An item of the list that goes out.
#[derive(Debug)]
pub enum Item {
    /// One that came in, by its number: it stays as it is written.
    Kept(usize),
    /// One that is made.
    Made(Node),
}

/// The annotations that tell tools where an item is from, as those of the file that it stands in.
const OF_TOOLS: [&str; 6] = [
    "config.kubernetes.io/",
    "internal.config.kubernetes.io/",
    "config.k8s.io/",
    "internal.config.k8s.io/",
    "internal.kpt.dev/",
    "kustomize.config.k8s.io/id",
];

/// The file of an item, and its place in the file, as of one made by a function.
const PATH: &str = "internal.config.kubernetes.io/path";
const INDEX: &str = "internal.config.kubernetes.io/index";

/// The items with these manifests, in the place of those that the function gave before.
///
/// # Errors
///
/// Objects that are in the way: gen did not make them.
pub fn joined(items: &[Node], manifests: &[&Manifest], function: Function<'_>) -> Result<Vec<Item>, Vec<Diagnostic>> {
    let ledger = Ledger::of(items, function);
    let made: Vec<(Identity, &Manifest)> = manifests.iter().map(|manifest| (Identity::of(&manifest.object), *manifest)).collect();
    let by_identity: BTreeMap<&Identity, &Node> = made.iter().map(|(identity, manifest)| (identity, &manifest.object)).collect();
    let (mut joined, mut errors, mut placed) = (Vec::new(), Vec::new(), BTreeSet::new());
    let mut old_ledger = None;
    for (number, item) in items.iter().enumerate() {
        let identity = Identity::of(item);
        if ledger.is_in(item) {
            old_ledger = Some(item);
        } else if let Some(object) = by_identity.get(&identity) {
            let is_same = without_tools(item).is_same(&without_tools(object));
            if !is_same && !ledger.has(&identity) {
                errors.push(in_the_way(&identity));
            }
            joined.push(if is_same { Item::Kept(number) } else { Item::Made(in_place_of(object, item)) });
            placed.insert(identity);
        } else if !ledger.has(&identity) {
            joined.push(Item::Kept(number));
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut files = Places::of(items);
    for (_, manifest) in made.iter().filter(|(identity, _)| !placed.contains(identity)) {
        joined.push(Item::Made(annotated(&manifest.object, files.next(function.path(&manifest.path)))));
    }
    let new_ledger = ledger.with(&made.into_iter().map(|(identity, _)| identity).collect());
    joined.push(Item::Made(match old_ledger {
        Some(old) => in_place_of(&new_ledger, old),
        None => annotated(&new_ledger, files.next(function.path("gen-ledger.yaml"))),
    }));
    Ok(joined)
}

/// The places in files that items have.
struct Places(BTreeSet<(String, usize)>);

impl Places {
    /// Those of a list.
    fn of(items: &[Node]) -> Self {
        let place = |item: &Node| {
            let said = |key: &str| annotations(item).find(|(name, _)| *name == key).map(|(_, value)| value.scalar());
            Some((said(PATH)?, said(INDEX).and_then(|index| index.parse().ok()).unwrap_or_default()))
        };
        Self(items.iter().filter_map(place).collect())
    }

    /// The next one in a file, as annotations.
    fn next(&mut self, path: String) -> [(&'static str, String); 2] {
        let index = (0..=self.0.len()).find(|index| !self.0.contains(&(path.clone(), *index))).unwrap_or_default();
        self.0.insert((path.clone(), index));
        [(PATH, path), (INDEX, index.to_string())]
    }
}

fn in_the_way(identity: &Identity) -> Diagnostic {
    let error = Diagnostic::new(format!("`{identity}` is in the list already, and gen did not make it")).coded(code::NOT_OF_GEN);
    error.help("take it out of the package, or have the values give none of that name")
}

fn is_of_tools(key: &str) -> bool {
    OF_TOOLS.iter().any(|prefix| key.starts_with(prefix))
}

/// The annotations of an object.
fn annotations(object: &Node) -> impl Iterator<Item = (&str, &Node)> {
    object.entries(&["metadata", "annotations"])
}

/// An object without what tools say of it.
fn without_tools(object: &Node) -> Node {
    let mut object = object.clone();
    if let Some(Data::Map(metadata)) = object.at_mut(&["metadata"]).map(|metadata| &mut metadata.data)
        && let Some(Data::Map(entries)) = metadata.get_mut("annotations").map(|entry| &mut entry.value.data)
    {
        entries.retain(|key, _| !is_of_tools(key));
        if entries.is_empty() {
            metadata.shift_remove("annotations");
        }
    }
    object
}

/// An object in the place of an item, with what tools say of that one.
fn in_place_of(object: &Node, item: &Node) -> Node {
    annotated(object, annotations(item).filter(|(key, _)| is_of_tools(key)).map(|(key, value)| (key, value.scalar())))
}

/// An object with more annotations.
fn annotated<'k>(object: &Node, more: impl IntoIterator<Item = (&'k str, String)>) -> Node {
    let mut object = object.clone();
    let Some(Data::Map(metadata)) = object.at_mut(&["metadata"]).map(|metadata| &mut metadata.data) else { return object };
    let entry = |data| Entry { key: None, value: Node::new(data) };
    let annotations = metadata.entry("annotations".to_owned()).or_insert_with(|| entry(Data::Map(Map::default())));
    if let Data::Map(entries) = &mut annotations.value.data {
        entries.extend(more.into_iter().map(|(key, value)| (key.to_owned(), entry(Data::String(value)))));
        if entries.is_empty() {
            metadata.shift_remove("annotations");
        }
    }
    object
}

//! A map that is merged into an object as Kubernetes merges it (apimachinery: `strategicpatch`).
//!
//! By what key the items of a list are told apart Kubernetes' own types say. Of a kind that is not Kubernetes' own, or that is
//! not known, lists are replaced, as kustomize does it.

use super::Refused;
use crate::schema::{Merge, Schema};
use crate::yaml::{Data, Entry, Map, Node};

/// The key that says what becomes of the map that it stands in.
const DIRECTIVE: &str = "$patch";
/// The key that says which keys of a map stay.
const RETAINED: &str = "$retainKeys";
/// The beginning of a key that says which items of a list go; the list's name follows.
const REMOVED: &str = "$deleteFromPrimitiveList/";
/// The beginning of a key that says in which order a list is; the list's name follows.
const ORDER: &str = "$setElementOrder/";

/// What a patch says of a whole map.
enum Directive {
    Merge,
    Replace,
    Delete,
}

/// Whether a patch takes the whole object away.
pub fn deletes(patch: &Node) -> bool {
    patch.text(&[DIRECTIVE]) == Some("delete")
}

/// Merges a patch into a tree of this schema.
pub fn merge(into: &mut Node, patch: &Node, schema: Option<Schema<'_>>) -> Result<(), Refused> {
    let (Data::Map(entries), Data::Map(changes)) = (&mut into.data, &patch.data) else {
        *into = plain(patch);
        return Ok(());
    };
    match directive(patch)? {
        Directive::Merge => merge_maps(entries, changes, schema),
        Directive::Replace => {
            *into = plain(patch);
            Ok(())
        }
        Directive::Delete => {
            entries.clear();
            Ok(())
        }
    }
}

fn directive(patch: &Node) -> Result<Directive, Refused> {
    match patch.get(DIRECTIVE) {
        None => Ok(Directive::Merge),
        Some(node) => match node.as_str() {
            Some("merge") => Ok(Directive::Merge),
            Some("replace") => Ok(Directive::Replace),
            Some("delete") => Ok(Directive::Delete),
            _ => Err(Refused::at(node, format!("`{DIRECTIVE}` must be `merge`, `replace` or `delete`"))),
        },
    }
}

fn merge_maps(into: &mut Map, changes: &Map, schema: Option<Schema<'_>>) -> Result<(), Refused> {
    if let Some(retained) = changes.get(RETAINED) {
        let retained: Vec<&str> = retained.value.as_list().unwrap_or_default().iter().filter_map(Node::as_str).collect();
        into.retain(|key, _| retained.contains(&key.as_str()));
    }
    for (key, Entry { value, .. }) in changes {
        if let Some(list) = key.strip_prefix(REMOVED) {
            let gone = value.as_list().unwrap_or_default();
            if let Some(Data::List(items)) = into.get_mut(list).map(|entry| &mut entry.value.data) {
                items.retain(|item| !gone.iter().any(|one| one.is_same(item)));
            }
        } else if key.starts_with(ORDER) {
            return Err(Refused::at(value, format!("`{key}` is kubectl's own, and not taken here")));
        } else if key.starts_with('$') && ![DIRECTIVE, RETAINED].contains(&key.as_str()) {
            return Err(Refused::at(value, format!("`{key}` is no word of a patch: `{DIRECTIVE}`, `{RETAINED}` and `{REMOVED}LIST` are")));
        }
    }
    for (key, entry) in changes.iter().filter(|(key, _)| !key.starts_with('$')) {
        let change = &entry.value;
        let (below, is_replaced) = schema.map_or((None, false), |schema| schema.patched(key));
        // What kubectl leaves of a map that a patch takes away is an empty one, which an API server often refuses.
        if change.is_null() || change.as_map().is_some() && deletes(change) {
            into.shift_remove(key);
            continue;
        }
        let Some(known) = into.get_mut(key) else {
            into.insert(key.clone(), Entry { key: entry.key, value: plain(change) });
            continue;
        };
        let how = below.map_or(Merge::Replace, Schema::merge);
        match (&mut known.value.data, &change.data) {
            (Data::Map(_), Data::Map(_)) if !is_replaced => merge(&mut known.value, change, below)?,
            (Data::List(items), Data::List(changes)) if how != Merge::Replace => {
                *items = merge_lists(items, changes, how, below.and_then(Schema::of_items))?;
            }
            _ => known.value = plain(change),
        }
    }
    Ok(())
}

fn merge_lists(original: &[Node], changes: &[Node], how: Merge, schema: Option<Schema<'_>>) -> Result<Vec<Node>, Refused> {
    let Merge::ByKey(key) = how else {
        let added = changes.iter().enumerate().filter(|(at, one)| !changes[..*at].iter().any(|other| other.is_same(one)));
        let added: Vec<Node> = added.map(|(_, one)| one.clone()).collect();
        return Ok(ordered(original, original.to_vec(), added, &|one, other| one.is_same(other)));
    };
    let has_same = |one: &Node, other: &Node| matches!((one.get(key), other.get(key)), (Some(one), Some(other)) if one.is_same(other));
    let mut merged = original.to_vec();
    let mut kept: Vec<&Node> = Vec::new();
    for change in changes {
        match directive(change)? {
            // The items beside it take the place of the list.
            Directive::Replace => {
                return Ok(changes.iter().filter(|item| item.get(DIRECTIVE).is_none()).map(plain).collect());
            }
            _ if change.get(key).is_none() => {
                return Err(Refused::at(change, format!("an item of this list needs its `{key}`, by which it is told apart")));
            }
            Directive::Delete => merged.retain(|item| !has_same(item, change)),
            Directive::Merge => kept.push(change),
        }
    }
    let mut patched: Vec<Node> = Vec::new();
    for change in kept {
        // The same item twice is merged twice.
        if let Some(item) = patched.iter_mut().find(|item| has_same(item, change)) {
            merge(item, change, schema)?;
            continue;
        }
        let mut item = merged.iter().find(|item| has_same(item, change)).cloned().unwrap_or_else(|| plain(change));
        merge(&mut item, change, schema)?;
        patched.push(item);
    }
    Ok(ordered(original, merged, patched, &has_same))
}

/// The items of a list, and those that a patch has changed or added: these in the order of the patch, the others in
/// theirs. One of the others comes before a changed one if it stood before it; what is new comes first.
fn ordered(original: &[Node], all: Vec<Node>, changed: Vec<Node>, has_same: &dyn Fn(&Node, &Node) -> bool) -> Vec<Node> {
    let others = all.into_iter().filter(|item| !changed.iter().any(|one| has_same(one, item))).collect::<Vec<_>>();
    let place = |item: &Node| original.iter().position(|one| has_same(one, item));
    let mut others = others.into_iter().peekable();
    let mut list = Vec::new();
    for item in changed {
        let at = place(&item);
        while let Some(other) = others.next_if(|other| at.is_some_and(|at| place(other).is_some_and(|before| before < at))) {
            list.push(other);
        }
        list.push(item);
    }
    list.extend(others);
    list
}

/// What a patch adds where nothing was: without its directives, and without what is `null`.
fn plain(patch: &Node) -> Node {
    let data = match &patch.data {
        Data::Map(entries) => {
            let said = entries.iter().filter(|(key, entry)| !key.starts_with('$') && !entry.value.is_null());
            Data::Map(said.map(|(key, entry)| (key.clone(), Entry { key: entry.key, value: plain(&entry.value) })).collect())
        }
        Data::List(items) => Data::List(items.iter().filter(|item| !deletes(item)).map(plain).collect()),
        data => data.clone(),
    };
    Node { data, origin: patch.origin }
}

//! Objects that have another name now: what was one object, and is another to the API server.

use std::collections::BTreeMap;

use super::identity::Identity;
use crate::yaml::{Data, Node};

/// How much of two objects has to be the same, of a hundred parts.
const ENOUGH: usize = 85;

/// The most pairs that are looked at.
const MOST: usize = 40_000;

/// Which of the objects that are gone is which of those that are new, by their places; each is in one pair at most.
pub fn pairs(gone: &[(&Identity, &Node)], new: &[(&Identity, &Node)]) -> Vec<(usize, usize)> {
    let alike = |one: &Identity, other: &Identity| one.kind == other.kind && one.group == other.group;
    let mut pairs = Vec::new();
    // A name by content, as of Jobs, says itself what it was.
    for (at, (identity, _)) in gone.iter().enumerate() {
        let Some(base) = base(&identity.name) else { continue };
        let has_base = |other: &Identity| alike(identity, other) && self::base(&other.name) == Some(base);
        let [of_gone, of_new] = [gone, new].map(|all| all.iter().filter(|(other, _)| has_base(other)).count());
        if let (1, 1, Some(to)) = (of_gone, of_new, new.iter().position(|(other, _)| has_base(other))) {
            pairs.push((at, to));
        }
    }
    if gone.len() * new.len() > MOST {
        return pairs;
    }
    let leaves = |all: &[(&Identity, &Node)]| all.iter().map(|(identity, node)| leaves(identity, node)).collect::<Vec<_>>();
    let (of_gone, of_new) = (leaves(gone), leaves(new));
    let mut scores: Vec<(usize, usize, usize)> = Vec::new();
    for (from, (identity, _)) in gone.iter().enumerate() {
        for (to, (other, _)) in new.iter().enumerate().filter(|(_, (other, _))| alike(identity, other)) {
            if !pairs.iter().any(|(one, another)| *one == from || *another == to) {
                let bonus = usize::from(identity.name == other.name);
                scores.push((likeness(&of_gone[from], &of_new[to]) + bonus, from, to));
            }
        }
    }
    scores.sort_unstable_by(|one, other| other.cmp(one));
    for (score, from, to) in scores.iter().copied().take_while(|(score, ..)| *score >= ENOUGH) {
        let is_free = |one: usize, other: usize| !pairs.iter().any(|(a, b)| *a == one || *b == other);
        // Where two are as much like it, nobody knows which it is.
        let rivals = scores.iter().filter(|(other, a, b)| *other == score && (*a == from) != (*b == to) && is_free(*a, *b));
        if is_free(from, to) && rivals.count() == 0 {
            pairs.push((from, to));
        }
    }
    pairs
}

/// A name without the hash at its end, if it has one.
fn base(name: &str) -> Option<&str> {
    let (base, hash) = name.rsplit_once('-')?;
    let is_hash = hash.len() >= 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_hash.then_some(base)
}

/// The scalars of an object with their keys, counted. Its own name, wherever it stands, is the same for all.
fn leaves(identity: &Identity, node: &Node) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    collect(node, &identity.name, &mut Vec::new(), &mut found);
    found
}

fn collect<'n>(node: &'n Node, name: &str, path: &mut Vec<&'n str>, found: &mut BTreeMap<String, usize>) {
    match &node.data {
        Data::Map(entries) => {
            for (key, entry) in entries {
                if path.as_slice() == ["metadata"] && (key == "name" || key == "namespace") {
                    continue;
                }
                path.push(key);
                collect(&entry.value, name, path, found);
                path.pop();
            }
        }
        Data::List(items) => items.iter().for_each(|item| collect(item, name, path, found)),
        _ => {
            let text = node.scalar();
            let text = if name.is_empty() { text } else { text.replace(name, "\0") };
            *found.entry(format!("{}={text}", path.join("."))).or_default() += 1;
        }
    }
}

/// How much is the same, of a hundred parts.
fn likeness(one: &BTreeMap<String, usize>, other: &BTreeMap<String, usize>) -> usize {
    let common: usize = one.iter().map(|(leaf, count)| other.get(leaf).map_or(0, |there| *there.min(count))).sum();
    let all: usize = one.values().chain(other.values()).sum();
    (200 * common).checked_div(all).unwrap_or_default()
}

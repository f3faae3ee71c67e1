//! The same change in many objects, which is said once.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, Comparison, Identity};

/// From how many objects on a change is said once.
const MANY: usize = 3;

/// Changes that several objects have alike.
#[derive(Debug)]
pub struct Shared<'c> {
    /// The objects.
    pub objects: Vec<Identity>,
    /// The changes.
    pub changes: Vec<&'c Change>,
}

/// Changes that are said once.
#[derive(Debug)]
pub struct Said(BTreeSet<String>);

impl Said {
    /// Whether a change is among them.
    pub fn has(&self, change: &Change) -> bool {
        self.0.contains(&whole(change))
    }
}

/// A change as a text that no other one has.
fn whole(change: &Change) -> String {
    format!("{change:?}")
}

/// The changes that many objects have alike, those of the same objects together; and what is said by them.
pub fn shared(comparison: &Comparison) -> (Vec<Shared<'_>>, Said) {
    let mut by_text: BTreeMap<String, (usize, &Change, Vec<Identity>)> = BTreeMap::new();
    let mut number = 0;
    for object in &comparison.objects {
        for change in &object.changes {
            number += 1;
            let (_, _, objects) = by_text.entry(whole(change)).or_insert((number, change, Vec::new()));
            if objects.last() != Some(&object.identity) {
                objects.push(object.identity.clone());
            }
        }
    }
    by_text.retain(|_, (_, _, objects)| objects.len() >= MANY);
    let mut found: Vec<&(usize, &Change, Vec<Identity>)> = by_text.values().collect();
    found.sort_by_key(|(number, ..)| *number);
    let mut all: Vec<Shared<'_>> = Vec::new();
    for (_, change, objects) in found {
        match all.iter_mut().find(|one| one.objects == *objects) {
            Some(one) => one.changes.push(change),
            None => all.push(Shared { objects: objects.clone(), changes: vec![change] }),
        }
    }
    (all, Said(by_text.into_keys().collect()))
}

//! The objects of two sides, by what tells them apart.

use std::collections::BTreeMap;

use super::live::{Live, settle};
use super::{Filter, Identity, noise};
use crate::kubernetes::Manifest;
use crate::yaml::{self, Node};

/// The objects of a side, by what tells them apart.
pub type Objects = BTreeMap<Identity, Manifest>;

/// The objects of both sides, as they are compared.
pub struct Pairs {
    /// Those of the first side.
    pub was: Objects,
    /// Those of the second.
    pub is: Objects,
    /// Of the objects that are on both sides, and of a live cluster on one that does not say what was applied: both, without what was
    /// filled in or is gone.
    pub guessed: BTreeMap<Identity, [Node; 2]>,
}

impl Pairs {
    /// Those of these sides, but for what is filtered.
    pub fn of(before: Vec<Manifest>, after: Vec<Manifest>, release: &str, filter: &Filter) -> Self {
        let (mut was, were_live) = by_identity(before, release, filter);
        let (mut is, are_live) = by_identity(after, release, filter);
        let mut guessed = BTreeMap::new();
        for (identity, old) in &mut was {
            let Some(new) = is.get_mut(identity) else { continue };
            let (live, other, applied) = match (were_live.get(identity), are_live.get(identity)) {
                (Some(live), None) => (&mut old.object, &new.object, &live.applied),
                (None, Some(live)) => (&mut new.object, &old.object, &live.applied),
                // Of two of one server's nothing need be known.
                _ => continue,
            };
            if applied.is_some() {
                settle(live, other, applied.as_ref());
                continue;
            }
            let mut both = [old.object.clone(), new.object.clone()];
            let [one, another] = &mut both;
            if were_live.contains_key(identity) {
                settle(one, another, None);
            } else {
                settle(another, one, None);
            }
            guessed.insert(identity.clone(), both);
        }
        Self { was, is, guessed }
    }
}

/// Objects by what tells them apart, as the API server keeps them, and those that are of a live cluster. One of the release's namespace may
/// name it or not: it is there all the same.
fn by_identity(manifests: Vec<Manifest>, release: &str, filter: &Filter) -> (Objects, BTreeMap<Identity, Live>) {
    let mut live = BTreeMap::new();
    let mut keyed = |mut manifest: Manifest| {
        let identity = Identity::of(&manifest, release);
        live.extend(Live::of(&manifest.object).map(|live| (identity.clone(), live)));
        noise::drop(&mut manifest.object, release);
        manifest.keep();
        filter.prune(&mut manifest.object);
        yaml::tidy(&mut manifest.object);
        (identity, manifest)
    };
    let objects = manifests.into_iter().map(&mut keyed).collect();
    (objects, live)
}

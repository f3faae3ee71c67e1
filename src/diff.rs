//! How two sets of objects differ: object by object, field by field; and what an apply of the difference would do.
//!
//! A [`Side`] is a set of objects, wherever it comes from. Objects are told apart by kind, namespace and name, and items of lists as
//! Kubernetes merges them. Secrets are compared, and not shown. The `report`s of a [`Comparison`] write it down.

mod change;
mod fields;
mod filter;
mod finding;
mod fixed;
mod github;
mod hidden;
mod human;
mod identity;
mod items;
mod json;
mod left;
mod live;
mod markdown;
mod noise;
mod pairs;
mod removed;
mod renames;
mod restarts;
mod shared;
mod side;
mod unified;

use std::collections::{BTreeMap, BTreeSet};

use crate::kubernetes::{Manifest, Reference, references};
use crate::yaml::Node;
pub use change::{Change, Detail, Sign};
pub use filter::Filter;
pub use finding::Finding;
pub use github::github;
use hidden::Hidden;
pub use human::human;
pub use identity::Identity;
pub use json::json;
pub use markdown::markdown;
use pairs::{Objects, Pairs};
pub use removed::{names, removed};
pub use side::Side;
pub use unified::{Difference, unified};

/// How one set of objects differs from another.
#[derive(Debug)]
pub struct Comparison {
    /// The namespace of most objects; empty if none says its own, or if workloads are in several.
    pub release: String,
    /// The objects that differ, in the order of their identities.
    pub objects: Vec<Object>,
    /// How many objects are the same.
    pub same: usize,
    /// The Secrets that are not among the objects any more, and that these read: they stay as they are.
    pub kept: Vec<Identity>,
    /// The files whose text differs though their objects do not, where both sides are files of gen's.
    pub files: Vec<String>,
    /// What an apply would not do, or would do besides.
    pub findings: Vec<Finding>,
    /// Whether there are objects on both sides, and none is the other's.
    pub is_foreign: bool,
    /// The objects of a live cluster that do not say what was applied, where the other side is of none.
    pub live: Vec<Identity>,
}

/// An object that differs.
#[derive(Debug)]
pub struct Object {
    /// Which it is; of one that is gone, which it was.
    pub identity: Identity,
    /// Its `apiVersion`.
    pub api_version: String,
    /// The file that it is in, or was, where sides are files.
    pub file: Option<String>,
    /// What became of it.
    pub what: What,
    /// The fields that differ, of one that is on both sides.
    pub changes: Vec<Change>,
}

/// What became of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It was not there before, is not there any more, or is another.
    Is(Sign),
    /// It has another name: what it was.
    Renamed(Identity),
    /// It is in another file: where it was. Its fields may differ too.
    Moved(String),
}

/// An object that is on both sides.
struct Both<'n> {
    identity: &'n Identity,
    before: &'n Node,
    after: &'n Node,
}

impl Comparison {
    /// How `after` differs from `before`, but for what is filtered.
    #[must_use]
    pub fn of(before: Side, after: Side, filter: &Filter) -> Self {
        let release = release(&before, &after);
        let files = match (&before.files, &after.files) {
            (Some(before), Some(after)) if !filter.ignores_notation => Some(written_otherwise(before, after)),
            _ => None,
        };
        let Pairs { was, is, guessed } = Pairs::of(before.manifests, after.manifests, &release, filter);
        let hidden = Hidden::of(was.values().chain(is.values()).map(|manifest| &manifest.object));
        let only = |one: &Objects, other: &Objects| one.keys().filter(|key| !other.contains_key(*key)).cloned().collect::<Vec<_>>();
        let (gone, new) = (only(&was, &is), only(&is, &was));
        let (kept, gone): (Vec<Identity>, Vec<Identity>) = gone.into_iter().partition(|identity| is_read(identity, &is));
        let is_foreign = gone.len() + kept.len() == was.len() && !was.is_empty() && !is.is_empty();
        let renamed = renamed(&gone, &new, &was, &is);
        let mut objects = Vec::new();
        let mut same = 0;
        for (identity, manifest) in &was {
            if gone.contains(identity) && !renamed.values().any(|from| from == identity) {
                objects.push(object(identity, manifest, What::Is(Sign::Removed), Vec::new()));
            }
        }
        for (identity, manifest) in &is {
            let from = renamed.get(identity).unwrap_or(identity);
            let Some(old) = was.get(from) else {
                objects.push(object(identity, manifest, What::Is(Sign::Added), Vec::new()));
                continue;
            };
            let mut changes = fields::changes(&old.object, &manifest.object, &hidden);
            let is_moved = files.is_some() && old.path != manifest.path;
            let what = match (from == identity, is_moved) {
                (false, _) => {
                    changes.retain(|change| !["metadata.name", "metadata.namespace"].contains(&change.path.as_str()));
                    What::Renamed(from.clone())
                }
                (true, true) => What::Moved(old.path.clone()),
                (true, false) if changes.is_empty() => {
                    same += 1;
                    continue;
                }
                (true, false) => What::Is(Sign::Changed),
            };
            objects.push(object(identity, manifest, what, changes));
        }
        objects.sort_by(|one, other| one.identity.cmp(&other.identity));
        // What differs in an object is said there, and what is left as it is, differs in nothing.
        let is_kept = |file: &str| kept.iter().any(|identity| was[identity].path == file);
        let is_said = |file: &String| objects.iter().any(|one| files_of(one).any(|own| own == file)) || is_kept(file);
        let files = files.into_iter().flatten().filter(|file| !is_said(file)).collect();
        let findings = findings(&was, &is, &guessed, (&gone, &new), &release);
        Self { release, objects, same, kept, files, findings, is_foreign, live: guessed.into_keys().collect() }
    }

    /// Whether nothing differs.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.objects.is_empty() && self.files.is_empty()
    }

    /// How many objects became what, and what there is to say of an apply, in words.
    #[must_use]
    pub fn summary(&self) -> String {
        let count = |is: &dyn Fn(&What) -> bool| self.objects.iter().filter(|object| is(&object.what)).count();
        let mut parts = Vec::new();
        for sign in [Sign::Added, Sign::Removed, Sign::Changed] {
            parts.push(format!("{} {} ({})", count(&|what| *what == What::Is(sign)), sign.word(), sign.symbol()));
        }
        let more = [
            (count(&|what| matches!(what, What::Renamed(_))), "renamed (>)"),
            (count(&|what| matches!(what, What::Moved(_))), "moved (>)"),
            (self.files.len(), "written otherwise"),
        ];
        parts.extend(more.into_iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")));
        if !self.kept.is_empty() {
            parts.push(format!("{} read by the manifests and left as they are (=)", self.kept.len()));
        }
        parts.push(format!("{} the same", self.same));
        parts.join(", ")
    }
}

fn object(identity: &Identity, manifest: &Manifest, what: What, changes: Vec<Change>) -> Object {
    let file = Some(manifest.path.clone()).filter(|path| !path.is_empty());
    Object { identity: identity.clone(), api_version: manifest.api_version().to_owned(), file, what, changes }
}

/// Whether it is a Secret of the release that objects read.
fn is_read(identity: &Identity, by: &Objects) -> bool {
    let is_it = |reference: &Reference<'_>| reference.kind == "Secret" && reference.name == identity.name;
    identity.is("", "Secret") && identity.namespace.is_empty() && by.values().any(|one| references(&one.object).iter().any(is_it))
}

/// The files that an object is in and was in.
fn files_of(object: &Object) -> impl Iterator<Item = &str> {
    let old = if let What::Moved(from) = &object.what { Some(from.as_str()) } else { None };
    object.file.as_deref().into_iter().chain(old)
}

/// The files whose texts differ or that are on one side alone.
fn written_otherwise(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let differs = |path: &&String| before.get(*path) != after.get(*path);
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    paths.into_iter().filter(differs).cloned().collect()
}

/// The namespace that most objects are in; none, if workloads are in several, as those of several environments are.
fn release(before: &Side, after: &Side) -> String {
    let has_several = |side: &Side| {
        let workloads = side.manifests.iter().filter(|manifest| left::RUN.contains(&manifest.kind()));
        workloads.map(Manifest::namespace).filter(|namespace| !namespace.is_empty()).collect::<BTreeSet<_>>().len() > 1
    };
    if has_several(before) || has_several(after) {
        return String::new();
    }
    let usual = |side: &Side| {
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        for namespace in side.manifests.iter().map(Manifest::namespace).filter(|namespace| !namespace.is_empty()) {
            *numbers.entry(namespace).or_default() += 1;
        }
        numbers.into_iter().max_by_key(|(_, number)| *number).map(|(namespace, _)| namespace.to_owned())
    };
    usual(after).or_else(|| usual(before)).unwrap_or_default()
}

/// What objects that are new were called, by what they are called.
fn renamed(gone: &[Identity], new: &[Identity], was: &Objects, is: &Objects) -> BTreeMap<Identity, Identity> {
    let [one, other] = [(gone, was), (new, is)].map(|(list, of)| list.iter().map(|identity| (identity, &of[identity].object)).collect());
    let (one, other): (Vec<_>, Vec<_>) = (one, other);
    renames::pairs(&one, &other).into_iter().map(|(from, to)| (new[to].clone(), gone[from].clone())).collect()
}

fn findings(
    was: &Objects,
    is: &Objects,
    guessed: &BTreeMap<Identity, [Node; 2]>,
    (gone, new): (&[Identity], &[Identity]),
    release: &str,
) -> Vec<Finding> {
    let both = was.iter().filter_map(|(identity, old)| {
        let after = &is.get(identity)?.object;
        // What is filled in restarts nothing, and is refused by nobody.
        let (before, after) = guessed.get(identity).map_or((&old.object, after), |[before, after]| (before, after));
        Some(Both { identity, before, after })
    });
    let both: Vec<Both<'_>> = both.collect();
    let mut findings = fixed::find(&both, release);
    let gone: Vec<_> = gone.iter().map(|identity| (identity, &was[identity].object)).collect();
    findings.extend(left::find(&gone, &new.iter().collect::<Vec<_>>(), release));
    findings.extend(restarts::find(&both));
    findings
}

/// The values at a path of both.
fn both_ways<'n>(before: &'n Node, after: &'n Node, path: &[&str]) -> (Option<&'n Node>, Option<&'n Node>) {
    (before.at(path), after.at(path))
}

/// Objects in words, those of a kind together: `Deployment a, b; Service c`.
fn listed(objects: &[Identity]) -> String {
    let mut sorted: Vec<&Identity> = objects.iter().collect();
    sorted.sort();
    let kinds = sorted.chunk_by(|one, other| one.kind == other.kind).map(|of_kind| {
        let name = |one: &&Identity| if one.namespace.is_empty() { one.name.clone() } else { format!("{}/{}", one.namespace, one.name) };
        format!("{} {}", of_kind[0].kind, of_kind.iter().map(name).collect::<Vec<_>>().join(", "))
    });
    kinds.collect::<Vec<_>>().join("; ")
}

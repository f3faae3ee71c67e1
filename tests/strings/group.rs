//! Keys that are tried at once.
//!
//! A rendering takes long, and keys are many. So all keys of a group get a string each, and the manifests must have
//! every string in its place and nothing else. A key is tried alone wherever that shows nothing of it: its string is
//! refused, it has another effect beside the others, or the manifests are not what they should be.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseResult, TestRunner};
use serde_json::Value;

use super::bases::put;
use super::manifests::{Fault, manifests};
use super::nasty::nasty;
use super::place::{Place, percent_encoded, replaced};

/// Strings that some key takes: the first that it does marks its places.
const MARKERS: [&str; 21] = [
    "zmarkerz",
    "/zmarkerz",
    "7919Mi",
    "203.0.113.79/32",
    "1.10.7919",
    "Zmarkerz",
    "JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=",
    "9.zmarkerz",
    "ReadWriteMany",
    "79.79.79.79",
    // A length of time, and the number of a port.
    "7919s",
    "fs-0123456789abcdef9",
    "fsap-0123456789abcdef9",
    "p:r:zmarkerz",
    "verify-full",
    "modeInstance/l/i/zmarkerz",
    "7919",
    "@every 7919s",
    "https",
    "wasbzmarkerz",
    "https://zmarkerz",
];

/// A key, and where its string stands when no other is set.
struct Key<'a> {
    name: &'a str,
    base: &'a Value,
    marker: String,
    /// The manifests with the marker in the key's places.
    before: Vec<Value>,
}

impl<'a> Key<'a> {
    /// The key with this number among those of its group: no other has its marker.
    fn known(name: &'a str, base: &'a Value, number: usize) -> Result<Self, String> {
        let markers = MARKERS.map(|marker| marker.replace("markerz", &format!("marker{number:02}z")));
        let with = |marker: &String| given(base, [(name, marker.as_str())]);
        let known = markers.iter().find_map(|marker| Some((marker.clone(), with(marker).ok()?)));
        let (marker, before) = known.ok_or_else(|| format!("it takes none of the markers: {:?}", with(&markers[0])))?;
        let key = Self { name, base, marker, before };
        if key.places(&key.before) == 0 { Err("it has no effect".to_owned()) } else { Ok(key) }
    }

    /// What gives its strings: other ones for each key, the same in each run.
    fn runner(&self, count: u32) -> TestRunner {
        let seed = self.name.bytes().fold(1, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
        TestRunner::new(Config { cases: count, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() })
    }

    /// The strings that it is tried with.
    fn strings(&self, count: u32) -> Vec<String> {
        let strings = RefCell::new(Vec::new());
        let keep = |text| {
            strings.borrow_mut().push(text);
            Ok(())
        };
        self.runner(count).run(&nasty(), keep).expect("nothing is tried yet");
        strings.into_inner()
    }

    /// How often the marker stands in manifests.
    fn places(&self, manifests: &[Value]) -> usize {
        let all = Value::from(manifests).to_string();
        let encoded = Some(percent_encoded(&self.marker)).filter(|encoded| *encoded != self.marker);
        all.matches(&self.marker).count() + encoded.map_or(0, |encoded| all.matches(&encoded).count())
    }

    /// How errors name it.
    fn shown(&self) -> String {
        self.name.replace("[]", "[0]").split(".*").next().unwrap_or_default().to_owned()
    }

    /// What is wrong with the key's manifests, or with the errors, when it has this string.
    fn alone(&self, text: &str) -> TestCaseResult {
        let shown = self.shown();
        match given(self.base, [(self.name, text)]) {
            Err(Fault::Unreadable(error)) => prop_assert!(false, "{text:?}: {error}"),
            // That a placeholder is none is said of the key that it stands for.
            Err(Fault::Refused(errors)) if text.is_empty() => {
                // An image without a repository has no place: it is told by its container.
                let is_named = errors.contains(shown.trim_end_matches(".placeholder")) || errors.contains("it has no repository");
                prop_assert!(is_named, "{errors}");
            }
            // What is found in manifests is told at its place in the values.
            Err(Fault::Refused(errors)) => {
                let is_placed = errors.contains(&shown) || errors.contains("it comes from here");
                prop_assert!(is_placed, "{text:?}: the error does not name the key:\n{errors}");
            }
            // An empty string stands for nothing given.
            Ok(_) if text.is_empty() => {}
            // A number in quotes is that port.
            Ok(_) if self.name.ends_with("servicePort") && text.parse::<u16>().is_ok() => {}
            Ok(actual) => {
                let expected = replaced(&self.before, &[Place::new(self.name, &self.marker, text)]);
                for (expected, actual) in expected.iter().zip(&actual) {
                    prop_assert_eq!(expected, actual);
                }
                prop_assert_eq!(expected.len(), actual.len(), "the number of documents");
            }
        }
        Ok(())
    }
}

/// Keys that have the same places beside each other as alone.
struct Together<'a> {
    keys: &'a [Key<'a>],
    members: Vec<usize>,
    /// The manifests with the markers of all members in their places.
    before: Vec<Value>,
}

impl<'a> Together<'a> {
    fn of(keys: &'a [Key<'a>]) -> Self {
        let members = (0..keys.len()).filter(|index| keys[*index].marker.contains("marker")).collect();
        let mut together = Self { keys, members, before: Vec::new() };
        while !together.members.is_empty() {
            let count = together.members.len();
            match together.manifests(|index| &keys[index].marker) {
                Ok(manifests) => {
                    together.members.retain(|index| keys[*index].places(&manifests) == keys[*index].places(&keys[*index].before));
                    together.before = manifests;
                    if together.members.len() == count {
                        break;
                    }
                }
                Err(fault) => {
                    together.members.retain(|index| !fault.names(&keys[*index].shown()));
                    if together.members.len() == count {
                        together.members.clear();
                    }
                }
            }
        }
        together
    }

    /// The manifests when each member has its text.
    fn manifests<'t>(&self, text: impl Fn(usize) -> &'t str) -> Result<Vec<Value>, Fault>
    where
        'a: 't,
    {
        let Some(first) = self.keys.first() else { return Ok(Vec::new()) };
        given(first.base, self.members.iter().map(|index| (self.keys[*index].name, text(*index))))
    }

    /// The members whose strings are all in their places, each key with its text.
    fn in_their_places(&self, texts: &[&str]) -> BTreeSet<usize> {
        let mut tried: BTreeSet<usize> = self.members.iter().copied().filter(|index| !texts[*index].is_empty()).collect();
        while !tried.is_empty() {
            // A member whose string is refused has its marker.
            let text = |index: usize| if tried.contains(&index) { texts[index] } else { self.keys[index].marker.as_str() };
            match self.manifests(text) {
                Ok(actual) => {
                    let place = |index: &usize| Place::new(self.keys[*index].name, &self.keys[*index].marker, texts[*index]);
                    let places: Vec<Place> = tried.iter().map(place).collect();
                    return if replaced(&self.before, &places) == actual { tried } else { BTreeSet::new() };
                }
                Err(fault) => {
                    let count = tried.len();
                    tried.retain(|index| !fault.names(&self.keys[*index].shown()));
                    if tried.len() == count {
                        return BTreeSet::new();
                    }
                }
            }
        }
        tried
    }
}

/// The manifests for the base with strings at keys.
fn given<'t>(base: &Value, strings: impl IntoIterator<Item = (&'t str, &'t str)>) -> Result<Vec<Value>, Fault> {
    let mut values = base.clone();
    strings.into_iter().for_each(|(key, text)| put(&mut values, key, text));
    manifests(&values)
}

/// What is wrong with which of the keys, when each is tried with so many strings; all have an effect in the same values.
pub fn faults(base: &Value, names: &[String], count: u32) -> BTreeMap<String, String> {
    let mut faults = BTreeMap::new();
    let mut keys = Vec::new();
    for (number, name) in names.iter().enumerate() {
        match Key::known(name, base, number) {
            Ok(key) => keys.push(key),
            Err(error) => drop(faults.insert(name.clone(), error)),
        }
    }
    let together = Together::of(&keys);
    let strings: Vec<Vec<String>> = keys.iter().map(|key| key.strings(count)).collect();
    let mut failed = BTreeSet::new();
    for round in 0..count as usize {
        let texts: Vec<&str> = strings.iter().map(|texts| texts[round].as_str()).collect();
        let seen = together.in_their_places(&texts);
        let rest = (0..keys.len()).filter(|index| !seen.contains(index));
        failed.extend(rest.filter(|index| keys[*index].alone(texts[*index]).is_err()));
    }
    for key in failed.into_iter().map(|index| &keys[index]) {
        // Once more, for the shortest string that does it.
        let outcome = key.runner(count).run(&nasty(), |text| key.alone(&text));
        faults.insert(key.name.to_owned(), outcome.expect_err("it has just failed").to_string());
    }
    faults
}

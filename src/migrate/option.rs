//! Options of airflow.cfg that have other names by now, which Airflow reads as the ones that they had.
//!
//! To move one changes airflow.cfg, and so the objects: what has to stay is all else, and what Airflow hears of each option.

use std::collections::BTreeMap;

use super::change::{Change, Way};
use super::moves::Moves;
use super::stack::Stack;
use crate::error::Error;
use crate::kubernetes::Manifest;
use crate::output::{self, Format};
use crate::schema::{Airflow, Path, Said, Standing, options_of};
use crate::values::Edition;
use crate::yaml::{Data, Node};

/// A section of airflow.cfg, and the name of an option in it.
type Name = (String, String);

/// An option that has another name by now.
#[derive(Clone, Debug)]
pub struct Renamed {
    old: Name,
    new: Name,
}

/// The options that move: those that the version of the values still reads under the names that they had. If several stand for
/// one, Airflow decides which of them counts, so none of them moves.
pub fn moves(stack: &Stack) -> Result<Vec<Change>, Error> {
    let (values, given) = stack.given()?;
    // Who says no version may run another one than the newest.
    let of_version = values.filter(|values| values.edition() == Edition::Current && given.said().get("airflowVersion").is_some());
    let Some(values) = of_version else { return Ok(Vec::new()) };
    let airflow = values.airflow_version.known();
    let sections = given.said().entries(&["config"]).collect::<Vec<_>>();
    let said =
        sections.iter().flat_map(|(section, options)| options.entries(&[]).map(move |(name, _)| ((*section).to_owned(), name.to_owned())));
    let renamed: Vec<Renamed> = said.filter_map(|old| Renamed::of(airflow, old)).collect();
    let is_alone = |one: &&Renamed| renamed.iter().filter(|other| other.new == one.new).count() == 1;
    Ok(renamed.iter().filter(is_alone).cloned().map(Renamed::change).collect())
}

impl Renamed {
    fn of(airflow: Airflow, old: Name) -> Option<Self> {
        let (name, end) = Airflow::of_secret(&old.0, &old.1);
        let Standing::Former((section, name)) = airflow.standing(&old.0, name) else { return None };
        let new = (section.to_owned(), format!("{name}{end}"));
        Some(Self { old, new })
    }

    fn change(self) -> Change {
        let path = |(section, name): &Name| Path::from(["config", section.as_str(), name.as_str()]);
        let pairs = vec![(path(&self.old), vec![path(&self.new)])];
        let ways = vec![Way::Move(Moves { pairs, over: false, beside: Vec::new() })];
        Change { keys: vec![path(&self.old)], ways, advice: None, option: Some(self) }
    }

    /// Whether Airflow hears of all options what it heard, and the objects are the same but for its names.
    pub fn is_all_that_changes(&self, before: &Stack, after: &Stack) -> bool {
        let Some((mut before, after)) = Heard::of(before).zip(Heard::of(after)) else { return false };
        // Beside the new name the old one does not count.
        if let Some(text) = before.options.remove(&self.old) {
            before.options.entry(self.new.clone()).or_insert(text);
        }
        before == after
    }
}

/// What the values give, with the options of airflow.cfg by their names.
#[derive(PartialEq, Eq)]
struct Heard {
    options: BTreeMap<Name, String>,
    /// The objects without airflow.cfg, and without what follows from its text.
    objects: String,
}

impl Heard {
    fn of(stack: &Stack) -> Option<Self> {
        let mut manifests = stack.manifests()?;
        let mut options = BTreeMap::new();
        for manifest in &mut manifests {
            let is_job = manifest.kind() == "Job";
            if let Some(Node { data: Data::String(text), .. }) = manifest.object.at_mut(&["data", "airflow.cfg"]) {
                let said = options_of(text).into_iter().map(|Said { section, name, value }| ((section.to_owned(), name.to_owned()), value));
                options.extend(said);
                text.clear();
            }
            forget_checksums(&mut manifest.object);
            // It is one of the content.
            if is_job && let Some(name) = manifest.object.at_mut(&["metadata", "name"]) {
                name.data = Data::Null;
            }
        }
        let objects = output::stream(&manifests.iter().collect::<Vec<&Manifest>>(), Format::Yaml);
        Some(Self { options, objects })
    }
}

/// Takes checksums out of annotations.
fn forget_checksums(node: &mut Node) {
    match &mut node.data {
        Data::Map(entries) => {
            entries.retain(|key, _| !key.starts_with("checksum/"));
            entries.values_mut().for_each(|entry| forget_checksums(&mut entry.value));
        }
        Data::List(items) => items.iter_mut().for_each(forget_checksums),
        _ => {}
    }
}

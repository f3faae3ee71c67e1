//! The ledger: what `gen` wrote into a directory, which tells its files from those of others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use super::directory::Directory;
use super::{File, Layout, Stamp, line_ends};
use crate::checksum;
use crate::error::{Diagnostic, Error, code};
use crate::schema::{Kind, Stranger};

/// The ledger's file name.
pub(super) const LEDGER: &str = ".gen-ledger";

/// Beside the place of which the ledger is written that lists old and new files, as long as not all are in their places.
pub(super) const LEDGER_MEANWHILE: &str = ".gen-ledger-meanwhile";

/// What `gen` wrote into a directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub(super) struct Ledger {
    /// Who wrote, and from what.
    #[serde(flatten)]
    pub stamp: Stamp,
    /// The kinds that the cluster has to know besides Kubernetes' own, as in `ScaledObject.keda.sh`.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub requires: BTreeSet<String>,
    /// The files, by path, with the checksum of what was written; while a run lasts, of what is being written too.
    pub files: BTreeMap<String, BTreeSet<String>>,
    /// The objects in the files, by path, as in `apps/v1 Deployment data/airflow-scheduler`.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub objects: BTreeMap<String, Vec<String>>,
}

impl Ledger {
    /// The ledger of a directory; an empty one if there is none.
    pub fn of(directory: &Directory<'_>) -> Result<Self, Error> {
        Self::read(directory, directory.existing(LEDGER)?.as_deref())
    }

    /// The same, of what the file holds.
    pub fn read(directory: &Directory<'_>, bytes: Option<&[u8]>) -> Result<Self, Error> {
        let Some(bytes) = bytes else { return Ok(Self::default()) };
        let broken = |why: String| {
            let broken = Diagnostic::new(format!("`{}` is not a ledger of gen", directory.path.join(LEDGER).display())).note(why);
            Error::from(broken.help("restore it, or remove it and give `--force` once"))
        };
        let ledger: Self = serde_json::from_slice(bytes).map_err(|error| broken(error.to_string()))?;
        // A ledger that somebody changed must not name a file elsewhere.
        let is_within = |path: &str| Path::new(path).components().all(|component| matches!(component, Component::Normal(_)));
        let is_of_git = |path: &str| path.split('/').any(|part| part == ".git");
        let within = |path: &str| !path.is_empty() && is_within(path) && !is_of_git(path);
        match ledger.files.keys().find(|path| !within(path)) {
            Some(outside) => Err(broken(format!("`{outside}` is not a path of gen's in this directory"))),
            None => Ok(ledger),
        }
    }

    /// Fails if some of several files are to be written where others stand in another layout.
    pub fn refuse_other_layout(&self, path: &Path, layout: Layout) -> Result<(), Error> {
        if self.files.is_empty() || self.stamp.layout == layout {
            return Ok(());
        }
        let what = if self.stamp.layout == Layout::Single { "one file" } else { "a file for each object" };
        let error = Diagnostic::new(format!("`{}` has {what}: some of the manifests cannot be written there", path.display()));
        Err(error.coded(code::USAGE).help("write all of them, without `--show-only`, or into another directory").into())
    }

    /// The paths of the files that `gen` wrote.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }

    /// It as a file.
    pub fn text(&self) -> String {
        serde_json::to_string_pretty(self).expect("a ledger is plain data") + "\n"
    }

    /// It once these files are written too, or, unless they are some of several, in the place of all others; but for those that are kept
    /// as they are.
    pub fn after(&self, files: &[File], stamp: &Stamp, partial: bool, kept: &BTreeSet<&str>) -> Self {
        let mut after = if partial { self.clone() } else { Self::default() };
        after.stamp = stamp.clone();
        for File { path, text, objects, .. } in files {
            let before = self.files.get(path).filter(|_| kept.contains(path.as_str()));
            let checksums = before.cloned().unwrap_or_else(|| BTreeSet::from([checksum::of_bytes(text.as_bytes())]));
            after.files.insert(path.clone(), checksums);
            after.objects.insert(path.clone(), objects.clone());
        }
        after.requires = after.objects.values().flatten().filter_map(|object| strange_kind(object)).collect();
        after
    }

    /// It, with the files of another one too.
    pub fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (path, checksums) in &other.files {
            both.files.entry(path.clone()).or_default().extend(checksums.iter().cloned());
        }
        both
    }

    /// Whether the bytes are what `gen` wrote at the path.
    pub fn wrote(&self, path: &str, bytes: &[u8]) -> bool {
        let has = |bytes: &[u8]| self.files.get(path).is_some_and(|checksums| checksums.contains(&checksum::of_bytes(bytes)));
        has(bytes) || line_ends::plain_bytes(bytes).is_some_and(|plain| has(plain.as_bytes()))
    }
}

/// The kind of an object, as in `ScaledObject.keda.sh`, unless it is Kubernetes' own.
fn strange_kind(object: &str) -> Option<String> {
    let mut words = object.split(' ');
    let (api_version, kind) = (words.next()?, words.next()?);
    let is_own = match Kind::find(api_version, kind) {
        Ok(kind) => kind.origin.is_none(),
        Err(stranger) => stranger != Stranger::Unheard,
    };
    (!is_own).then(|| format!("{kind}.{}", api_version.split('/').next().unwrap_or_default()))
}

//! What the last run made of each environment: one that nothing changed since need not be rendered again.
//!
//! It stands in `.gen-cache/` beside the list, where git ignores it by a file of its own. What was told of an
//! environment stands there too, to be told again. An environment is in it if nothing in its values is secret: neither a secret, nor what
//! follows from one, is ever written there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use serde::{Deserialize, Serialize};

use super::Environment;
use super::remark::{Recalling, Remark};
use crate::bounded;
use crate::checksum;
use crate::error::Diagnostic;
use crate::output;

/// The folder, which is named so that people see whose it is.
const FOLDER: &str = ".gen-cache";

/// What is remembered of the environments of a list.
#[derive(Debug, Default)]
pub struct Cache {
    /// Its file; none, if nothing can be remembered.
    file: Option<PathBuf>,
    /// What is in that.
    before: String,
    written: List,
}

/// What is written of a list.
#[derive(Debug, Default, Deserialize, Serialize)]
struct List {
    /// The program that made the directories.
    by: String,
    environments: BTreeMap<String, Entry>,
}

/// What is known of an environment.
#[derive(Debug, Deserialize, Serialize)]
struct Entry {
    /// A checksum of all that its manifests follow from.
    input: String,
    /// A checksum of the ledger of its directory.
    ledger: String,
    /// What was told of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    told: Vec<Remark>,
}

/// An environment of which nothing changed since its files were written.
#[derive(Debug)]
pub struct Known {
    /// How many files it has.
    pub files: usize,
    /// What was told of it.
    pub told: Vec<Diagnostic>,
}

/// What may be remembered of an environment, once its files are written.
#[derive(Debug)]
pub struct Kept {
    /// A checksum of all that its manifests follow from.
    input: String,
    told: Vec<Remark>,
}

impl Kept {
    /// What may be remembered of an environment that follows from this input; nothing, if what was told of it does not stand in its
    /// layers.
    #[must_use]
    pub fn of(environment: &Environment, input: String, told: &[Diagnostic]) -> Option<Self> {
        Some(Self { input, told: Remark::all(told, environment)? })
    }
}

impl Cache {
    /// What is remembered of a list; nothing, if another program wrote it.
    #[must_use]
    pub fn of(list: &Path) -> Self {
        let Some((by, name)) = program().zip(list.file_name()) else { return Self::default() };
        let folder = list.with_file_name(FOLDER);
        // What a link leads to is not gen's.
        if fs::symlink_metadata(&folder).is_ok_and(|found| !found.is_dir()) {
            return Self::default();
        }
        let file = folder.join(name).with_extension("json");
        let before = bounded::read_regular(&file, bounded::MOST).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let before = before.unwrap_or_default();
        let written = serde_json::from_str(&before).ok().filter(|list: &List| list.by == by);
        let written = written.unwrap_or_else(|| List { by, environments: BTreeMap::new() });
        Self { file: Some(file), before, written }
    }

    /// An environment, if nothing changed since its files were written: neither what they follow from, nor they. With `calm`, only if no
    /// warning was told of it.
    #[must_use]
    pub fn unchanged(&self, environment: &Environment, input: &str, calm: bool) -> Option<Known> {
        let entry = self.written.environments.get(&environment.name).filter(|entry| entry.input == input)?;
        if calm && entry.told.iter().any(Remark::is_warning) {
            return None;
        }
        let told = Recalling::of(environment).told(&entry.told)?;
        Some(Known { files: output::as_written(&environment.out, &entry.ledger)?, told })
    }

    /// Remembers what is known of an environment that was written; forgets it without that.
    pub fn keep(&mut self, environment: &Environment, kept: Option<Kept>) {
        let entry = kept.and_then(|Kept { input, told }| Some(Entry { input, ledger: output::ledger_checksum(&environment.out)?, told }));
        match entry {
            Some(entry) => drop(self.written.environments.insert(environment.name.clone(), entry)),
            None => drop(self.written.environments.remove(&environment.name)),
        }
    }

    /// Writes it, for those that are still listed. It can be done without: what cannot be written is left alone.
    pub fn save(mut self, listed: &[Environment]) {
        self.written.environments.retain(|name, _| listed.iter().any(|environment| environment.name == *name));
        let Ok(text) = serde_json::to_string(&self.written) else { return };
        let Some(file) = self.file.filter(|_| text != self.before) else { return };
        if self.before.is_empty() && self.written.environments.is_empty() {
            return;
        }
        let write = || {
            let folder = file.parent()?;
            fs::create_dir_all(folder).ok()?;
            let ignored = folder.join(".gitignore");
            if !ignored.exists() {
                fs::write(ignored, "*\n").ok()?;
            }
            let beside = file.with_extension(format!("{}.unfinished", process::id()));
            fs::write(&beside, &text).ok()?;
            fs::rename(&beside, &file).or_else(|_| fs::remove_file(&beside)).ok()
        };
        let _ = write();
    }
}

/// This program, as it is on the disk: versions in the making have one number.
fn program() -> Option<String> {
    let path = env::current_exe().ok()?;
    let metadata = path.metadata().ok()?;
    let modified = metadata.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(format!("{} {} {} {}", env!("CARGO_PKG_VERSION"), path.display(), metadata.len(), modified.as_nanos()))
}

impl Environment {
    /// A checksum of all that its manifests and what is told of them follow from; none, if that is more than regular files and the list.
    #[must_use]
    pub fn input(&self) -> Option<String> {
        let Self { name, layers, values_from: _, out, member, cluster, style, hydrator_metadata } = self;
        let mut parts = vec![("environment", format!("{name} {member:?} {cluster:?} {style:?} {hydrator_metadata}"))];
        parts.push(("out", out.display().to_string()));
        for layer in layers {
            parts.push(("name", layer.name()?.into_owned()));
            parts.push(("layer", layer.checksum()?));
        }
        Some(checksum::of(parts))
    }
}

//! What the last run made of each environment: one that nothing changed since need not be rendered again.
//!
//! It stands in `.gen-cache/` beside the list, where git ignores it by a file of its own. An environment is in it if nothing was told of it
//! and nothing in its values is secret: neither a secret, nor what follows from one, is ever written there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs, process};

use serde::{Deserialize, Serialize};

use super::Environment;
use crate::bounded;
use crate::checksum;
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
    known: Known,
}

#[derive(Debug, Default, Deserialize, Serialize)]
struct Known {
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
        let known = serde_json::from_str(&before).ok().filter(|known: &Known| known.by == by);
        let known = known.unwrap_or_else(|| Known { by, environments: BTreeMap::new() });
        Self { file: Some(file), before, known }
    }

    /// How many files an environment has, if nothing changed since they were written: neither what they follow from, nor they.
    #[must_use]
    pub fn unchanged(&self, environment: &Environment, input: &str) -> Option<usize> {
        let entry = self.known.environments.get(&environment.name).filter(|entry| entry.input == input)?;
        output::as_written(&environment.out, &entry.ledger)
    }

    /// Remembers what an environment was written from; forgets it without that.
    pub fn keep(&mut self, environment: &Environment, input: Option<String>) {
        let entry = input.and_then(|input| Some(Entry { input, ledger: output::ledger_checksum(&environment.out)? }));
        match entry {
            Some(entry) => drop(self.known.environments.insert(environment.name.clone(), entry)),
            None => drop(self.known.environments.remove(&environment.name)),
        }
    }

    /// Writes it, for those that are still listed. It can be done without: what cannot be written is left alone.
    pub fn save(mut self, listed: &[Environment]) {
        self.known.environments.retain(|name, _| listed.iter().any(|environment| environment.name == *name));
        let Ok(text) = serde_json::to_string(&self.known) else { return };
        let Some(file) = self.file.filter(|_| text != self.before) else { return };
        if self.before.is_empty() && self.known.environments.is_empty() {
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
    /// A checksum of all that its manifests follow from; none, if that is more than regular files and the list.
    #[must_use]
    pub fn input(&self) -> Option<String> {
        let Self { name, layers, values_from: _, out: _, member, cluster, style, hydrator_metadata } = self;
        let mut parts = vec![("environment", format!("{name} {member:?} {cluster:?} {style:?} {hydrator_metadata}"))];
        for layer in layers {
            parts.push(("layer", layer.checksum()?));
        }
        Some(checksum::of(parts))
    }
}

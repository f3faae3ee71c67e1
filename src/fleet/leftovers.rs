//! Directories that environments left behind: their ledgers say that this list made them, and it does not any more.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Component, Path, PathBuf};

use globset::GlobBuilder;

use super::{Environment, Fleet, directories};
use crate::output::{self, Member, member_of};

/// What stands in a path for the name of any environment.
pub(super) const ANY: &str = "\u{e000}";

/// A directory that is left behind.
#[derive(Debug)]
pub struct Leftover {
    /// The directory.
    pub directory: PathBuf,
    /// Whose it was.
    pub whose: Whose,
}

/// Whose a directory was that is left behind.
#[derive(Debug)]
pub enum Whose {
    /// An environment's of the list.
    Environment {
        /// Its name.
        name: String,
        /// Where it has its manifests now, if it is still there.
        now: Option<PathBuf>,
    },
    /// No environment's: one stack was there, above where the directories of environments are now.
    Nobody,
    /// It is not below the folder of the list, or a link leads to it: it is told of, and never removed.
    Others,
}

impl Leftover {
    /// By what a part of the environments knows it.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.whose {
            Whose::Environment { name, .. } => name.clone(),
            Whose::Nobody | Whose::Others => self.directory.display().to_string(),
        }
    }

    /// Whether it may be removed.
    #[must_use]
    pub fn is_own(&self) -> bool {
        !matches!(self.whose, Whose::Others)
    }
}

impl Fleet {
    /// The directories that are left behind, in the order of their paths: those of environments, which are looked for where the list has
    /// directories, with any name in the place of an environment's; and those [above](Self::above) the directories of all environments.
    #[must_use]
    pub fn leftovers(&self) -> Vec<Leftover> {
        let all: Vec<&Environment> = self.environments.iter().collect();
        let taken: BTreeSet<PathBuf> = all.iter().map(|environment| directories::plain(&environment.out)).collect();
        let found: BTreeSet<PathBuf> = self.homes.iter().flat_map(|home| matching(home)).collect();
        let beside = found.into_iter().filter(|directory| !taken.contains(directory)).filter_map(|directory| self.left(directory));
        let mut left: Vec<Leftover> = beside.filter(|leftover| matches!(leftover.whose, Whose::Environment { .. })).collect();
        left.extend(self.above(&all));
        left.sort_by(|one, other| one.directory.cmp(&other.directory));
        left.dedup_by(|one, other| one.directory == other.directory);
        left
    }

    /// The directories above those of environments that `gen -o` wrote, or an environment of this list, in the order of their paths.
    #[must_use]
    pub fn above(&self, environments: &[&Environment]) -> Vec<Leftover> {
        let above = |environment: &&Environment| output::above(&directories::plain(&environment.out));
        let found: BTreeSet<PathBuf> = environments.iter().flat_map(above).collect();
        found.into_iter().filter_map(|directory| self.left(directory)).collect()
    }

    /// Whose a directory with a ledger was, unless another list has it.
    fn left(&self, directory: PathBuf) -> Option<Leftover> {
        // Whatever cannot be read is nothing to speak of here.
        let whose = match member_of(&directory).ok()? {
            Some(Member { name, list }) => {
                let is_of_this = self.member(&directory, "").is_some_and(|own| own.list == list);
                if !is_of_this || !self.has(&directory) || self.is_taken(&directory) {
                    return None;
                }
                let now = self.environments.iter().find(|environment| environment.name == name).map(|environment| environment.out.clone());
                Whose::Environment { name, now }
            }
            None if self.has(&directory) => Whose::Nobody,
            None => Whose::Others,
        };
        Some(Leftover { directory, whose })
    }

    /// Whether a directory is below the folder of the list. A link leads to what is somebody else's.
    fn has(&self, directory: &Path) -> bool {
        let folder = || directories::real(folder_of(&self.list));
        below(&self.list, directory).is_some_and(|below| directories::real(directory) == folder().join(below))
    }

    /// Whether an environment has a directory, by a link.
    fn is_taken(&self, directory: &Path) -> bool {
        let real = directories::real(directory);
        self.environments.iter().any(|environment| directories::real(&environment.out) == real)
    }

    /// An environment of this list as the ledger of its directory says it; none, if the directory is not below the list's folder:
    /// the path from there to the list would be that of this machine.
    pub(super) fn member(&self, directory: &Path, name: &str) -> Option<Member> {
        member(&self.list, directory, name)
    }
}

/// See [`Fleet::member`].
pub(super) fn member(list: &Path, directory: &Path, name: &str) -> Option<Member> {
    let below = below(list, directory)?;
    let file = list.file_name().and_then(OsStr::to_str)?;
    let path = "../".repeat(below.components().count()) + file;
    Some(Member { name: name.to_owned(), list: path })
}

/// The path of a directory from the folder of the list; none if it is not below that.
fn below(list: &Path, directory: &Path) -> Option<PathBuf> {
    let whole = |path: &Path| std::path::absolute(path).map(|path| directories::plain(&path)).ok();
    let below = whole(directory)?.strip_prefix(whole(folder_of(list))?).ok()?.to_owned();
    below.components().all(|component| matches!(component, Component::Normal(_))).then_some(below)
}

fn folder_of(list: &Path) -> &Path {
    list.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where directories of environments would be that have any name: as a text says it, or beside the one that it names.
pub(super) fn home(filled: &Path) -> PathBuf {
    let filled = directories::plain(filled);
    if filled.to_string_lossy().contains(ANY) { filled } else { filled.parent().unwrap_or(Path::new("")).join(ANY) }
}

/// The directories whose paths fit.
fn matching(home: &Path) -> Vec<PathBuf> {
    let mut found = vec![PathBuf::new()];
    for component in home.components() {
        let name = component.as_os_str().to_string_lossy();
        if !name.contains(ANY) {
            for path in &mut found {
                path.push(component);
            }
            continue;
        }
        let Ok(glob) = GlobBuilder::new(&globset::escape(&name).replace(ANY, "*")).build() else { return Vec::new() };
        let matcher = glob.compile_matcher();
        let entries = |path: PathBuf| {
            let folder = if path.as_os_str().is_empty() { Path::new(".") } else { path.as_path() };
            let names = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name());
            names.filter(|name| matcher.is_match(name)).map(|name| path.join(name)).collect::<Vec<_>>()
        };
        found = found.into_iter().flat_map(entries).collect();
    }
    found.retain(|path| path.is_dir());
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_named_from_the_directory() {
        let path = |list: &str, directory: &str| member(Path::new(list), Path::new(directory), "dev").map(|member| member.list);
        assert_eq!(path("gen.yaml", "rendered/dev").as_deref(), Some("../../gen.yaml"));
        assert_eq!(path("a/b.yaml", "a/./c/../dev").as_deref(), Some("../b.yaml"));
        assert_eq!(path("gen.yaml", "../deploy/dev"), None);
        assert_eq!(path("a/gen.yaml", "b/dev"), None);
    }

    #[test]
    fn a_home_has_any_name_in_the_place_of_an_environments() {
        assert_eq!(home(Path::new("rendered/\u{e000}/x")), Path::new("rendered/\u{e000}/x"));
        assert_eq!(home(Path::new("clusters/prod")), Path::new("clusters/\u{e000}"));
        assert_eq!(home(Path::new("prod")), Path::new("\u{e000}"));
    }
}

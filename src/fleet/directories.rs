//! The directories of environments: each has its own, and none lies within another's.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

/// A path with `.` and `..` resolved as far as its text says.
pub fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(plain.components().next_back(), Some(Component::Normal(_))) => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

/// Where a directory is in fact, links followed as far as there is something.
pub fn real(path: &Path) -> PathBuf {
    let whole = plain(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
    let found = whole.ancestors().find_map(|above| Some((above.canonicalize().ok()?, whole.strip_prefix(above).ok()?)));
    found.map_or_else(|| whole.clone(), |(above, below)| above.join(below))
}

/// Each directory that an earlier one has, is in or holds, with the number of that one.
pub fn shared<'p>(directories: impl IntoIterator<Item = &'p Path>) -> Vec<(usize, usize)> {
    let mut sorted: BTreeMap<PathBuf, usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (number, directory) in directories.into_iter().enumerate() {
        let directory = plain(directory);
        let above = directory.ancestors().find_map(|above| sorted.get(above));
        // Paths sort by their components: what lies below one comes right behind it.
        let below = sorted.range(directory.clone()..).next().filter(|(path, _)| path.starts_with(&directory));
        match above.or(below.map(|(_, number)| number)) {
            Some(other) => found.push((number, *other)),
            None => {
                sorted.insert(directory, number);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_directory_is_within_another() {
        let found = |paths: &[&str]| shared(paths.iter().map(Path::new));
        assert_eq!(found(&["a", "b", "a-b", "ab", "a.b"]), []);
        assert_eq!(found(&["a", "b/../a"]), [(1, 0)]);
        assert_eq!(found(&["a", "./a/"]), [(1, 0)]);
        assert_eq!(found(&["a/b/c", "a-b", "a"]), [(2, 0)]);
        assert_eq!(found(&["a", "a/b"]), [(1, 0)]);
        assert_eq!(found(&["x", "."]), [(1, 0)]);
    }
}

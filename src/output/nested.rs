//! Directories of gen's that lie within one another: whoever applies the outer one with all below it gets both.

use std::fs;
use std::path::{Component, Path, PathBuf};

use super::ledger::LEDGER;

/// The directories with a ledger above one, as far as its path names them; the nearest first.
#[must_use]
pub fn above(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut below = path;
    // Above `..` the text of a path says nothing.
    while let (Some(Component::Normal(_)), Some(parent)) = (below.components().next_back(), below.parent()) {
        found.push(if parent.as_os_str().is_empty() { PathBuf::from(".") } else { parent.to_owned() });
        below = parent;
    }
    found.retain(|directory| has_ledger(directory));
    found
}

/// The directories with a ledger below one, in the order of their paths. Hidden folders are left out, and links are not followed.
#[must_use]
pub fn below(path: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    look(path, &mut found);
    found
}

fn look(folder: &Path, found: &mut Vec<PathBuf>) {
    // Whatever cannot be read is nothing to speak of here.
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let is_looked_into =
        |entry: &fs::DirEntry| !entry.file_name().as_encoded_bytes().starts_with(b".") && entry.file_type().is_ok_and(|kind| kind.is_dir());
    let mut folders: Vec<PathBuf> = entries.filter(is_looked_into).map(|entry| entry.path()).collect();
    folders.sort();
    for folder in folders {
        if has_ledger(&folder) {
            found.push(folder.clone());
        }
        look(&folder, found);
    }
}

fn has_ledger(directory: &Path) -> bool {
    directory.join(LEDGER).is_file()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_are_found_above_and_below() {
        let folder = tempfile::tempdir().unwrap();
        let top = folder.path();
        for directory in ["", "a/b", "a/b/c", "a/.hidden", "d"] {
            fs::create_dir_all(top.join(directory)).unwrap();
            fs::write(top.join(directory).join(LEDGER), "{}").unwrap();
        }
        let inner = |found: Vec<PathBuf>| -> Vec<PathBuf> { found.into_iter().filter(|path| path.starts_with(top)).collect() };
        assert_eq!(inner(above(&top.join("a/b/c/e"))), [top.join("a/b/c"), top.join("a/b"), top.to_owned()]);
        assert_eq!(inner(above(&top.join("a/b"))), [top.to_owned()]);
        assert_eq!(below(top), [top.join("a/b"), top.join("a/b/c"), top.join("d")]);
        assert_eq!(above(Path::new("../..")), Vec::<PathBuf>::new());
        assert_eq!(below(&top.join("gone")), Vec::<PathBuf>::new());
    }
}

//! Folders with files in them, and git.

use std::fs;
use std::path::Path;
use std::process::Command;

/// A folder with files in it, by their paths there.
pub fn folder_with(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in files {
        write_in(folder.path(), path, text);
    }
    folder
}

/// Writes a file of a folder, and makes the folders that it needs.
pub fn write_in(folder: &Path, path: &str, text: &str) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs git in a folder, with an author of its own; gives what it prints.
pub fn git(folder: &Path, arguments: &[&str]) -> String {
    let own = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"];
    let done = Command::new("git").args(own).args(arguments).current_dir(folder).output().unwrap();
    assert!(done.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

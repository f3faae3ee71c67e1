//! No file outside of a directory is read, written or deleted, whatever the directory and its ledger hold.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};

use crate::support::{home, run_in};

const FILE: &str = "scheduler/scheduler-deployment.yaml";

/// What stands outside, which nobody may read: who does finds a fault in it, or an object of its name.
const PRECIOUS: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: precious}\ndta: {}\n";

/// Its checksum: what a ledger lists with it is gen's own, to overwrite and to remove.
const CHECKSUM: &str = "76de8a6fb1c23ba8f122fbed8e33953e1d11e9c97997c20a11ccae84acb5e4ea";

/// Every command that reads or writes the directory `out`.
const COMMANDS: &[&[&str]] = &[
    &["-f", "values.yaml", "-o", "out"],
    &["-f", "values.yaml", "-o", "out", "--force"],
    &["-f", "values.yaml", "-o", "out", "--force", "--with-secrets", "--kustomization"],
    &["-f", "values.yaml", "-o", "out", "--force", "-s", "scheduler/*"],
    &["all"],
    &["all", "--force", "--with-secrets"],
    &["all", "--check"],
    &["diff", "out", "-f", "values.yaml"],
    &["diff", "out", "empty"],
    &["diff", "empty", "out"],
    &["check", "out"],
    &["check", "out", "--message-format", "sarif"],
];

/// What makes something in the directory.
type Trap = fn(&Path);

/// Everything in a directory that might lead out of it, by what it is called.
const TRAPS: &[(&str, Trap)] = &[
    ("a link to a folder", |out| symlink("../outside/scheduler", out.join("scheduler")).unwrap()),
    ("a link to a folder, from the root", |out| symlink(outside(out).join("scheduler"), out.join("scheduler")).unwrap()),
    ("a link to the folder above", |out| symlink("..", out.join("up")).unwrap()),
    ("a link to a link", |out| {
        symlink("../outside", out.join("away")).unwrap();
        symlink("away/scheduler", out.join("scheduler")).unwrap();
    }),
    ("a link to a file", |out| {
        fs::create_dir(out.join("scheduler")).unwrap();
        symlink(Path::new("../../outside").join(FILE), out.join(FILE)).unwrap();
    }),
    ("a link to a file of another name", |out| symlink(Path::new("../outside").join(FILE), out.join("a.yaml")).unwrap()),
    ("a link to a file that is not there", |out| {
        fs::create_dir(out.join("scheduler")).unwrap();
        symlink("../../outside/new.yaml", out.join(FILE)).unwrap();
    }),
    ("a link to itself", |out| symlink("scheduler", out.join("scheduler")).unwrap()),
    ("another name of a file", |out| {
        fs::create_dir(out.join("scheduler")).unwrap();
        fs::hard_link(outside(out).join(FILE), out.join(FILE)).unwrap();
    }),
    ("a ledger elsewhere", |out| symlink("../outside/ledger", out.join(".gen-ledger")).unwrap()),
    ("a kustomization elsewhere", |out| symlink(Path::new("../outside").join(FILE), out.join("kustomization.yaml")).unwrap()),
    ("a file as kubectl names those that it compares", |out| {
        symlink(Path::new("../outside").join(FILE), out.join("v1.ConfigMap.default.a")).unwrap();
    }),
    ("a listed file behind a link", |out| {
        symlink("../outside", out.join("old")).unwrap();
        list(out, &format!("old/{FILE}"));
    }),
    ("a listed file behind a link to the root", |out| {
        symlink("/", out.join("old")).unwrap();
        list(out, &format!("old{}", outside(out).join(FILE).display()));
    }),
    ("a listed path upwards", |out| list(out, &format!("../outside/{FILE}"))),
    ("a listed path upwards, from within", |out| list(out, &format!("scheduler/../../outside/{FILE}"))),
    ("a listed path from the root", |out| list(out, &outside(out).join(FILE).display().to_string())),
    ("a listed path from here", |out| list(out, &format!("./../outside/{FILE}"))),
    ("a listed folder", |out| {
        fs::create_dir_all(out.join("old/below")).unwrap();
        list(out, "old");
    }),
    ("no path in the ledger", |out| list(out, "")),
    ("the ledger in the ledger", |out| list(out, ".gen-ledger")),
];

fn outside(out: &Path) -> PathBuf {
    out.parent().unwrap().join("outside")
}

/// Writes a ledger that lists a path.
fn list(out: &Path, path: &str) {
    fs::write(out.join(".gen-ledger"), serde_json::json!({"files": {path: [CHECKSUM]}}).to_string()).unwrap();
}

/// All that is outside, with who may read it.
fn kept(folder: &Path) -> BTreeMap<PathBuf, (u32, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let (path, metadata) = (entry.path(), entry.metadata().unwrap());
            if metadata.is_dir() {
                folders.push(path.clone());
            }
            let bytes = if metadata.is_file() { fs::read(&path).unwrap() } else { Vec::new() };
            found.insert(path, (metadata.permissions().mode(), bytes));
        }
    }
    found
}

#[test]
fn nothing_outside_is_read_written_or_deleted() {
    for (what, trap) in TRAPS {
        for command in COMMANDS {
            let folder = tempfile::tempdir().unwrap();
            let (out, outside) = (folder.path().join("out"), folder.path().join("outside"));
            fs::copy(home().join("values/airflow-azure-image.yaml"), folder.path().join("values.yaml")).unwrap();
            fs::write(folder.path().join("gen.yaml"), "values: [values.yaml]\nenvironments: {dev: {out: out}}\n").unwrap();
            for path in [&out, &folder.path().join("empty"), &outside.join("scheduler")] {
                fs::create_dir_all(path).unwrap();
            }
            fs::write(outside.join(FILE), PRECIOUS).unwrap();
            trap(&out);
            let before = kept(&outside);
            let run = run_in(folder.path(), command, "");
            let said = format!("{what}: {command:?}: exit status {}\n{}{}", run.status, run.stdout, run.stderr);
            assert!((0..=2).contains(&run.status), "{said}");
            assert_eq!(kept(&outside), before, "{said}");
            // By another name in it, a file is in the directory.
            assert!(*what == "another name of a file" || !(run.stdout + &run.stderr).contains("precious"), "{said}");
        }
    }
}

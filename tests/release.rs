//! What a release has, as the files say that make it, that install it and that tell of it.

use std::fs;
use std::process::Command;

use serde_json::Value;

use crate::support::home;

fn read(path: &str) -> String {
    fs::read_to_string(home().join(path)).unwrap()
}

/// What is behind the first of some words in a text, up to a character.
fn behind<'t>(text: &'t str, words: &str, end: char) -> &'t str {
    text.split(words).nth(1).unwrap().split(end).next().unwrap()
}

#[test]
fn each_system_has_its_archive_wherever_they_are_listed() {
    let config: Value = yaml_serde::from_str(&read(".goreleaser.yaml")).unwrap();
    let targets: Vec<&str> = config["builds"][0]["targets"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(targets.len(), 5);
    let (script, page, manifest) = (read("packaging/install.sh"), read("docs/install.md"), read("Cargo.toml"));
    for target in targets {
        let is_windows = target.contains("windows");
        let archive = format!("`gen-VERSION-{target}.{}`", if is_windows { "zip" } else { "tar.gz" });
        assert!(page.contains(&archive), "docs/install.md has no {archive}");
        let installs = if is_windows { &manifest } else { &script };
        assert!(installs.contains(target), "nothing installs {target}");
    }
}

/// Workflows and Dockerfiles cannot read `Cargo.toml`.
#[test]
fn the_oldest_rust_is_the_same_everywhere() {
    let manifest = read("Cargo.toml");
    let oldest = behind(&manifest, "\nrust-version = \"", '"');
    for (path, words, end) in [
        ("README.md", "a Rust toolchain (", ' '),
        ("docs/install.md", "a Rust toolchain, ", ' '),
        ("examples/argocd/Dockerfile", "FROM rust:", '-'),
    ] {
        assert_eq!(behind(&read(path), words, end), oldest, "{path}");
    }
}

#[test]
fn the_notes_of_a_release_are_what_the_changes_say_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("packaging")).unwrap();
    fs::copy(home().join("packaging/notes"), at("packaging/notes")).unwrap();
    fs::write(at("Cargo.toml"), "[package]\nversion = \"0.2.0\"\n").unwrap();
    fs::write(at("CHANGELOG.md"), "# Changes\n\n## Unreleased\n\n- c\n\n## 0.2.0\n\n- b\n- a\n\n## 0.1.0\n\n- 0\n").unwrap();
    let notes = |tag: &str| {
        let done = Command::new("sh").arg(at("packaging/notes")).arg(tag).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (done.status.code(), text(done.stdout), text(done.stderr))
    };
    assert_eq!(notes("v0.2.0"), (Some(0), "\n- b\n- a\n".to_owned(), String::new()));
    assert_eq!(notes("v0.1.0"), (Some(1), String::new(), "notes: Cargo.toml has another version than v0.1.0\n".to_owned()));
    fs::write(at("CHANGELOG.md"), "# Changes\n\n## Unreleased\n\n- b\n").unwrap();
    assert_eq!(notes("v0.2.0"), (Some(1), String::new(), "notes: CHANGELOG.md has no heading \"## 0.2.0\"\n".to_owned()));
}

//! `values/airflow-azure.yaml` gives the manifests of the reference repository, object by object.
//!
//! The digests of their canonical forms stand in `golden/reference.sha256`, made by `tests/reference-digest.py`. Where
//! the reference itself is at hand, what differs is printed.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use crate::support::{self, home, run, tree};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// An object without its null and empty fields, as an API server keeps it, with its keys sorted.
fn canonical(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let entries: BTreeMap<String, Value> = entries.into_iter().map(|(key, value)| (key, canonical(value))).collect();
            let is_said =
                |value: &Value| !(value.is_null() || *value == Value::Object(serde_json::Map::new()) || *value == Value::Array(Vec::new()));
            Value::Object(entries.into_iter().filter(|(_, value)| is_said(value)).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(canonical).collect()),
        other => other,
    }
}

fn parse(text: &str) -> Value {
    canonical(yaml_serde::from_str(text).unwrap())
}

fn rendered() -> BTreeMap<PathBuf, String> {
    let directory = tempfile::tempdir().unwrap();
    let written = run(&["-f", "values/airflow-azure.yaml", "-o", directory.path().to_str().unwrap()]);
    assert_eq!(written.status, 0, "{}", written.stderr);
    tree(directory.path())
}

#[test]
fn the_digests_are_those_of_the_reference() {
    let digests: String = rendered()
        .iter()
        .map(|(path, text)| {
            let digest = Sha256::digest(serde_json::to_string(&parse(text)).unwrap());
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            format!("{digest}  {}\n", path.display())
        })
        .collect();
    let expected = fs::read_to_string(home().join("golden/reference.sha256")).unwrap();
    let expected: String = expected.lines().filter(|line| !line.starts_with('#')).map(|line| line.to_owned() + "\n").collect();
    assert!(digests == expected, "{}", support::difference(&expected, &digests));
}

#[test]
fn the_objects_are_those_of_the_reference() {
    let reference = home().join("../shared/reference/resource-definitions");
    let expected = tree(&reference);
    if expected.is_empty() {
        eprintln!("skipped: the reference is not at hand; its digests are compared all the same");
        return;
    }
    let rendered = rendered();
    assert_eq!(expected.keys().collect::<Vec<_>>(), rendered.keys().collect::<Vec<_>>());
    let pretty = |text: &str| serde_json::to_string_pretty(&parse(text)).unwrap();
    let differing: Vec<String> = expected
        .iter()
        .map(|(path, text)| (path, pretty(text), pretty(&rendered[path])))
        .filter(|(_, expected, rendered)| expected != rendered)
        .map(|(path, expected, rendered)| format!("{}:\n{}", path.display(), support::difference(&expected, &rendered)))
        .collect();
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

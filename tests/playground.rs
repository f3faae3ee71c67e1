//! The playground's packages: each has a reason and one version, and none the address of a registry. `playground/test` has the rest.

use std::fs;

use serde_json::Value;

use crate::support::home;

fn json(path: &str) -> Value {
    serde_json::from_str(&fs::read_to_string(home().join(path)).unwrap()).unwrap()
}

#[test]
fn every_package_has_its_reason_and_one_version() {
    let decisions = fs::read_to_string(home().join("docs/decisions.md")).unwrap();
    let reasons = decisions.split("\nThe packages of npm").nth(1).unwrap().split("\n## ").next().unwrap();
    let manifest = json("playground/package.json");
    let packages = ["dependencies", "devDependencies"].into_iter().flat_map(|part| manifest[part].as_object().unwrap());
    for (name, version) in packages {
        assert!(reasons.contains(&format!("`{name}`")), "{name} has no reason");
        assert!(version.as_str().unwrap().chars().all(|c| c.is_ascii_digit() || c == '.'), "{name}: {version}");
    }
}

#[test]
fn the_lock_file_names_no_registry() {
    let lock = json("playground/package-lock.json");
    let packages = lock["packages"].as_object().unwrap();
    assert!(packages.len() > 20);
    for (name, package) in packages {
        assert!(package.get("resolved").is_none(), "{name}");
        assert!(name.is_empty() || package.get("integrity").is_some(), "{name}");
    }
}

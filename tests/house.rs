//! The rules of the house: what keeps it in order, and no compiler sees.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::{home, tree};

fn folder(name: &str) -> BTreeMap<PathBuf, String> {
    let mut files = tree(&home().join(name));
    files.retain(|path, _| path.extension().is_some_and(|ending| ending != "json"));
    files
}

/// A hole is a whole value: `name: {{ name ~ "-config" }}`, never `name: {{ name }}-config`.
#[test]
fn every_hole_of_a_template_is_a_whole_value() {
    let mut faults = Vec::new();
    for (path, text) in folder("templates") {
        for (number, line) in text.lines().enumerate() {
            let mut rest = line;
            while let Some(start) = rest.find("{{") {
                let end = rest[start..].find("}}").expect("a hole ends on its line") + start + 2;
                let before = &rest[..start];
                let after = &rest[end..];
                let begins = before.trim().is_empty() || before.ends_with(": ") || before.ends_with("- ");
                let ends = after.is_empty() || (before.trim().is_empty() && after.starts_with(": "));
                if !begins || !ends {
                    faults.push(format!("{}:{}: {line}", path.display(), number + 1));
                }
                rest = after;
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// A template with its fragments in the places where it includes them.
fn whole(path: &Path, text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    for line in text.lines() {
        let fragment = line.trim().strip_prefix("{% include \"").and_then(|rest| rest.strip_suffix("\" %}"));
        let Some(fragment) = fragment else {
            lines.push(line.to_owned());
            continue;
        };
        let edition = path.components().next().unwrap();
        let fragment = Path::new(&edition).join(fragment);
        lines.extend(whole(&fragment, &folder("templates")[&fragment]));
    }
    lines
}

/// If the `{%` lines of a template outnumber its YAML lines, the logic belongs in Rust.
#[test]
fn templates_are_yaml_with_holes() {
    let mut faults = Vec::new();
    // A fragment is counted where it stands.
    for (path, text) in folder("templates").into_iter().filter(|(path, _)| !path.to_string_lossy().contains("_fragments")) {
        let lines = whole(&path, &text);
        let logic = lines.iter().filter(|line| line.trim_start().starts_with("{%")).count();
        if logic * 2 > lines.len() {
            faults.push(format!("{}: {logic} of {} lines", path.display(), lines.len()));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// One idea, one file, and the file has its name.
#[test]
fn files_are_small_and_named_for_their_idea() {
    let sources = folder("src");
    let mut lines: Vec<usize> = sources.values().map(|text| text.lines().count()).collect();
    lines.sort_unstable();
    assert!(lines[lines.len() / 2] < 100, "the median is {} lines", lines[lines.len() / 2]);
    let faults: Vec<_> = sources
        .iter()
        .filter(|(path, text)| {
            let name = path.file_stem().unwrap().to_string_lossy();
            path.extension().is_some_and(|ending| ending == "rs") && text.lines().count() > 300
                || ["utils", "util", "helpers", "helper", "common", "misc"].contains(&&*name)
        })
        .map(|(path, text)| format!("{}: {} lines", path.display(), text.lines().count()))
        .collect();
    assert_eq!(faults, Vec::<String>::new());
}

/// Nothing imports to its left: a step knows the type that it consumes, and no step after it.
#[test]
fn the_flow_goes_one_way() {
    let steps = ["values", "layers", "model", "render", "manifest", "delivery", "checks", "output", "graph", "cli"];
    // What each step may use besides itself and the ground (`error`, `source`, `yaml`, `schema`).
    let allowed: [&[&str]; 10] = [
        &[],
        &["values"],
        &["values"],
        &["model"],
        &["render"],
        &["values", "manifest"],
        &["values", "model", "manifest"],
        &["manifest"],
        &["manifest"],
        &steps,
    ];
    let mut faults = Vec::new();
    for (path, text) in folder("src") {
        let step = path.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(position) = steps.iter().position(|name| *name == step) else { continue };
        let production = text.split("#[cfg(test)]").next().unwrap();
        for other in steps.iter().filter(|other| **other != step && !allowed[position].contains(other)) {
            if production.contains(&format!("crate::{other}::")) || production.contains("crate::{") {
                faults.push(format!("{} uses `{other}`", path.display()));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// No check names a component: what it needs to know, the component declares.
#[test]
fn checks_over_manifests_name_no_component() {
    let mut faults = Vec::new();
    for (path, text) in folder("src/checks") {
        for component in [
            "scheduler",
            "api_server",
            "apiServer",
            "webserver",
            "dag_processor",
            "dagProcessor",
            "triggerer",
            "workers",
            "redis",
            "statsd",
            "create_user_job",
            "createUserJob",
            "migrate_database_job",
            "migrateDatabaseJob",
        ] {
            let field = format!("values.{component}");
            let field = text.match_indices(&field).any(|(at, _)| !text[at + field.len()..].starts_with('_'));
            if field || [format!("\"{component}."), format!("\"{component}\"")].iter().any(|name| text.contains(name)) {
                faults.push(format!("{} names `{component}`", path.display()));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// A file of tests without its line in `suite.rs` or `cases.rs` would never run.
#[test]
fn every_file_of_tests_has_its_line() {
    let files = tree(&home().join("tests"));
    let roots = ["suite.rs", "cases.rs"];
    let lines: String = roots.iter().map(|root| files[Path::new(root)].as_str()).collect();
    let module = |path: &PathBuf| Some(path.to_str()?.strip_suffix(".rs")?.to_owned()).filter(|name| !name.contains('/'));
    let forgotten = |name: &String| !roots.contains(&format!("{name}.rs").as_str()) && !lines.contains(&format!("\nmod {name};\n"));
    let forgotten: Vec<_> = files.keys().filter_map(module).filter(forgotten).collect();
    assert_eq!(forgotten, Vec::<String>::new());
}

/// Each dependency has its reason in one line of `docs/decisions.md`.
#[test]
fn every_dependency_has_its_reason() {
    let manifest = std::fs::read_to_string(home().join("Cargo.toml")).unwrap();
    let decisions = std::fs::read_to_string(home().join("docs/decisions.md")).unwrap();
    let mut section = "";
    let mut missing = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            section = line;
        } else if section.ends_with("dependencies]")
            && let Some((name, _)) = line.split_once(" = ")
            && !decisions.contains(&format!("| `{name}` |"))
        {
            missing.push(name);
        }
    }
    assert_eq!(missing, Vec::<&str>::new());
    let rows = decisions.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` |")).map(|(name, _)| name);
    let gone: Vec<&str> = rows.filter(|name| !manifest.contains(&format!("\n{name} = "))).collect();
    assert_eq!(gone, Vec::<&str>::new());
}

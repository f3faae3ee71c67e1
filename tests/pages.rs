//! The pages of `docs/` that are made of the source: findings, keys and commands.

use std::collections::BTreeSet;
use std::fs;

use airflow_gen::values::Edition;
use airflow_gen::{checks, cli, manual};

use crate::support::{home, run, updates};

/// Each page and its file in `docs/`.
fn pages() -> [(&'static str, String); 4] {
    [
        ("findings.md", checks::page()),
        ("keys.md", manual::reference(Edition::Current)),
        ("keys-1.10.md", manual::reference(Edition::V1_10)),
        ("commands.md", cli::page()),
    ]
}

#[test]
fn the_pages_are_up_to_date() {
    for (name, page) in pages() {
        let path = home().join("docs").join(name);
        if updates() {
            fs::write(&path, &page).unwrap();
        }
        assert!(fs::read_to_string(&path).unwrap_or_default() == page, "UPDATE_GOLDEN=1 cargo test writes docs/{name}");
    }
}

/// GitHub shows Markdown up to half a mebibyte.
#[test]
fn the_pages_can_be_read() {
    for (name, page) in pages().into_iter().skip(1) {
        assert!(page.len() < 500_000, "{name} has {} bytes", page.len());
        let shown = |line: &str| line.split_once("</a>").map_or_else(|| line.to_owned(), |(_, shown)| shown.to_owned());
        let long: Vec<String> = page.lines().map(shown).filter(|line| line.chars().count() > 120 && line.contains(' ')).collect();
        assert_eq!(long, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn every_key_has_a_place_on_the_page_once() {
    let page = manual::reference(Edition::Current);
    let places: Vec<&str> = page.split("<a id=\"").skip(1).map(|part| part.split('"').next().unwrap()).collect();
    assert_eq!(places.len(), places.iter().collect::<BTreeSet<_>>().len());
    for key in [
        "scheduler.replicas",
        "workers.celery.sets.name",
        "dagProcessor.sets",
        "airflowVersion",
        "apiServer",
        "config",
        "dags.gitSync.repo",
    ] {
        assert!(places.contains(&key), "{key}");
    }
}

#[test]
fn every_command_that_help_lists_is_on_the_page() {
    let (help, page) = (run(&["--help"]).stdout, cli::page());
    let commands = help.split("Commands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let commands = commands.lines().filter_map(|line| line.strip_prefix("  ")).filter(|line| !line.starts_with(' '));
    for command in commands.filter_map(|line| line.split(' ').next()).filter(|command| *command != "help") {
        assert!(page.contains(&format!("\n## `gen {command}`\n")), "{command}");
    }
    for hidden in ["template", "version"] {
        assert!(!page.contains(&format!("`gen {hidden}`")), "{hidden}");
    }
}

//! The rules of the house: what keeps it in order, and no compiler sees.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use airflow_gen::values::{Values, camel_case};

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
                let begins = before.is_empty() || before.ends_with(": ") || before.ends_with("- ");
                if !begins || !after.is_empty() {
                    faults.push(format!("{}:{}: {line}", path.display(), number + 1));
                }
                rest = after;
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// If the `{%` lines of a template or a fragment outnumber its YAML lines, the logic belongs in Rust; most have none.
#[test]
fn templates_are_yaml_with_holes() {
    let mut faults = Vec::new();
    let mut all = Vec::new();
    for (path, text) in folder("templates") {
        let logic = text.lines().filter(|line| line.trim_start().starts_with("{%")).count();
        all.push(logic);
        if logic * 2 > text.lines().count() {
            faults.push(format!("{}: {logic} of {} lines", path.display(), text.lines().count()));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
    all.sort_unstable();
    assert!(all[all.len() / 2] <= 2, "the median is {} lines", all[all.len() / 2]);
}

/// A template tests and loops; what would make a text of its holes, such as `{% set %}`, is not for it. No template has
/// the character with which the token of a hole begins.
#[test]
fn templates_have_plain_statements() {
    let mut faults = Vec::new();
    for (path, text) in folder("templates") {
        for line in text.lines() {
            let statement = line.trim_start().strip_prefix("{%").map(|rest| rest.split_whitespace().next().unwrap_or_default());
            let plain = statement.is_none_or(|word| ["if", "elif", "else", "endif", "for", "endfor"].contains(&word));
            if !plain || line.trim_start().starts_with("{%") != line.contains("{%") || line.contains('\u{e000}') {
                faults.push(format!("{}: {line}", path.display()));
            }
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
    let steps = [
        "values",
        "kubernetes",
        "layers",
        "model",
        "render",
        "manifest",
        "intake",
        "delivery",
        "checks",
        "manual",
        "output",
        "diff",
        "graph",
        "migrate",
        "pins",
        "krm",
        "fleet",
        "argocd",
        "cli",
    ];
    // What each step may use besides itself and the ground.
    let allowed: [&[&str]; 19] = [
        &[],
        &[],
        &["values"],
        &["values", "kubernetes"],
        &["model"],
        &["render", "kubernetes"],
        &["kubernetes"],
        &["values", "kubernetes"],
        &["values", "model", "kubernetes"],
        &["values", "layers", "checks"],
        &["kubernetes"],
        &["kubernetes", "intake", "output"],
        &["kubernetes"],
        &["values", "kubernetes", "layers", "checks", "output"],
        &["values", "kubernetes", "layers", "checks"],
        &["values", "kubernetes", "layers"],
        &["layers", "checks", "output"],
        &["layers", "checks", "fleet"],
        &steps,
    ];
    // What is no step: what any of them may use, and what calls them.
    let ground = [
        "bounded", "cause", "error", "report", "source", "yaml", "schema", "checksum", "encoded", "fresh", "git", "literal", "shell",
        "told", "lib", "main",
    ];
    let mut faults = Vec::new();
    for (path, text) in folder("src") {
        let step = path.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let Some(position) = steps.iter().position(|name| *name == step) else {
            if !ground.contains(&step.as_str()) {
                faults.push(format!("{} is neither a step nor the ground", path.display()));
            }
            continue;
        };
        let production = text.split("#[cfg(test)]").next().unwrap();
        for other in steps.iter().filter(|other| **other != step && !allowed[position].contains(other)) {
            if production.contains(&format!("crate::{other}::")) || production.contains("crate::{") {
                faults.push(format!("{} uses `{other}`", path.display()));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// The files that name components, where what they do is not said by what they declare, and the components.
const KNOWN: [(&str, &str); 58] = [
    ("checks/values/current/authority_not_mounted.rs", "workers"),
    ("checks/values/current/autoscalers_of_one.rs", "workers"),
    ("checks/values/current/batch_size_of_later_version.rs", "database_cleanup"),
    ("checks/values/current/broker_missing.rs", "redis"),
    ("checks/values/current/container_that_never_ends.rs", "workers"),
    ("checks/values/current/dag_processor_missing.rs", "dag_processor"),
    ("checks/values/current/database_idle.rs", "postgresql"),
    ("checks/values/current/database_image.rs", "postgresql"),
    ("checks/values/current/database_missing.rs", "postgresql"),
    ("checks/values/current/database_password.rs", "postgresql"),
    ("checks/values/current/database_user.rs", "postgresql"),
    ("checks/values/current/database_user_beside.rs", "postgresql"),
    ("checks/values/current/execution_server_missing.rs", "api_server"),
    ("checks/values/current/import_extra.rs", "import_job"),
    ("checks/values/current/import_name.rs", "import_job"),
    ("checks/values/current/import_without_value.rs", "import_job"),
    ("checks/values/current/mappings_without_effect.rs", "statsd"),
    ("checks/values/current/owner_without_root.rs", "workers"),
    ("checks/values/current/pool_file_not_mounted.rs", "pgbouncer"),
    ("checks/values/current/pool_of_mysql.rs", "pgbouncer"),
    ("checks/values/current/pool_user_of_several_lines.rs", "pgbouncer"),
    ("checks/values/current/pool_user_with_two_passwords.rs", "pgbouncer"),
    ("checks/values/current/pool_without_authorities.rs", "pgbouncer"),
    ("checks/values/current/pool_without_logins.rs", "pgbouncer"),
    ("checks/values/current/pool_without_tls.rs", "pgbouncer"),
    ("checks/values/current/processor_set.rs", "dag_processor"),
    ("checks/values/current/queue_that_no_triggerer_takes.rs", "triggerer workers"),
    ("checks/values/current/queue_that_no_worker_takes.rs", "workers"),
    ("checks/values/current/scheduler_missing.rs", "scheduler"),
    ("checks/values/current/sets_of_nothing.rs", "dag_processor triggerer"),
    ("checks/values/current/triggerer_set.rs", "triggerer"),
    ("checks/values/current/workers_missing.rs", "workers"),
    ("model/current/airflow_cfg.rs", "api_server dag_processor flower scheduler statsd triggerer workers workers.edge"),
    ("model/current/basis.rs", "api_server webserver"),
    ("model/current/broker.rs", "redis"),
    ("model/current/component/import_job.rs", "import_job"),
    ("model/current/component/jobs.rs", "migrate_database_job"),
    ("model/current/component/otel_collector.rs", "otel_collector"),
    ("model/current/component/pgbouncer.rs", "pgbouncer"),
    ("model/current/component/postgresql.rs", "postgresql"),
    ("model/current/component/sets.rs", "dag_processor triggerer workers workers.edge"),
    ("model/current/component/statsd.rs", "statsd"),
    ("model/current/component/task_pods.rs", "workers"),
    ("model/current/component/workers.rs", "workers"),
    ("model/current/databases.rs", "postgresql workers"),
    ("model/current/extras.rs", "api_server redis webserver"),
    ("model/current/page.rs", "workers"),
    ("model/current/pool.rs", "pgbouncer"),
    ("model/current/rbac.rs", "api_server scheduler triggerer webserver workers workers.edge"),
    ("model/current/secret_manifests.rs", "pgbouncer"),
    ("model/current/secrets/logins.rs", "postgresql redis"),
    ("model/current/secrets/pool.rs", "pgbouncer"),
    ("model/current/storage.rs", "dag_processor"),
    ("model/current/task_peers.rs", "workers"),
    ("model/current/webserver_config.rs", "api_server webserver"),
    ("model/edition_1_10/airflow_cfg.rs", "statsd workers"),
    ("model/edition_1_10/exporter.rs", "statsd"),
    ("values/options.rs", "scheduler"),
];

/// The keys of the components, in snake case.
fn components() -> Vec<&'static str> {
    let mut components: Vec<&str> = Values::default().components().into_iter().map(|(key, _)| key).collect();
    components.sort_unstable();
    components
}

/// Components are named where their own facts are derived, and where it is known. Whoever adds one adds to no other file.
#[test]
fn components_are_named_where_it_is_known() {
    let components = components();
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for (path, text) in folder("src") {
        let path = path.to_string_lossy().into_owned();
        let production = text.split("#[cfg(test)]").next().unwrap();
        let is_named = |key: &str| {
            let field = format!("values.{key}");
            production
                .match_indices(&field)
                .any(|(at, _)| !production[at + field.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        let named: Vec<&str> = components.iter().copied().filter(|key| is_named(key)).collect();
        if !named.is_empty() && !path.starts_with("values/components/") {
            found.insert(path, named.join(" "));
        }
    }
    let known: BTreeMap<String, String> = KNOWN.iter().map(|(path, keys)| ((*path).to_owned(), (*keys).to_owned())).collect();
    assert_eq!(found, known);
}

/// No check names a component by its key, but where it is known: what it needs to know, the component declares.
#[test]
fn checks_name_no_component() {
    let mut faults = Vec::new();
    for (path, text) in folder("src/checks") {
        let known = KNOWN.iter().find(|(file, _)| Path::new(file).strip_prefix("checks").is_ok_and(|file| file == path));
        let is_known = |component: &str| known.is_some_and(|(_, keys)| keys.split(' ').any(|key| key == component));
        for component in components().into_iter().filter(|component| !is_known(component)) {
            let names = [component.to_owned(), camel_case(component)];
            if names.iter().any(|name| text.contains(&format!("\"{name}.")) || text.contains(&format!("\"{name}\""))) {
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

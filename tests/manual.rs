//! What is said of the keys: the JSON Schema for editors, and the pages of `gen explain`.

use std::collections::BTreeMap;

use airflow_gen::checks::registry;
use airflow_gen::layers;
use airflow_gen::manual::{self, Layout};
use airflow_gen::values::Edition;
use serde_json::{Map, Value};

use crate::support::run;

/// Calls a function with each schema that a schema consists of, definitions included.
fn each<'s>(schema: &'s Value, act: &mut impl FnMut(&'s Map<String, Value>)) {
    match schema {
        Value::Object(entries) => {
            act(entries);
            for (key, below) in entries.iter().filter(|(key, _)| !["default", "enum", "required"].contains(&key.as_str())) {
                match below {
                    Value::Object(named) if ["properties", "definitions"].contains(&key.as_str()) => {
                        named.values().for_each(|below| each(below, act));
                    }
                    _ => each(below, act),
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| each(item, act)),
        _ => {}
    }
}

/// The defaults that stand at keys, by their paths.
fn defaults(whole: &Value, node: &Value, path: &str, found: &mut BTreeMap<String, Value>) {
    for (key, property) in node["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        match &property["default"] {
            Value::Null => defaults(whole, property, &path, found),
            default => drop(found.insert(path, default.clone())),
        }
    }
    if let Some(reference) = node["$ref"].as_str().filter(|reference| !reference.contains("io.k8s")) {
        defaults(whole, &whole.pointer(&reference[1..]).unwrap().clone(), path, found);
    }
    for choice in ["anyOf", "oneOf"].into_iter().flat_map(|key| node[key].as_array().into_iter().flatten()) {
        defaults(whole, choice, path, found);
    }
}

#[test]
fn the_schema_is_whole_and_has_nothing_of_the_house() {
    for edition in Edition::ALL {
        let schema = manual::schema(edition);
        let mut strange = Vec::new();
        each(&schema, &mut |entries| {
            strange.extend(entries.keys().filter(|key| key.starts_with("x-") || ["$defs", "format"].contains(&key.as_str())));
            // What stands beside a reference is no rule: draft 7 has it ignored.
            let notes = ["$ref", "description", "default", "deprecated", "deprecationMessage", "writeOnly"];
            if let Some(reference) = entries.get("$ref") {
                strange.extend(entries.keys().filter(|key| !notes.contains(&key.as_str())));
                assert!(schema.pointer(&reference.as_str().unwrap()[1..]).is_some(), "{reference} leads nowhere");
            }
        });
        assert_eq!(strange, Vec::<&String>::new(), "{}", edition.name());
    }
}

#[test]
fn the_schema_has_the_defaults_of_its_edition() {
    for edition in Edition::ALL {
        let schema = manual::schema(edition);
        let mut expected = serde_json::to_value(layers::defaults(edition)).unwrap();
        drop_foreign(&mut expected, edition, "");
        let mut found = BTreeMap::new();
        defaults(&schema, &schema, "", &mut found);
        let mut made = Value::Null;
        for (path, default) in found {
            let place = path.split('.').fold(&mut made, |node, key| &mut node[key]);
            // `false` is said of every switch, also where the file of the edition says nothing.
            let pointer = format!("/{}", path.replace('.', "/"));
            if default != false || expected.pointer(&pointer).is_some() {
                *place = default;
            }
        }
        drop_nothing(&mut made);
        // A map is equal to another one whatever the order of its keys.
        assert_eq!(made, expected, "{}", edition.name());
    }
}

/// Takes out the defaults of keys that the edition does not have: its templates read them, and nobody sets them.
fn drop_foreign(node: &mut Value, edition: Edition, path: &str) {
    let Value::Object(entries) = node else { return };
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    entries.retain(|key, _| layers::has_key(edition, &below(key)));
    entries.iter_mut().for_each(|(key, value)| drop_foreign(value, edition, &below(key)));
}

/// Takes out what has no default at all.
fn drop_nothing(node: &mut Value) {
    if let Value::Object(entries) = node {
        entries.values_mut().for_each(drop_nothing);
        entries.retain(|_, value| !value.is_null() && value.as_object().is_none_or(|below| !below.is_empty()));
    }
}

#[test]
fn the_schema_has_the_keys_of_its_edition() {
    let keys = |edition| manual::schema(edition)["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert!(keys(Edition::Current).contains(&"apiServer".to_owned()));
    assert!(!keys(Edition::V1_10).contains(&"apiServer".to_owned()));
}

#[test]
fn a_key_of_the_schema_says_what_it_is() {
    let printed = run(&["schema"]);
    assert_eq!((printed.status, printed.stderr.as_str()), (0, ""));
    let schema: Value = serde_json::from_str(&printed.stdout).unwrap();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    let definition = |name: &str| &schema["definitions"][name];
    let parts = [
        &schema["properties"]["executor"],
        &schema["properties"]["securityContext"],
        definition("Executors"),
        definition("Delivery"),
        definition("PortNumber"),
        definition("PriorityClass"),
    ];
    insta::assert_snapshot!(parts.map(|part| format!("{part:#}")).join("\n"));
}

/// The page about a key or a finding.
fn page(name: &str, edition: Edition) -> String {
    manual::explain(name, Layout { edition, recursive: false, width: 100 }).unwrap_or_else(|error| panic!("{name}: {error:?}"))
}

#[test]
fn a_page_says_what_a_key_takes_and_means() {
    let names = [
        "scheduler.replicas",
        "workers.celery.sets.name",
        "securityContext",
        "delivery",
        "dags.persistence",
        "config.core.parallelism",
        "imagePullSecrets",
        "two-ways-in",
    ];
    let pages = names.map(|name| {
        let printed = run(&["explain", name]);
        assert_eq!((printed.status, printed.stderr.as_str()), (0, ""), "{name}");
        assert!(printed.stdout.lines().all(|line| line.chars().count() <= 100), "{}", printed.stdout);
        format!("$ gen explain {name}\n{}", printed.stdout)
    });
    insta::assert_snapshot!(pages.join("\n"));
}

#[test]
fn items_of_a_list_have_the_same_pages_however_they_are_written() {
    let expected = page("workers.celery.sets.name", Edition::Current);
    for path in ["workers.celery.sets[].name", "workers.celery.sets[0].name"] {
        assert_eq!(page(path, Edition::Current), expected, "{path}");
    }
}

#[test]
fn all_keys_have_a_page() {
    for edition in Edition::ALL {
        let whole = page("", edition);
        let keys: Vec<&str> = whole.lines().filter_map(|line| line.split_whitespace().next()).collect();
        assert!(keys.len() > 30, "{whole}");
        for key in keys {
            assert!(page(key, edition).starts_with(&format!("KEY:        {key}\n")), "{key}");
        }
    }
    let all = run(&["explain", "--recursive"]).stdout;
    assert!(all.lines().any(|line| line.starts_with("    replicas ")), "{all}");
}

#[test]
fn all_findings_have_a_page() {
    for rule in registry::rules() {
        let by_code = page(&rule.code.to_lowercase(), Edition::Current);
        assert_eq!(by_code, page(rule.name, Edition::Current));
        assert!(by_code.starts_with(&format!("{} {}\n", rule.code, rule.name)), "{by_code}");
    }
}

#[test]
fn findings_whose_codes_begin_alike_are_a_list() {
    let all = run(&["explain", "y"]);
    assert_eq!((all.status, all.stderr.as_str()), (0, ""));
    let codes: Vec<&str> = all.stdout.lines().skip(1).filter_map(|line| line.split_whitespace().next()).collect();
    assert!(all.stdout.starts_with("FINDINGS:\n  Y101 unknown-key "), "{}", all.stdout);
    assert!(codes.is_sorted() && codes.iter().all(|code| code.starts_with('Y')), "{codes:?}");
    assert!(all.stdout.lines().all(|line| line.chars().count() <= 100), "{}", all.stdout);
    let some = run(&["explain", "Y11"]).stdout;
    assert!(some.contains("Y110 dead-key") && !some.contains("Y101"), "{some}");
    // A key that begins like a code is a key.
    assert!(run(&["explain", "s3"]).stderr.contains("`logs.remote.s3`"));
    assert_eq!(run(&["explain", "unknown_key"]).stdout, run(&["explain", "Y101"]).stdout);
}

#[test]
fn what_is_not_known_is_an_error_with_the_nearest() {
    for (name, title, help) in [
        ("scheduler.replcas", "unknown key `scheduler.replcas`", "did you mean `scheduler.replicas`?"),
        ("externalDatabase", "unknown key `externalDatabase`", "set `data.metadataConnection`"),
        ("zzz", "unknown key `zzz`", "`gen explain` lists the keys"),
        ("keda", "unknown key `keda`", "note: there is `triggerer.keda`, `workers.celery.keda`"),
        ("celery.keda", "unknown key `celery`", "note: there is `workers.celery.keda`"),
        ("replicas", "unknown key `replicas`", " more"),
        ("scheduler.zzz", "unknown key `scheduler.zzz`", "`gen explain scheduler` lists the keys there"),
        ("two-way-in", "there is no finding `two-way-in`", "did you mean `two-ways-in`?"),
        ("Y999", "there is no finding `Y999`", "`gen explain Y` lists those that begin with `Y`"),
        ("Y130", "there is no finding `Y130`", "like it are `Y103` not-a-variant, `Y110` dead-key, `Y120` newer-version\n"),
        ("y1011", "there is no finding `y1011`", "like it are `Y101` unknown-key, `Y111` deprecated-key\n"),
        ("ZY01", "unknown key `ZY01`", "`gen explain` lists the keys"),
        ("nothing-of-that", "there is no finding `nothing-of-that`", "`gen explain A` lists those whose codes begin with `A`"),
    ] {
        let printed = run(&["explain", name]);
        assert_eq!((printed.status, printed.stdout.as_str()), (2, ""), "{name}");
        assert!(printed.stderr.contains(title) && printed.stderr.contains(help), "{}", printed.stderr);
    }
}

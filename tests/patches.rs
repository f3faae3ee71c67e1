//! Patches give what kubectl makes of them: `tests/real/patches.py` has asked it.

use std::fs;

use airflow_gen::yaml::read;
use serde_json::{Value, json};

use crate::support::{home, run_with_input};

/// A tree without what is empty, and without the namespace that gen gives an object.
fn tidy(node: Value) -> Value {
    let says_something = |value: &Value| !matches!(value, Value::Null) && *value != json!({}) && *value != json!([]);
    match node {
        Value::Object(entries) => {
            let entries = entries.into_iter().filter(|(key, _)| key != "namespace").map(|(key, value)| (key, tidy(value)));
            entries.filter(|(_, value)| says_something(value)).collect()
        }
        Value::Array(items) => items.into_iter().map(tidy).collect(),
        other => other,
    }
}

/// What gen makes of an object and a patch; edition 1.10 writes objects as they are.
fn patched(object: &Value, patch: &Value) -> Result<Value, String> {
    let target = json!({"kind": object["kind"], "name": object["metadata"]["name"]});
    let values = json!({
        "airflowVersion": "1.10.12",
        "extraObjects": [object],
        "patches": [{"target": target, "patch": patch}],
    });
    let run = run_with_input(&["-f", "-", "-s", "extra/*", "--format", "json"], &values.to_string());
    let list: Value = serde_json::from_str(&run.stdout).map_err(|_| run.stderr.clone())?;
    Ok(tidy(list["items"][0].clone()))
}

#[test]
fn they_give_what_kubectl_gives() {
    let text = |path: &str| fs::read_to_string(home().join(path)).unwrap();
    let given: Value = serde_json::to_value(read(&text("tests/patches.yaml"), 0).unwrap().remove(0)).unwrap();
    let results: Vec<Value> = serde_json::from_str(&text("tests/patches.json")).unwrap();
    let cases = given["cases"].as_array().unwrap();
    assert_eq!(cases.len(), results.len());
    let mut faults = Vec::new();
    for (case, expected) in cases.iter().zip(results) {
        let made = patched(&given["objects"][case["of"].as_str().unwrap()], &case["patch"]);
        let fits = if expected == "refused" {
            made.as_ref().is_err_and(|error| error.contains("cannot be applied"))
        } else {
            made.as_ref().is_ok_and(|made| *made == expected)
        };
        if !fits {
            faults.push(format!("{}\n  gives {made:?}\n  and not {expected}", case["patch"]));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// kustomize asks for a kind and a name in a map, and then goes by the target.
#[test]
fn beside_a_target_a_maps_own_kind_and_name_do_not_count() {
    let object = json!({"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {"a": "1"}});
    let patch = json!({"apiVersion": "v1", "kind": "Any", "metadata": {"name": "any", "labels": {"b": "c"}}});
    let made = patched(&object, &patch).unwrap();
    assert_eq!(made["metadata"], json!({"name": "a", "labels": {"b": "c"}}));
    assert!(patched(&object, &json!({"metadata": {"name": "b"}})).unwrap_err().contains("a patch does not change what an object is"));
    let text = json!("- {op: replace, path: /kind, value: Secret}");
    assert!(patched(&object, &text).unwrap_err().contains("its `kind` is `ConfigMap`, and not `Secret`"));
}

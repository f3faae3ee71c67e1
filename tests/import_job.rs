//! The Job that sets pools, variables and connections: what its program reads is what the values say.

use serde_json::{Value, json};

use crate::support::run_with_input;

/// The settings that the program reads, and the container's variables with secrets.
fn settings(values: &Value) -> (Value, Vec<(String, Value)>) {
    let run =
        run_with_input(&["-f", "-", "--format", "json", "-s", "jobs/import-job.yaml", "-s", "configmaps/import-*"], &values.to_string());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let objects: Value = serde_json::from_str(&run.stdout).unwrap();
    let of = |kind: &str| objects["items"].as_array().unwrap().iter().find(|object| object["kind"] == kind).unwrap();
    let settings = serde_json::from_str(of("ConfigMap")["data"]["settings.json"].as_str().unwrap()).unwrap();
    let container = &of("Job")["spec"]["template"]["spec"]["containers"][0];
    let env = container["env"].as_array().unwrap().iter().filter(|variable| variable["name"].as_str().unwrap().starts_with("IMPORT_"));
    let env = env.map(|variable| (variable["name"].as_str().unwrap().to_owned(), variable["valueFrom"]["secretKeyRef"].clone()));
    (settings, env.collect())
}

#[test]
fn texts_are_what_the_values_say() {
    for text in ["", " ", "a: b", "{{ ds }}", "$HOME $$ $(A)", "\"'`\\", "line\nline\n", "\u{feff}é\u{2028}", "null", "1e3"] {
        // Braces are Airflow's in values alone.
        // What has no name, nobody can ask for.
        let name = if text.contains("{{") || text.trim().is_empty() { "name" } else { text };
        let values = json!({"importJob": {
            "pools": {name: {"slots": -1, "description": name}},
            "variables": {name: {"value": text}, "nested": {"value": {text: [text, 1.5, null, true]}}},
            "connections": {"c": {"type": "http", "host": name, "login": name, "extra": {text: text}}},
        }});
        let line = !text.contains(['\n', '\u{2028}']);
        let values = if line { values } else { json!({"importJob": {"variables": {"v": {"value": text}}}}) };
        let (settings, _) = settings(&values);
        if !line {
            assert_eq!(settings["variables"]["v"], text);
            continue;
        }
        assert_eq!(settings["pools"], json!({name: {"slots": -1, "description": name, "include_deferred": false}}));
        assert_eq!(settings["variables"][name], text);
        let nested: Value = serde_json::from_str(settings["variables"]["nested"].as_str().unwrap()).unwrap();
        assert_eq!(nested, json!({text: [text, 1.5, null, true]}));
        let connection = &settings["connections"]["c"];
        let given = |key: &str| connection.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        assert_eq!((given("host").as_str(), given("login").as_str()), (name, name));
        assert_eq!(serde_json::from_str::<Value>(&given("extra")).unwrap(), json!({text: text}));
    }
}

#[test]
fn secrets_are_variables_of_the_container_alone() {
    let (settings, env) = settings(&json!({"importJob": {
        "variables": {"a": {"secretName": "s"}, "b": {"value": 1}},
        "connections": {
            "c": {"type": "postgres", "port": 5432, "passwordSecretName": "t", "passwordSecretKey": "k"},
            "d": {"secretName": "u", "secretKey": "uri"},
        },
    }}));
    assert_eq!(
        settings,
        json!({
            "pools": {},
            "variables": {"b": "1"},
            "connections": {"c": {"conn_type": "postgres", "port": 5432}},
            "secrets": [
                ["variables", "a", null, "IMPORT_SECRET_0"],
                ["connections", "c", "password", "IMPORT_SECRET_1"],
                ["connections", "d", null, "IMPORT_SECRET_2"],
            ],
        })
    );
    let of = |index: usize, name: &str, key: &str| (format!("IMPORT_SECRET_{index}"), json!({"name": name, "key": key}));
    assert_eq!(env, [of(0, "s", "value"), of(1, "t", "k"), of(2, "u", "uri")]);
}

#[test]
fn a_change_of_what_is_set_is_another_job() {
    let name = |slots: u32| {
        let values = json!({"importJob": {"pools": {"a": {"slots": slots}}}});
        let run = run_with_input(&["-f", "-", "-s", "jobs/import-job.yaml"], &values.to_string());
        run.stdout.lines().find(|line| line.starts_with("  name: ")).unwrap().to_owned()
    };
    assert_eq!(name(1), name(1));
    assert_ne!(name(1), name(2));
}

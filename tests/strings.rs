//! No string breaks out of its place.
//!
//! For every key of the values that holds a string: any string gives either an error that names the key, or manifests
//! from which an independent YAML reader (libyaml) reads exactly that string back, and all else unchanged.

use airflow_gen::error::Error;
use airflow_gen::output::{Format, stream};
use airflow_gen::values::{Given, Layer, schema};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use libtest_mimic::{Arguments, Failed, Trial};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::Deserialize as _;
use serde_json::{Value, json};

/// Values in which the keys have an effect: each pair is the beginning of keys, and the values for them.
fn base(key: &str) -> Value {
    let mut values = json!({"airflowVersion": "1.10.10", "fernetKeySecretName": "fernet", "data": {"metadataSecretName": "database"}});
    let share = |secret: &str| json!({"storageAccount": "account", "shareName": "share", "secretName": secret});
    let volume = |secret: &str| json!({"enabled": true, "volume": {"azureFile": share(secret)}});
    let more = match key {
        _ if key.ends_with("existingClaim") => {
            json!({"dags": {"persistence": {"enabled": true}}, "logs": {"persistence": {"enabled": true}}})
        }
        _ if key.contains(".persistence.") => json!({"dags": {"persistence": volume("one")}, "logs": {"persistence": volume("two")}}),
        _ if key.ends_with("credentialsSecret") || key.ends_with("sshKeySecret") => {
            json!({"dags": {"gitSync": {"enabled": true, "repo": "a"}}})
        }
        _ if key.starts_with("dags.gitSync.") => json!({"dags": {"gitSync": {"enabled": true, "repo": "a", "sshKeySecret": "b"}}}),
        "fernetKey" | "fernetKey.placeholder" => json!({"fernetKeySecretName": null}),
        "data.metadataConnection.placeholder" | "data.metadataConnection.host" => json!({"data": {"metadataSecretName": null}}),
        _ if key.starts_with("data.metadataConnection.") => {
            json!({"data": {"metadataSecretName": null, "metadataConnection": {"host": "h", "user": "u"}}})
        }
        _ if key.ends_with("SourceRanges[]") => json!({"webserver": {"service": {"type": "LoadBalancer"}}}),
        _ if key.starts_with("secret[]") => json!({"secret": [{"envName": "A", "secretName": "b", "secretKey": "c"}]}),
        _ if key.starts_with("env[]") => json!({"env": [{"name": "A", "value": "b"}]}),
        _ => json!({}),
    };
    merge(&mut values, more);
    values
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            from.into_iter().for_each(|(key, value)| merge(into.entry(key).or_insert(Value::Null), value));
        }
        (into, from) => *into = from,
    }
}

/// Puts a string at a key: `[]` is the first item of a list, `*` the entry of a free map.
fn put(values: &mut Value, key: &str, text: &str) {
    let mut place = values;
    for step in key.replace("[]", ".[]").split('.') {
        place = match step {
            "[]" => {
                if !place.is_array() {
                    *place = json!([null]);
                }
                &mut place[0]
            }
            "*" => &mut place["smtp_host"],
            step => &mut place[step],
        };
    }
    *place = text.into();
}

/// The stream for the values, or the errors.
fn render(values: &Value) -> Result<String, String> {
    // Escaped beyond ASCII: what no YAML text may hold bare is still a string that a value may have.
    let escape = |c: char| {
        if c.is_ascii() && c != '\u{7f}' {
            c.to_string()
        } else {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }
    };
    let json: String = values.to_string().chars().map(escape).collect();
    let given = Given(vec![Layer::SetJson(json)]);
    let manifests = airflow_gen::manifests(&given).map(|(manifests, _)| manifests);
    manifests.map(|manifests| stream(&manifests.iter().collect::<Vec<_>>(), Format::Yaml)).map_err(|error: Error| error.render(false))
}

/// What an independent reader reads from a stream; the data of Secrets decoded, checksums left out.
fn read(stream: &str) -> Vec<Value> {
    let documents = yaml_serde::Deserializer::from_str(stream).map(Value::deserialize);
    let mut documents = documents.collect::<Result<Vec<Value>, _>>().unwrap_or_else(|error| panic!("{error}\n{stream}"));
    for document in &mut documents {
        if document["kind"] == "Secret" {
            for value in document["data"].as_object_mut().into_iter().flat_map(|data| data.values_mut()) {
                // A placeholder stays as it is.
                let decoded = BASE64_STANDARD.decode(value.as_str().unwrap()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                *value = decoded.map_or_else(|| value.clone(), Value::from);
            }
        }
        if let Some(annotations) = document.pointer_mut("/spec/template/metadata/annotations").and_then(Value::as_object_mut) {
            annotations.retain(|key, _| !key.starts_with("checksum/"));
        }
    }
    documents
}

/// The tree with another string in the place of the marker, which in airflow.cfg stands as `in_cfg` has it.
fn replaced(node: &Value, marker: &str, text: &str, in_cfg: &str) -> Value {
    match node {
        Value::String(old) => old.replace(marker, text).into(),
        Value::Array(items) => items.iter().map(|item| replaced(item, marker, text, in_cfg)).collect(),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| {
                let text = if key == "airflow.cfg" { in_cfg } else { text };
                (key.replace(marker, text), replaced(value, marker, text, in_cfg))
            };
            Value::Object(entries.iter().map(entry).collect())
        }
        other => other.clone(),
    }
}

/// RFC 3986's percent-encoding of everything but unreserved characters and `!`.
fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"-._~!".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}

/// How the string of a key stands in the manifests, and in airflow.cfg.
fn written(key: &str, text: &str) -> (String, String) {
    match key {
        "data.metadataConnection.user" | "data.metadataConnection.pass" | "data.metadataConnection.sslmode" => {
            (percent_encoded(text), String::new())
        }
        "config.*.*" => (text.to_owned(), text.trim_end_matches('\n').replace('\n', "\n    ").replace("\n    \n", "\n\n")),
        _ => (text.to_owned(), text.replace('%', "%%")),
    }
}

/// Strings that some key takes: the first that it does marks its places.
const MARKERS: [&str; 10] = [
    "zmarkerz",
    "/zmarkerz",
    "7919Mi",
    "203.0.113.79/32",
    "1.10.7919",
    "Zmarkerz",
    "JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=",
    "9.zmarkerz",
    "ReadWriteMany",
    "79.79.79.79",
];

/// Keys whose string does not go into a manifest as it is; their own tests stand elsewhere.
const ELSEWHERE: [&str; 1] = ["airflowVersion"];

fn nasty() -> impl Strategy<Value = String> {
    let traps = prop::sample::select(vec![
        "",
        " ",
        "yes",
        "NO",
        "on",
        "y",
        "~",
        "null",
        "0777",
        "1e3",
        "1_000",
        "12:30:45",
        "2020-01-01",
        "0o17",
        ".inf",
        "=",
        "<<",
        "-",
        "- a",
        "? a",
        "a: b",
        "a #b",
        "&a",
        "*a",
        "!a",
        "|",
        "%",
        "%%",
        "%(a)s",
        "@a",
        "`",
        "'",
        "\"",
        "[",
        "{",
        "]",
        "}",
        ",",
        "\t",
        "\n",
        "\r\n",
        "---",
        "...",
        "\n---\n",
        "a\nb: c\n",
        "{{ namespace }}",
        "{% raw %}",
        "${HOME}",
        "$(A)",
        "\\",
        "\0",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "\u{2028}",
        "\u{feff}",
        "\u{fffe}",
        "\u{1f600}",
        "\u{202e}",
        "\n[core]\nx = y",
        "\n# a",
        "a",
        "b-c",
        "d.e",
        "/f",
        "1",
        "Gi",
        "é",
    ]);
    prop_oneof![
        4 => prop::collection::vec(traps.clone(), 1..4).prop_map(|parts| parts.concat()),
        2 => traps.prop_map(str::to_owned),
        2 => "[a-z][-a-z0-9]{0,12}[a-z0-9]",
        1 => "[A-Za-z0-9_./-]{1,20}",
        1 => any::<String>(),
    ]
}

fn main() {
    let document = schema();
    let mut keys = airflow_gen::schema::Schema::of(&document).string_keys();
    keys.extend(["env[].name", "env[].value"].map(str::to_owned));
    assert!(keys.len() > 80, "{keys:?}");
    keys.retain(|key| !ELSEWHERE.contains(&key.as_str()));
    let trials = keys.into_iter().map(|key| Trial::test(format!("any_string_stays_in_its_place::{key}"), move || stays_in_its_place(&key)));
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit();
}

fn stays_in_its_place(key: &str) -> Result<(), Failed> {
    let base = base(key);
    let with = |text: &str| {
        let mut values = base.clone();
        put(&mut values, key, text);
        render(&values)
    };
    let known = MARKERS.iter().find_map(|marker| Some((*marker, with(marker).ok()?)));
    let (marker, stream) = known.ok_or_else(|| format!("it takes none of the markers: {:?}", with(MARKERS[0])))?;
    let before = read(&stream);
    let all = serde_json::to_string(&before)?;
    if !all.contains(marker) && !all.contains(&percent_encoded(marker)) {
        return Err("it has no effect".into());
    }
    let shown = key.replace("[]", "[0]");
    let shown = shown.split(".*").next().unwrap_or_default();
    // Other strings for each key, the same in each run.
    let seed = key.bytes().fold(1, |seed: u64, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let config = Config { cases: 64, rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&nasty(), |text| {
        match with(&text) {
            Err(error) => prop_assert!(error.contains(shown), "{text:?}: the error does not name the key:\n{error}"),
            // An empty string stands for nothing given.
            Ok(stream) if text.is_empty() => drop(read(&stream)),
            Ok(stream) => {
                let (text, in_cfg) = written(key, &text);
                let expected: Vec<Value> = before.iter().map(|document| replaced(document, marker, &text, &in_cfg)).collect();
                let actual = read(&stream);
                for (expected, actual) in expected.iter().zip(&actual) {
                    prop_assert_eq!(expected, actual);
                }
                prop_assert_eq!(expected.len(), actual.len(), "the number of documents");
            }
        }
        Ok(())
    });
    outcome.map_err(|error| error.to_string().into())
}

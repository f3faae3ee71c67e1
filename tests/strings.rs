//! No string breaks out of its place.
//!
//! For every key of the values that holds a string: any string gives either an error that names the key, or manifests
//! from which an independent YAML reader (libyaml) reads exactly that string back, and all else unchanged.

#![allow(clippy::case_sensitive_file_extension_comparisons)] // Keys end as if they were files' names.

use crate::support::merge;
use airflow_gen::error::Error;
use airflow_gen::layers::{Layer, has_key};
use airflow_gen::output::{Format, stream};
use airflow_gen::values::{Edition, schema};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use libtest_mimic::{Failed, Trial};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde::Deserialize as _;
use serde_json::{Value, json};

/// Values in which the keys have an effect.
fn base(edition: Edition, key: &str) -> Value {
    match edition {
        Edition::V1_10 => base_1_10(key),
        Edition::Current => base_current(key),
    }
}

/// Values for Airflow 2.11 and 3 in which the keys have an effect: all that can be is there.
#[expect(clippy::too_many_lines, reason = "a line for each kind of key")]
fn base_current(key: &str) -> Value {
    let host = json!({"name": "h", "tls": {"enabled": true, "secretName": "s"}});
    let way = json!({"enabled": true, "hosts": [host]});
    let worker = json!({"podManagementPolicy": "Parallel", "keda": {"enabled": true}, "persistence": {"fixPermissions": true}});
    let mut values = json!({
        "airflowVersion": "3.2.0",
        // Jobs have names that do not follow what they do.
        "delivery": "flux",
        "executor": "CeleryExecutor,KubernetesExecutor",
        "createNamespace": true,
        "useStandardNaming": true,
        "rbac": {"createSCCRoleBinding": true},
        "allowJobLaunching": true,
        "networkPolicies": {"enabled": true},
        "fernetKeySecretName": "fernet",
        "ingress": {"apiServer": way, "web": way, "statsd": way},
        "workers": {"celery": worker, "kubernetes": {"serviceAccount": {"create": true}}},
        "scheduler": {"serviceAccount": {"automountServiceAccountToken": false, "serviceAccountTokenVolume": {"enabled": true}}},
        "triggerer": {"keda": {"enabled": true}, "persistence": {"fixPermissions": true}},
        "dags": {"gitSync": {"enabled": true, "repo": "git@h:r.git", "sshKey": "key", "knownHosts": "hosts"}},
        "redis": {"password": "redis"},
        "apiServer": {"apiServerConfig": "a", "networkPolicy": {"ingress": {"from": [{"podSelector": {}}]}}},
        "webserver": {"webserverConfig": "b", "networkPolicy": {"ingress": {"from": [{"podSelector": {}}]}}},
    });
    if ["webserver.", "ingress.web.", "webserverSecret"].iter().any(|part| key.starts_with(part)) {
        values["airflowVersion"] = json!("2.11.0");
    }
    let steps: Vec<&str> = key.split('.').collect();
    let more = match key {
        _ if key.ends_with("SourceRanges[]") => {
            json!({"apiServer": {"service": {"type": "LoadBalancer"}}, "webserver": {"service": {"type": "LoadBalancer"}}})
        }
        _ if key.contains(".service.ports[].") => ports(steps[0]),
        // The old keys, which count where the newer one names no hosts.
        _ if key.starts_with("ingress.") && (key.ends_with(".host") || key.contains(".tls.")) && !key.contains("hosts[]") => {
            json!({"ingress": {steps[1]: {"hosts": [], "host": "h", "tls": {"enabled": true, "secretName": "s"}}}})
        }
        // The Secrets are only made where there is something to put into them.
        _ if key.starts_with("fernetKeySecretAnnotations") => {
            json!({"fernetKeySecretName": null, "fernetKey": "JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA="})
        }
        _ if key.starts_with("apiSecretAnnotations") => json!({"apiSecretKey": "k"}),
        _ if key.starts_with("jwtSecretAnnotations") => json!({"jwtSecret": "k"}),
        _ if key.starts_with("webserverSecretAnnotations") => json!({"webserverSecretKey": "k"}),
        _ if key.starts_with("data.resultBackendConnectionSecretAnnotations") => {
            json!({"data": {"resultBackendConnection": {"host": "h", "user": "u", "port": 5432, "db": "d"}}})
        }
        // All workers have the one account, if the pods of tasks have none of their own.
        "workers.serviceAccount.name" => json!({"workers": {"kubernetes": {"serviceAccount": {"create": null}}}}),
        // The superuser's password is only asked for where there is no other user.
        _ if key.starts_with("postgresql.auth.postgresPassword") => json!({"data": {"metadataConnection": {"host": "h"}}}),
        "fernetKey" | "fernetKey.placeholder" => json!({"fernetKeySecretName": null}),
        "nameOverride" => json!({"fullnameOverride": ""}),
        _ if key.contains("Connection.passSecret") => {
            let keys = json!({"host": "h", "user": "u", "port": 5432, "db": "d", "passSecretName": "s"});
            json!({"data": {key.split('.').nth(1).unwrap(): keys}})
        }
        _ if key.starts_with("data.resultBackendConnection.") => {
            json!({"data": {"resultBackendConnection": {"host": "h", "user": "u", "port": 5432, "db": "d"}}})
        }
        _ if key.starts_with("data.brokerUrl") => json!({"redis": {"enabled": false}, "data": {"brokerUrl": "redis://h"}}),
        "data.metadataConnection.placeholder" => json!({}),
        _ if key.starts_with("data.metadataConnection.") => {
            json!({"data": {"metadataConnection": {"host": "h", "user": "u", "pass": "p"}}})
        }
        _ if key.contains(".persistence.volume.") => volume_of_kind(key, json!({"storageAccount": "account", "shareName": "share"})),
        _ if key.starts_with("data.cloudSqlProxy.") => {
            let off = json!({"keda": {"enabled": false}});
            json!({"data": {"cloudSqlProxy": {"enabled": true, "instance": "p:r:i"}}, "workers": {"celery": off}, "triggerer": off})
        }
        _ if key.starts_with("secrets.externalSecrets.") => {
            json!({"secrets": {"externalSecrets": {"store": {"name": "s"}, "keys": {"jwtSecret": {"key": "k", "property": "p"}}}}})
        }
        _ if key.starts_with("dags.gitSync.credentials.") => {
            let git = json!({"sshKey": null, "knownHosts": null, "repo": "https://h/r.git", "credentials": {"password": "p"}});
            json!({"dags": {"gitSync": git}})
        }
        _ if key.starts_with("dags.gitSync.githubApp.") => {
            let name = if key.ends_with("applicationId") { "none" } else { "clientId" };
            let app = json!({"installationId": "7", name: "c"});
            let git = json!({"sshKey": null, "knownHosts": null, "repo": "https://h/r.git", "githubApp": app});
            let mut values = json!({"dags": {"gitSync": git}});
            values["dags"]["gitSync"]["githubApp"].as_object_mut().unwrap().remove("none");
            values
        }
        _ if key.starts_with("dags.persistence.") => json!({"dags": {"persistence": {"enabled": true}, "gitSync": {"enabled": false}}}),
        _ if key.starts_with("logs.persistence.") => json!({"logs": {"persistence": {"enabled": true}}}),
        "dags.gitSync.credentialsSecret" | "dags.gitSync.sshKeySecret" => {
            let repo = if key.ends_with("sshKeySecret") { "git@h:r.git" } else { "https://h/r.git" };
            json!({"dags": {"gitSync": {"sshKey": null, "knownHosts": null, "repo": repo}}})
        }
        _ if key.starts_with("workers.celery.sets[]") => {
            json!({"workers": {"celery": {"sets": [{"name": "set", "persistence": {"fixPermissions": true}}]}}})
        }
        _ if key.starts_with("apiServer.apiServerConfigConfigMapName") => json!({"apiServer": {"apiServerConfig": null}}),
        _ if key.starts_with("registry.connection.") => {
            json!({"registry": {"connection": {"host": "h", "user": "u", "pass": "p", "email": "e"}}})
        }
        _ if key.starts_with("priorityClasses[]") => json!({"priorityClasses": [{"name": "p", "value": 1}]}),
        _ if key.starts_with("dagProcessor.dagBundleConfigList[]") => {
            let bundles = json!([{"name": "n", "classpath": "c"}]);
            json!({"dags": {"gitSync": {"enabled": false}}, "dagProcessor": {"dagBundleConfigList": bundles}})
        }
        _ if key.starts_with("redis.service.clusterIP") => json!({}),
        _ if key.starts_with("redis.persistence.existingClaim") => json!({}),
        _ if key.starts_with("postgresql.auth.") => {
            json!({"data": {"metadataConnection": {"host": "h"}}, "postgresql": {"auth": {"username": "u", "password": "p"}}})
        }
        _ if key.starts_with("secret[]") => json!({"secret": [{"envName": "A", "secretName": "b", "secretKey": "c"}]}),
        _ if key.starts_with("env[]") => json!({"env": [{"name": "A", "value": "b"}]}),
        _ => json!({}),
    };
    merge(&mut values, more);
    values
}

/// Values for Airflow 1.10 in which the keys have an effect.
fn base_1_10(key: &str) -> Value {
    let mut values = json!({"airflowVersion": "1.10.10", "fernetKeySecretName": "fernet", "data": {"metadataSecretName": "database"}});
    let share = |secret: &str| json!({"storageAccount": "account", "shareName": "share", "secretName": secret});
    let volume = |secret: &str| json!({"enabled": true, "volume": {"azureFile": share(secret)}});
    let more = match key {
        _ if key.ends_with("existingClaim") => {
            json!({"dags": {"persistence": {"enabled": true}}, "logs": {"persistence": {"enabled": true}}})
        }
        _ if key.contains(".persistence.volume.") => volume_of_kind(key, share("one")),
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
        _ if key.starts_with("webserver.service.ports[]") => ports("webserver"),
        _ if key.starts_with("secret[]") => json!({"secret": [{"envName": "A", "secretName": "b", "secretKey": "c"}]}),
        _ if key.starts_with("env[]") => json!({"env": [{"name": "A", "value": "b"}]}),
        _ => json!({}),
    };
    merge(&mut values, more);
    values
}

/// A volume of the kind that the key is of.
fn volume_of_kind(key: &str, share: Value) -> Value {
    let steps: Vec<&str> = key.split('.').collect();
    let source = match steps[3] {
        "efs" => json!({"fileSystemId": "fs-0123456789abcdef0"}),
        "filestore" => json!({"instance": "i", "location": "l", "share": "s", "ip": "10.0.0.2"}),
        "nfs" => json!({"server": "10.0.0.2", "path": "/p"}),
        _ => share,
    };
    let kind = if matches!(steps[3], "efs" | "filestore" | "nfs") { steps[3] } else { "azureFile" };
    json!({"dags": {"gitSync": {"enabled": false}}, steps[0]: {"persistence": {"enabled": true, "volume": {kind: source}}}})
}

/// A port of a component's Service, given as strings.
fn ports(component: &str) -> Value {
    // The container's port stays where the Service's is another.
    let port = json!({"name": "airflow-ui", "port": "8080", "targetPort": 8080});
    json!({component: {"service": {"type": "NodePort", "ports": [port]}}})
}

/// Puts a string at a key: `[]` is the first item of a list, `*` the entry of a free map.
fn put(values: &mut Value, key: &str, text: &str) {
    let mut place = values;
    for step in key.replace("[]", ".[]").split('.') {
        if place.is_string() {
            *place = json!({});
        }
        place = match step {
            "[]" => {
                if !place.is_array() {
                    *place = json!([null]);
                }
                &mut place[0]
            }
            "*" if key.starts_with("extra") => &mut place["extra"],
            "*" if key.contains("externalSecrets.keys") => &mut place["jwtSecret"],
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
    let given = [Layer::SetJson(json)];
    let manifests = airflow_gen::manifests(&given, None).map(|rendering| rendering.manifests);
    manifests.map(|manifests| stream(&manifests.iter().collect::<Vec<_>>(), Format::Yaml)).map_err(|error: Error| error.render(false))
}

/// What an independent reader reads from a stream; the data of Secrets decoded, the pod of a task read, checksums
/// left out.
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
        // A manifest within a manifest: the text quotes its strings again.
        if let Some(pod) = document.pointer_mut("/data/pod_template_file.yaml") {
            let text = pod.as_str().unwrap();
            *pod = yaml_serde::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
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
        // The number of a port, which may be given as a string.
        Value::Number(old) if old.to_string() == marker => serde_json::from_str(text).unwrap_or_else(|_| text.into()),
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
        "data.metadataConnection.user"
        | "data.metadataConnection.pass"
        | "data.metadataConnection.sslmode"
        | "data.resultBackendConnection.user"
        | "data.resultBackendConnection.pass"
        | "data.resultBackendConnection.sslmode" => (percent_encoded(text), String::new()),
        "config.*.*" => (text.to_owned(), text.trim_end_matches('\n').replace('\n', "\n    ").replace("\n    \n", "\n\n")),
        _ if key.contains("Connection.query.") => (percent_encoded(text), String::new()),
        _ => (text.to_owned(), text.replace('%', "%%")),
    }
}

/// Strings that some key takes: the first that it does marks its places.
const MARKERS: [&str; 17] = [
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
    // A length of time, and the number of a port.
    "7919s",
    "fs-0123456789abcdef9",
    "fsap-0123456789abcdef9",
    "p:r:zmarkerz",
    "verify-full",
    "modeInstance/l/i/zmarkerz",
    "7919",
];

/// Keys whose string does not go into a manifest as it is; their own tests stand elsewhere.
/// `executor` is one of a few values.
const ELSEWHERE: [&str; 2] = ["airflowVersion", "executor"];

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

/// Keys of the current edition whose string does not go into a manifest as it is, or that are texts of YAML.
const ELSEWHERE_CURRENT: [&str; 11] = [
    "airflowVersion",
    "executor",
    "podTemplate",
    "extraEnv",
    "extraEnvFrom",
    "dags.gitSync.envFrom",
    "redis.password",
    "registry.connection",
    "extraSecrets",
    "extraConfigMaps",
    "statsd.cache",
];

/// Sections of the current edition that are still to come.
const LATER: [&str; 10] = [
    "flower.",
    "pgbouncer.",
    "cleanup.",
    "databaseCleanup.",
    "elasticsearch.",
    "opensearch.",
    "kerberos.",
    "ingress.flower.",
    "ingress.pgbouncer.",
    "images.",
];

/// A trial for each key of each edition.
pub fn trials() -> impl Iterator<Item = Trial> {
    let document = schema();
    let mut keys = airflow_gen::schema::Schema::of(document).string_keys();
    keys.extend(["env[].name", "env[].value"].map(str::to_owned));
    // Where a secret is is not where it goes.
    let sources: Vec<String> = keys.iter().filter_map(|key| key.strip_suffix(".placeholder").map(str::to_owned)).collect();
    keys.retain(|key| !sources.iter().any(|source| *key == format!("{source}.env") || *key == format!("{source}.file")));
    let of_edition = |edition: Edition| keys.iter().filter(move |key| has_key(edition, &key.replace("[]", "").replace(".*", "")));
    let old = of_edition(Edition::V1_10).filter(|key| !ELSEWHERE.contains(&key.as_str()));
    let current = of_edition(Edition::Current).filter(|key| {
        let elsewhere = ELSEWHERE_CURRENT.iter().chain(&LATER).any(|other| key.starts_with(other));
        // A queue's name stands within the text of KEDA's query.
        // The labels of KEDA's namespace stand in the network policy of PgBouncer alone, which is still to come.
        !elsewhere && !key.ends_with(".queue") && !key.ends_with("keda.namespaceLabels.*")
    });
    let trials = |edition: Edition, keys: Vec<String>| {
        keys.into_iter().map(move |key| {
            Trial::test(format!("any_string_stays_in_its_place::{}::{key}", edition.name()), move || stays_in_its_place(edition, &key))
        })
    };
    let (old, current): (Vec<_>, Vec<_>) = (old.cloned().collect(), current.cloned().collect());
    assert!(old.len() > 80 && current.len() > 300, "{} and {}", old.len(), current.len());
    trials(Edition::V1_10, old).chain(trials(Edition::Current, current))
}

/// How many strings a key is tried with; the manifests of the current edition are many.
fn cases(edition: Edition) -> u32 {
    match edition {
        Edition::V1_10 => 64,
        Edition::Current => 10,
    }
}

fn stays_in_its_place(edition: Edition, key: &str) -> Result<(), Failed> {
    let base = base(edition, key);
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
    let config = Config { cases: cases(edition), rng_seed: RngSeed::Fixed(seed), failure_persistence: None, ..Config::default() };
    let outcome = TestRunner::new(config).run(&nasty(), |text| {
        match with(&text) {
            // That a placeholder is none is said of the key that it stands for.
            Err(error) if text.is_empty() => prop_assert!(error.contains(shown.trim_end_matches(".placeholder")), "{error}"),
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

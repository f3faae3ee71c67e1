//! Secrets: where they may come from, where they go, and that no message ever shows one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::{Run, home, merge, run, run_in, run_with, run_with_input, tree};
use airflow_gen::schema::Schema;
use airflow_gen::values::schema;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize as _;
use serde_json::{Value, json};

/// A secret that every key takes: a fernet key, and base64 of any kind.
const SECRET: &str = "Mark3dSecretThatMustNeverBeShownAnywhereXww=";
/// The part of it that no encoding of addresses changes.
const MARK: &str = "Mark3dSecretThatMustNeverBeShownAnywhereXww";
/// The variable of the environment that holds it.
const VARIABLE: &str = "GEN_TEST_SECRET";

/// The keys of the values whose value is a secret, wherever it may stand.
fn secret_keys() -> Vec<String> {
    let keys = Schema::of(schema()).string_keys();
    let of_source = |key: &String| key.strip_suffix(".placeholder").filter(|key| !key.ends_with("Connection")).map(str::to_owned);
    let keys: Vec<String> = keys.iter().filter_map(of_source).collect();
    assert!(keys.len() > 20, "{keys:?}");
    keys
}

/// Values in which a secret has an effect.
fn base(key: &str) -> Value {
    let mut values = json!({"airflowVersion": "3.2.0", "executor": "CeleryExecutor", "redis": {"password": "redis"}});
    let more = match key {
        "webserverSecretKey" => json!({"airflowVersion": "2.11.0"}),
        _ if key.starts_with("data.resultBackendConnection") => json!({"data": {"resultBackendConnection": {"host": "h", "user": "u"}}}),
        _ if key.starts_with("data.brokerUrl") => json!({"redis": {"enabled": false}}),
        _ if key.contains("search.connection") => {
            json!({key.split('.').next().unwrap(): {"enabled": true, "connection": {"host": "h", "user": "u"}}})
        }
        _ if key.starts_with("registry") => json!({"registry": {"connection": {"host": "h", "user": "u"}}}),
        _ if key.starts_with("postgresql.auth.password") => {
            json!({"postgresql": {"auth": {"username": "u"}}, "data": {"metadataConnection": {"user": "u", "pass": null}}})
        }
        _ if key.starts_with("postgresql.auth.") => json!({"data": {"metadataConnection": {"pass": null}}}),
        _ if key.starts_with("data.metadataConnection.") => json!({"data": {"metadataConnection": {"host": "h", "user": "u"}}}),
        _ if key.starts_with("pgbouncer.") => json!({"pgbouncer": {"enabled": true}}),
        "dags.gitSync.sshKey" => json!({"dags": {"gitSync": {"enabled": true, "repo": "git@h:r.git"}}}),
        "dags.gitSync.githubApp.privateKey" => {
            json!({"dags": {"gitSync": {"enabled": true, "githubApp": {"clientId": "c", "installationId": "1"}}}})
        }
        _ if key.starts_with("kerberos.") => json!({"kerberos": {"enabled": true}}),
        _ if key.starts_with("flower.") => json!({"flower": {"enabled": true, "username": "u"}}),
        _ if key.starts_with("dags.gitSync") => json!({"dags": {"gitSync": {"enabled": true}}}),
        _ if key.contains(".volume.") => {
            let share = json!({"storageAccount": "account", "shareName": "share"});
            json!({key.split('.').next().unwrap(): {"persistence": {"enabled": true, "volume": {"azureFile": share}}}})
        }
        _ if key.starts_with("webserver.defaultUser") => json!({"airflowVersion": "2.11.0", "webserver": {"defaultUser": {
            "role": "Admin", "username": "u", "email": "e", "firstName": "f", "lastName": "l"}}}),
        _ => json!({}),
    };
    merge(&mut values, more);
    values
}

fn gen_in(folder: &Path, arguments: &[&str]) -> Run {
    run_with(folder, &[(VARIABLE, SECRET)], arguments, "")
}

/// The texts of all Secrets in a stream.
fn secrets(stream: &str) -> String {
    let documents = yaml_serde::Deserializer::from_str(stream).map(|document| Value::deserialize(document).unwrap());
    let secrets = documents.filter(|document| document["kind"] == "Secret");
    let mut texts = String::new();
    for secret in secrets {
        for value in secret["data"].as_object().into_iter().flat_map(|data| data.values()) {
            // What is given in base64 stands there as it is.
            texts.push_str(value.as_str().unwrap());
            let bytes = BASE64_STANDARD.decode(value.as_str().unwrap()).unwrap_or_default();
            texts.push_str(&String::from_utf8_lossy(&bytes));
        }
        texts.push_str(&secret["stringData"].to_string());
    }
    texts
}

/// Base64 of a text that stands somewhere in a longer one.
fn in_base64(text: &str) -> Vec<String> {
    (0..3)
        .map(|before| {
            let encoded = BASE64_STANDARD.encode("x".repeat(before) + text);
            // The digits at both ends depend on what stands beside.
            encoded[4..encoded.len() - 4].to_owned()
        })
        .collect()
}

/// Every secret key, in every form in which it may be given, and everything that any command prints.
#[test]
fn a_secret_is_in_secrets_and_nowhere_else() {
    let keys = secret_keys();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for keys in keys.chunks(keys.len().div_ceil(threads)) {
            scope.spawn(|| shows_nowhere(keys));
        }
    });
}

fn shows_nowhere(keys: &[String]) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("secret.txt"), format!("{SECRET}\n")).unwrap();
    for key in keys {
        fs::write(folder.path().join("values.yaml"), base(key).to_string()).unwrap();
        let forms = [json!(SECRET), json!({"env": VARIABLE}), json!({"file": "secret.txt"}), json!({"placeholder": format!("<{SECRET}>")})];
        for form in forms {
            let setting = format!("{key}={form}");
            let given = ["-f", "values.yaml", "--set-json", &setting];
            let with = |more: &[&str]| gen_in(folder.path(), &[more, &given].concat());
            let rendered = with(&[]);
            assert_eq!(rendered.status, 0, "{setting}\n{}", rendered.stderr);
            let is_placeholder = form.get("placeholder").is_some();
            // What a placeholder stands in is not among the manifests, but among what has to exist.
            let has_effect = if is_placeholder { rendered.stderr.contains("to exist") } else { secrets(&rendered.stdout).contains(MARK) };
            assert!(has_effect, "{setting} has no effect");
            assert!(!is_placeholder || !rendered.stdout.contains(MARK), "{setting} is among the manifests");
            let mut printed = vec![("stderr", rendered.stderr)];
            for command in ["secrets", "values", "graph"] {
                let run = with(&[command]);
                assert_eq!(run.status, 0, "{command} {setting}\n{}", run.stderr);
                printed.extend([(command, run.stdout), (command, run.stderr)]);
            }
            printed.push(("an error", with(&["--set", "nonsense=1"]).stderr));
            printed.push(("a wrong type", gen_in(folder.path(), &["-f", "values.yaml", "--set-json", &format!("{key}=[{form}]")]).stderr));
            printed.push(("a wrong key", gen_in(folder.path(), &["-f", "values.yaml", "--set-json", &format!("{key}x={form}")]).stderr));
            for (what, text) in printed {
                assert!(!text.contains(MARK), "{what} of {setting}\n{text}");
            }

            let directory = folder.path().join("rendered");
            let written = with(&["-o", directory.to_str().unwrap()]);
            assert_eq!(written.status, 0, "{}", written.stderr);
            assert!(!written.stderr.contains(MARK), "{}", written.stderr);
            for (path, text) in tree(&directory) {
                let found = text.contains(MARK) || in_base64(MARK).iter().any(|part| text.contains(part.as_str()));
                assert!(!found, "{} of {setting}\n{text}", path.display());
            }
            fs::remove_dir_all(&directory).unwrap();
            if !form.is_string() {
                continue;
            }
            // A diff between one secret and another.
            let other = format!("{key}={}", json!("AnotherSecretThatIsNotTheOneThatIsLookedForAAA="));
            let path = directory.to_str().unwrap();
            gen_in(folder.path(), &[&given[..], &["-o", path, "--with-secrets"]].concat());
            for setting in [setting.as_str(), &other] {
                let diff = gen_in(folder.path(), &["diff", path, "--with-secrets", "-f", "values.yaml", "--set-json", setting]);
                assert!(!(diff.stdout + &diff.stderr).contains(MARK), "the diff of {setting}");
            }
            fs::remove_dir_all(directory).unwrap();
        }
    }
}

#[test]
fn a_secret_may_be_in_the_environment_or_in_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
    fs::create_dir(folder.path().join("values")).unwrap();
    write("values/base.yaml", "airflowVersion: 3.2.0\nfernetKey: {placeholder: fill me in}\njwtSecret: {file: jwt.txt}\n");
    write("values/jwt.txt", "\u{feff}in the folder of the values\r\n");
    write("top.yaml", "fernetKey: {env: GEN_TEST_SECRET}\ndags: {gitSync: {enabled: true, repo: git@h:r.git, sshKey: {file: key}}}\n");
    write("key", "-----BEGIN-----\nkey\n-----END-----\n");
    let rendered = gen_in(folder.path(), &["-f", "values/base.yaml", "-f", "top.yaml", "--set-json", r#"apiSecretKey={"file": "key"}"#]);
    assert_eq!(rendered.status, 0, "{}", rendered.stderr);
    let texts = secrets(&rendered.stdout);
    for expected in [SECRET, "in the folder of the values", "-----END-----\n"] {
        assert!(texts.contains(expected), "{expected} is not in {texts}");
    }
    assert!(!texts.contains("values\r") && !texts.contains('\u{feff}') && texts.matches("-----END-----\n").count() == 1, "{texts}");

    for (variable, title) in [("", "is empty"), ("x", "is not a fernet key")] {
        let failed = run_with(folder.path(), &[(VARIABLE, variable)], &["-f", "top.yaml"], "");
        assert_eq!((failed.status, failed.stdout.as_str()), (2, ""), "{variable}");
        assert!(failed.stderr.contains(title), "{}", failed.stderr);
    }
}

/// The keys of the Secrets that a stream has, by the Secrets' names.
fn keys(stream: &str) -> BTreeMap<String, Vec<String>> {
    let documents = yaml_serde::Deserializer::from_str(stream).map(|document| Value::deserialize(document).unwrap());
    let keys = |document: &Value| document["data"].as_object().unwrap().keys().cloned().collect();
    documents
        .filter(|document| document["kind"] == "Secret")
        .map(|document| (document["metadata"]["name"].as_str().unwrap().to_owned(), keys(&document)))
        .collect()
}

#[test]
fn fresh_secrets_are_those_that_are_missing() {
    let once = run(&["secrets", "-f", "values/azure.yaml"]);
    assert_eq!((once.status, once.stderr.as_str()), (0, ""));
    let expected = [
        ("airflow-api-secret-key", "api-secret-key"),
        ("airflow-create-user", "password"),
        ("airflow-fernet-key", "fernet-key"),
        ("airflow-jwt-secret", "jwt-secret"),
    ];
    assert_eq!(keys(&once.stdout), expected.map(|(name, key)| (name.to_owned(), vec![key.to_owned()])).into());
    assert!(once.stdout.contains("namespace: airflow\n"));
    assert_ne!(once.stdout, run(&["secrets", "-f", "values/azure.yaml"]).stdout, "they are not fresh");

    // Given to the values, they are what was missing.
    let key = run(&["fernet-key"]);
    assert_eq!((key.status, key.stdout.len()), (0, 45), "{}", key.stdout);
    let setting = format!("fernetKey={}", key.stdout.trim_end());
    let rest = run(&["secrets", "-f", "values/azure.yaml", "--set", &setting]);
    assert!(!keys(&rest.stdout).contains_key("airflow-fernet-key"));

    // The password of Redis gives the broker's address with it.
    let celery = keys(&run_in(home(), &["secrets", "-f", "-"], "executor: CeleryExecutor\n").stdout);
    assert_eq!(celery["airflow-broker-url"], ["connection"]);
    assert_eq!(celery["airflow-redis-password"], ["password"]);

    // What is no matter of chance is named.
    let old = run(&["secrets", "-f", "values/airflow-azure-least.yaml"]);
    assert_eq!(keys(&old.stdout).into_keys().collect::<Vec<_>>(), ["fernet-key"]);
    assert!(old.stderr.contains("kubectl create secret generic airflow-metadata"), "{}", old.stderr);
    // Where the set makes its own namespace, that comes first, as `kubectl apply` will find it.
    let kinds: Vec<&str> = old.stdout.lines().filter_map(|line| line.strip_prefix("kind: ")).collect();
    assert_eq!(kinds, ["Namespace", "Secret"]);
    let namespace: Value =
        yaml_serde::Deserializer::from_str(&old.stdout).map(|one| Value::deserialize(one).unwrap()).find(Value::is_object).unwrap();
    let applied = r#"{"apiVersion":"v1","kind":"Namespace","metadata":{"annotations":{},"name":"airflow-on-k8s"}}"#;
    assert_eq!(namespace["metadata"]["annotations"]["kubectl.kubernetes.io/last-applied-configuration"], json!(format!("{applied}\n")));

    let none = run(&["secrets", "-f", "values/kubernetes-git-sync.yaml"]);
    assert_eq!((none.status, none.stdout.as_str()), (0, ""));
    assert!(none.stderr.contains("nothing to make"), "{}", none.stderr);
}

#[test]
fn a_directory_has_no_real_secrets_unless_they_are_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let directory = folder.path().to_str().unwrap();
    let secret = PathBuf::from("secrets/fernetkey-secret.yaml");
    let setting = format!("fernetKey={SECRET}");
    let given = ["-f", "values/azure.yaml", "--set", &setting, "-o", directory];
    let without = run(&given);
    assert_eq!(without.status, 0, "{}", without.stderr);
    assert!(without.stderr.contains("a Secret with real values is left out") && without.stderr.contains("`secrets/fernetkey-secret.yaml`"));
    let all = tree(folder.path()).len();
    assert!(!folder.path().join(&secret).exists());

    let with = run(&[&given[..], &["--with-secrets"]].concat());
    assert!(with.stderr.ends_with(&format!("1 written, {all} unchanged, 0 removed\n")), "{}", with.stderr);
    assert!(!with.stderr.contains("left out"), "{}", with.stderr);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = || fs::metadata(folder.path().join(&secret)).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(), 0o600);
        // A file that others may read is mended, though what is in it is the same.
        fs::set_permissions(folder.path().join(&secret), PermissionsExt::from_mode(0o644)).unwrap();
        assert!(run(&[&given[..], &["--with-secrets"]].concat()).stderr.contains("1 written"));
        assert_eq!(mode(), 0o600);
    }

    // Without them again they go, and a placeholder is none.
    assert!(run(&given).stderr.ends_with("1 removed\n"));
    let open = run(&["-f", "values/azure.yaml", "--set-json", r#"fernetKey={"placeholder": "fill me in"}"#, "-o", directory]);
    assert!(open.status == 0 && open.stderr.contains("airflow-fernet-key") && !open.stderr.contains("left out"), "{}", open.stderr);
    assert!(!tree(folder.path()).contains_key(&secret));

    let alone = run(&["-f", "values/azure.yaml", "--with-secrets"]);
    assert_eq!(alone.status, 2, "it needs a directory");
}

#[test]
fn the_values_in_force_are_shown_without_secrets() {
    let values = "airflowVersion: 3.2.0\nexecutor: KubernetesExecutor\nconfig: {core: {parallelism: 64}, smtp: {smtp_password: hunter2}}\n\
                  data: {metadataConnection: {host: db.example.com, user: airflow, pass: hunter2}}\n\
                  dags: {gitSync: {enabled: true, repo: \"https://user:hunter2@example.com/r.git\"}}\n";
    let shown = run_in(home(), &["values", "-f", "-", "--set", "scheduler.replicas=2"], values);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    let tree: Value = yaml_serde::from_str(&shown.stdout).unwrap();
    for (pointer, expected) in [
        ("/executor", json!("KubernetesExecutor")),
        ("/scheduler/replicas", json!(2)),
        ("/data/metadataConnection/host", json!("db.example.com")),
        ("/data/metadataConnection/sslmode", json!("disable")),
        ("/data/metadataConnection/pass", json!("***")),
        ("/config/core/parallelism", json!(64)),
        ("/config/smtp/smtp_password", json!("***")),
        ("/dags/gitSync/repo", json!("***")),
    ] {
        assert_eq!(tree.pointer(pointer), Some(&expected), "{pointer}");
    }
    assert!(!shown.stdout.contains("hunter2"));
}

/// Two Secrets of one name in two namespaces: one is a placeholder, and the other one is real. The placeholder is among the
/// manifests for Airflow 1.10 alone.
#[test]
fn a_real_secret_is_left_out_whatever_others_of_its_name_hold() {
    let share = |account: &str, namespace: &str, key: Value| {
        let share = json!({"storageAccount": account, "shareName": "files", "secretName": "shares", "secretNamespace": namespace, "storageAccountKey": key});
        json!({"persistence": {"enabled": true, "volume": {"azureFile": share}}})
    };
    let (open, real) = (json!({"placeholder": "fill me in"}), json!("c2VjcmV0"));
    for version in ["1.10.12", "3.2.0"] {
        let mut values = json!({"airflowVersion": version, "dags": share("firstaccount", "a", open.clone()), "logs": share("secondaccount", "b", real.clone())});
        if version == "1.10.12" {
            merge(&mut values, json!({"fernetKeySecretName": "f", "data": {"metadataSecretName": "d"}}));
        }
        let folder = tempfile::tempdir().unwrap();
        let done = run_in(home(), &["-f", "-", "-o", folder.path().to_str().unwrap()], &values.to_string());
        assert_eq!(done.status, 0, "{}", done.stderr);
        let files = tree(folder.path());
        let written = files.get(Path::new("secrets/azure-secret.yaml")).map(String::as_str).unwrap_or_default();
        assert_eq!(written.contains("namespace: a\n"), version == "1.10.12", "{version}: {written}");
        assert!(!written.contains("namespace: b\n"), "{version}: {written}");
        assert!(done.stderr.contains("`shares` of `secrets/azure-secret.yaml`"), "{version}: {}", done.stderr);
    }
}

/// A Secret among the user's own objects is one: `gen values` does not show it, nor does a message, nor a directory.
#[test]
fn a_secret_among_the_users_objects_is_a_secret() {
    let secret = "{apiVersion: v1, kind: Secret, metadata: {name: a}, stringData: {password: hunter2}}";
    let pod =
        "{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{name: a, image: a, env: [{name: A, value: hunter2}]}]}}";
    let other = "{apiVersion: example.com/v1, kind: Login, metadata: {name: a}, spec: {password: hunter2, passwordSecretName: shown, url: 'http://u:hunter2@h'}}";
    let values = format!("airflowVersion: 3.2.0\nextraObjects: [{secret}, {pod}, {other}]\n");
    let shown = run_with_input(&["values", "-f", "-"], &values);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    assert!(
        !shown.stdout.contains("hunter2") && shown.stdout.contains("shown") && shown.stdout.contains("password: \"***\""),
        "{}",
        shown.stdout
    );
    let broken = run_with_input(&["-f", "-"], &values.replace("kind: Secret, ", "kind: Secrets, "));
    assert!(broken.status == 2 && !broken.stderr.contains("hunter2"), "{}", broken.stderr);
    let as_text = run_with_input(&["values", "-f", "-"], &format!("airflowVersion: 3.2.0\nextraObjects: ['{secret}']\n"));
    assert!(as_text.status == 0 && !as_text.stdout.contains("hunter2"), "{}", as_text.stdout);
    let folder = tempfile::tempdir().unwrap();
    let written = run_with_input(&["-f", "-", "-o", folder.path().to_str().unwrap()], &values);
    assert_eq!(written.status, 0, "{}", written.stderr);
    assert!(folder.path().join("extra/a-pod.yaml").is_file() && !folder.path().join("extra/a-secret.yaml").exists());
}

#[test]
fn values_are_shown_without_secrets_and_without_damage() {
    let values = "airflowVersion: 3.2.0\nexecutor: CeleryExecutor\n\
        config: {database: {sql_alchemy_con: \"postgresql://u:hunter2@h/db\"}}\n\
        scheduler: {args: [bash, -c, \"airflow x --password hunter2 && exec airflow scheduler\"]}\n\
        triggerer: {args: [airflow, triggerer, --api-token, hunter2]}\n\
        dagProcessor: {dagBundleConfigList: [{name: a, classpath: x.y, kwargs: {token: hunter2, nested: {api_key: hunter2, path: dags}}}]}\n\
        logs: {persistence: {enabled: true, volume: {csi: {driver: d, volumeHandle: h, volumeAttributes: {accountkey: hunter2}}}}}\n\
        fernetKey: JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=\n\
        labels: {release: \"{{ .Release.Name }}\"}\n";
    let shown = run_with_input(&["values", "-f", "-"], values);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    assert!(!shown.stdout.contains("hunter2") && !shown.stderr.contains("hunter2"), "{}{}", shown.stdout, shown.stderr);
    for whole in [
        "    protocol: postgresql  # default\n",
        "    repository: postgres  # default\n",
        "airflow x --password *** && exec airflow scheduler",
        "path: dags  # standard input:6\n",
        "  release: airflow  # standard input:9\n",
    ] {
        assert!(shown.stdout.contains(whole), "{whole}: {}", shown.stdout);
    }
}

#[test]
fn values_say_where_they_come_from_and_what_is_changed() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.yaml"), "airflowVersion: 3.2.0\nexecutor: CeleryExecutor\nscheduler:\n  replicas: 2\n").unwrap();
    let arguments = ["values", "-f", "a.yaml", "--set", "webserver.replicas=1,triggerer.replicas=3", "--only-changed"];
    let changed = run_in(folder.path(), &arguments, "");
    let expected = "airflowVersion: \"3.2.0\"  # a.yaml:1\nscheduler:\n  replicas: 2  # a.yaml:4\ntriggerer:\n  replicas: 3  # --set\n";
    assert_eq!((changed.status, changed.stdout.as_str()), (0, expected), "{}", changed.stderr);
    let plain = run_in(folder.path(), &[&arguments[..], &["--no-comments"]].concat(), "");
    assert_eq!(plain.stdout, "airflowVersion: \"3.2.0\"\nscheduler:\n  replicas: 2\ntriggerer:\n  replicas: 3\n");
    let nothing = run_in(folder.path(), &["values", "-f", "-", "--only-changed"], "executor: CeleryExecutor\n");
    assert_eq!(nothing.stdout, "{}\n");
}

#[test]
fn values_show_what_is_no_secret_and_nothing_that_a_template_makes_of_one() {
    let values = r#"
airflowVersion: 3.2.0
executor: LocalExecutor
site: {password: hunter2hunter2}
postgresql: {auth: {postgresPassword: postgres}}
airflowPodAnnotations:
  a: "{{ .Values.site.password | b64enc }}"
  b: "{{ .Release.Name }}-postgresql"
  c: "{{ if .Values.site.password }}yes{{ end }}"
  d: "{{ .Values.postgresql.auth.postgresPassword }}x"
  "e-{{ .Values.site.password }}": "{{ .Values.site.password }}"
  eks.amazonaws.com/token-expiration: "86400"
config:
  api: {workers: "4", access_logfile: "-", ssl_cert: /a.crt, ssl_key: /a.key, base_url: "https://a.example.com/"}
  smtp: {smtp_password: hunter2}
dags: {gitSync: {enabled: true, repo: "ssh://git@github.com/a/b.git", sshKeySecret: key}}
scheduler:
  args: [bash, -c, "run --password {{ .Values.site.password }} --user {{ .Values.site.password }}"]
  extraVolumes: [{name: v, csi: {driver: d, volumeAttributes: {secretProviderClass: shown}}}]
"#;
    let shown = run_with_input(&["values", "-f", "-", "--only-changed", "--no-comments"], values);
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    for line in [
        "  a: Kioq",
        "  b: airflow-postgresql",
        "  c: \"yes\"",
        "  d: \"***x\"",
        "  \"***\": \"***\"",
        "  - run --password *** --user ***",
        "  eks.amazonaws.com/token-expiration: \"86400\"",
        "    workers: \"4\"",
        "    access_logfile: '-'",
        "    ssl_cert: /a.crt",
        "    smtp_password: \"***\"",
        "    repo: ssh://git@github.com/a/b.git",
        "        secretProviderClass: shown",
    ] {
        assert!(shown.stdout.lines().any(|shown| shown.trim_start() == line.trim_start()), "{line}\n{}", shown.stdout);
    }
    assert!(!shown.stdout.contains("hunter2") && !shown.stdout.contains("aHVudGVy"), "{}", shown.stdout);
}

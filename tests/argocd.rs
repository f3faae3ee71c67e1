//! `gen argocd-generate` and `gen argocd-parameters`: the commands of `examples/argocd/plugin.yaml`, run as a sidecar of Argo CD does.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Run, home, run_in, run_with};

const VALUES: &str = "airflowVersion: 3.2.2\nexecutor: KubernetesExecutor\nscheduler: {replicas: 1}\nfernetKey: {env: ARGOCD_ENV_KEY}\n";
const KEY: (&str, &str) = ("ARGOCD_ENV_KEY", "JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=");

/// A folder with a values file.
fn alone() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("values.yaml"), VALUES).unwrap();
    folder
}

/// A command of the plugin, by its place in the file.
fn command(place: &str) -> Vec<String> {
    let plugin: Value = yaml_serde::from_str(&fs::read_to_string(home().join("examples/argocd/plugin.yaml")).unwrap()).unwrap();
    let words = |list: &Value| list.as_array().unwrap().iter().map(|word| word.as_str().unwrap().to_owned()).collect();
    words(&plugin["spec"].pointer(place).unwrap()["command"])
}

/// Runs a command of the plugin that is gen's.
fn ran(place: &str, folder: &Path, parameters: &Value, more: &[(&str, &str)]) -> Run {
    let words = command(place);
    assert_eq!(words[0], "gen");
    let arguments: Vec<&str> = words[1..].iter().map(String::as_str).collect();
    let parameters = parameters.to_string();
    let variables = [&[("ARGOCD_APP_PARAMETERS", parameters.as_str()), ("ARGOCD_APP_NAMESPACE", "data"), KEY], more].concat();
    run_with(folder, &variables, &arguments, "")
}

#[test]
fn an_application_has_its_name_its_namespace_and_its_delivery() {
    let folder = alone();
    let generated = |variables: &[(&str, &str)]| {
        let done = ran("/generate", folder.path(), &Value::Null, variables);
        assert_eq!(done.status, 0, "{}", done.stderr);
        done.stdout
    };
    let printed = |name: &str| {
        let arguments = ["-q", "-f", "values.yaml", "-n", "data", "--release-name", name, "--set", "delivery=argocd"];
        run_with(folder.path(), &[KEY], &arguments, "").stdout
    };
    assert!(generated(&[("ARGOCD_APP_NAME", "stack")]) == printed("stack"));
    // That of an Application outside of Argo CD's namespace.
    assert!(generated(&[("ARGOCD_APP_NAME", "team-a_stack"), ("KUBE_VERSION", "1.34.2")]) == printed("stack"));
    // What the values say has precedence.
    fs::write(folder.path().join("values.yaml"), format!("{VALUES}releaseName: own\nnamespace: other\n")).unwrap();
    let own = generated(&[("ARGOCD_APP_NAME", "stack")]);
    assert!(own.contains("  name: own-scheduler\n  namespace: other\n"), "{own}");
}

#[test]
fn an_application_is_no_part_of_what_it_applies() {
    let folder = alone();
    let plain = ran("/generate", folder.path(), &Value::Null, &[]);
    let more = "argocd: {application: {enabled: true, repoURL: \"https://git.example.com/a.git\", path: rendered}}\n";
    fs::write(folder.path().join("values.yaml"), format!("{VALUES}{more}")).unwrap();
    let done = ran("/generate", folder.path(), &Value::Null, &[]);
    assert_eq!((done.status, &done.stdout), (0, &plain.stdout));
    let told = "note: the Application `airflow` is left out\n |\n = note: it tells of a directory, and is no part of what is applied\n \
                = help: `gen -s argocd/argocd-application.yaml` prints it\n";
    assert!(done.stderr.contains(told), "{}", done.stderr);
}

#[test]
fn parameters_say_environment_files_and_settings() {
    let folder = alone();
    fs::write(folder.path().join("more.yaml"), "scheduler: {replicas: 3}\n").unwrap();
    fs::write(folder.path().join("gen.yaml"), "environments: {prod: {values: [values.yaml], namespace: airflow}}\n").unwrap();
    let options = ["-q", "--release-name", "a", "--set", "delivery=argocd"];
    for (parameters, arguments) in [
        (
            json!([{"name": "values-files", "array": ["values.yaml", "more.yaml"]}]),
            &["-n", "data", "-f", "values.yaml", "-f", "more.yaml"][..],
        ),
        (
            json!([{"name": "set", "map": {"scheduler.replicas": "2", "dags.gitSync.subPath": "a,b"}}, {"name": "set-string", "map": {"images.airflow.tag": "1.10"}}]),
            &[
                "-n",
                "data",
                "-f",
                "values.yaml",
                "--set",
                "scheduler.replicas=2",
                "--set-literal",
                "dags.gitSync.subPath=a,b",
                "--set-string",
                "images.airflow.tag=1.10",
            ],
        ),
        (json!([{"name": "environment", "string": "prod"}]), &["-e", "prod"]),
        (
            json!([{"name": "environment", "string": "prod"}, {"name": "values-files", "array": ["more.yaml"]}]),
            &["-e", "prod", "-f", "more.yaml"],
        ),
        (json!([{"name": "environment", "string": ""}]), &["-n", "data", "-f", "values.yaml"]),
    ] {
        let done = ran("/generate", folder.path(), &parameters, &[("ARGOCD_APP_NAME", "a")]);
        assert_eq!(done.status, 0, "{}", done.stderr);
        let printed = run_with(folder.path(), &[KEY], &[&options[..], arguments].concat(), "").stdout;
        assert!(done.stdout == printed, "{parameters}\n{}", crate::support::difference(&printed, &done.stdout));
    }
}

#[test]
fn mistakes_of_an_application_are_told() {
    let folder = alone();
    let empty = tempfile::tempdir().unwrap();
    fs::write(empty.path().join("gen.yaml"), "environments: {prod: {}}\n").unwrap();
    let told: String = [
        (folder.path(), json!([{"name": "values-file", "array": ["values.yaml"]}, {"name": "set", "string": "a=b"}])),
        (folder.path(), json!([{"name": "set", "map": {"scheduler.replcas": "2"}}])),
        (folder.path(), json!([{"name": "what"}])),
        (folder.path(), json!([{"name": "set", "map": {"scheduler.replicas": "2"}}, {"name": "set", "map": {"statsd.enabled": "false"}}])),
        (folder.path(), json!({"name": "set"})),
        (empty.path(), Value::Null),
        (empty.path(), json!([{"name": "environment", "string": "prd"}])),
    ]
    .iter()
    .map(|(folder, parameters)| {
        let done = ran("/generate", folder, parameters, &[]);
        assert_eq!((done.status, done.stdout.as_str()), (2, ""));
        done.stderr + "\n"
    })
    .collect();
    insta::assert_snapshot!("mistakes_of_an_application", told);
    let strictly = run_with(folder.path(), &[KEY, ("ARGOCD_APP_NAME", "a")], &["argocd-generate", "--strict"], "");
    assert_eq!((strictly.status, strictly.stdout.as_str()), (2, ""), "{}", strictly.stderr);
}

#[test]
fn argo_cd_shows_what_may_be_said() {
    let folder = alone();
    let done = ran("/parameters/dynamic", folder.path(), &Value::Null, &[("ARGOCD_APP_NAME", "a")]);
    assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("parameters_of_a_values_file", done.stdout);
    // With environments, of which none is named.
    let example = home().join("examples/environments");
    let done = ran("/parameters/dynamic", &example, &Value::Null, &[]);
    assert_eq!(done.status, 0);
    insta::assert_snapshot!("parameters_of_environments", format!("{}{}", done.stdout, done.stderr));
}

#[test]
fn the_plugin_finds_repositories_for_airflow() {
    let words = command("/discover/find");
    let found = |files: &[(&str, &str)]| {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let done = std::process::Command::new(&words[0]).args(&words[1..]).current_dir(folder.path()).output().unwrap();
        assert!(done.status.success());
        String::from_utf8(done.stdout).unwrap()
    };
    assert_eq!(found(&[("gen.yaml", "environments: {}\n")]), "gen.yaml\n");
    assert_eq!(found(&[("values.yaml", VALUES)]), "values.yaml\n");
    assert_eq!(found(&[("values.yaml", "replicas: 1\n")]), "");
    assert_eq!(found(&[]), "");
}

/// What the image of the sidecar is made of is there, and the objects beside it are sound.
#[test]
fn the_sidecar_is_made_of_what_is_there() {
    let dockerfile = fs::read_to_string(home().join("examples/argocd/Dockerfile")).unwrap();
    for line in dockerfile.lines().filter(|line| line.starts_with("COPY ") && !line.contains("--from")) {
        let source = line.split(' ').nth(1).unwrap();
        assert!(home().join(source).exists(), "{line}");
    }
    let version = include_str!("../Cargo.toml").lines().find_map(|line| line.strip_prefix("rust-version = ")).unwrap();
    assert!(dockerfile.contains(&format!("FROM rust:{}-slim", version.trim_matches('"'))));
    let application: Value = yaml_serde::from_str(&fs::read_to_string(home().join("examples/argocd/application.yaml")).unwrap()).unwrap();
    let done = ran("/generate", &home().join("examples/environments"), &application["spec"]["source"]["plugin"]["parameters"], &[]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    let set = ["-q", "-e", "prod", "--set", "scheduler.replicas=2,delivery=argocd"];
    assert!(done.stdout == run_in(&home().join("examples/environments"), &set, "").stdout);
}

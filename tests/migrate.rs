//! `gen migrate` as a user runs it: files in their places, several files, and the comparison with manifests of Helm.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::support::{Run, merge, run, run_in, run_with_input};

const BASE: &str = "# For all.\nexecutor: CeleryExecutor\nworkers:\n  # Two.\n  replicas: 2\n  resources: {limits: {memory: 1Gi}}\n";
const OVER: &str = "# For production.\nworkers:\n  replicas: 5\nfernetKeySecretName: keys\n";

fn write(folder: &Path, files: &[(&str, &str)]) {
    for (name, text) in files {
        fs::write(folder.join(name), text).unwrap();
    }
}

#[test]
fn standard_input_is_a_file_too() {
    let Run { status, stdout, stderr } = run_with_input(&["migrate", "-"], "executor: CeleryExecutor\nworkers: {replicas: 2}\n");
    assert_eq!(stdout, "executor: CeleryExecutor\nworkers:\n  celery:\n    replicas: 2\n");
    assert_eq!((status, stderr.as_str()), (0, "standard input: 1 key moved to its new name\n"));
}

#[test]
fn line_breaks_of_windows_stay() {
    let text = "executor: CeleryExecutor\r\nworkers:\r\n  # Two.\r\n  replicas: 2\r\nscript: |\r\n  a\r\n\r\n  b\r\n";
    let migrated = run_with_input(&["migrate", "-"], text).stdout;
    let expected = "executor: CeleryExecutor\r\nworkers:\r\n  celery:\r\n    # Two.\r\n    replicas: 2\r\n\
                    # No effect, in the chart either\r\n# script: |\r\n#   a\r\n#\r\n#   b\r\n";
    assert_eq!(migrated, expected);
}

#[test]
fn a_file_without_a_last_line_break_has_one_then() {
    let migrated = run_with_input(&["migrate", "-"], "\u{feff}executor: CeleryExecutor\nworkers:\n  replicas: 2").stdout;
    assert_eq!(migrated, "executor: CeleryExecutor\nworkers:\n  celery:\n    replicas: 2\n");
}

#[test]
fn of_what_nothing_is_left_there_is_an_empty_map() {
    assert_eq!(
        run_with_input(&["migrate", "-"], "rbacEnabled: true\n").stdout,
        "# No effect, in the chart either; set `rbac.create`\n# rbacEnabled: true\n{}\n"
    );
}

#[test]
fn several_files_are_layers_and_each_is_migrated_by_itself() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("base.yaml", BASE), ("prod.yaml", OVER)]);
    let before = run_in(folder.path(), &["-f", "base.yaml", "-f", "prod.yaml"], "");
    let printed = run_in(folder.path(), &["migrate", "base.yaml", "prod.yaml"], "");
    let base =
        "# For all.\nexecutor: CeleryExecutor\nworkers:\n  celery:\n    # Two.\n    replicas: 2\n    resources: {limits: {memory: 1Gi}}\n";
    // The executor stands in the other file.
    let over = "# For production.\nworkers:\n  celery:\n    replicas: 5\nfernetKeySecretName: keys\n";
    assert_eq!(printed.stdout, format!("---\n# Source: base.yaml\n{base}---\n# Source: prod.yaml\n{over}"));
    assert!(printed.stderr.ends_with("base.yaml: 2 keys moved to their new names\nprod.yaml: 1 key moved to its new name\n"));
    assert_eq!(fs::read_to_string(folder.path().join("base.yaml")).unwrap(), BASE);

    let written = run_in(folder.path(), &["migrate", "-w", "-f", "base.yaml", "-f", "prod.yaml"], "");
    assert_eq!((written.status, written.stdout.as_str(), written.stderr), (0, "", printed.stderr));
    assert_eq!(fs::read_to_string(folder.path().join("base.yaml")).unwrap(), base);
    assert_eq!(fs::read_to_string(folder.path().join("prod.yaml")).unwrap(), over);
    let after = run_in(folder.path(), &["-f", "base.yaml", "-f", "prod.yaml"], "");
    assert_eq!((before.status, before.stdout), (after.status, after.stdout));
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names.len(), 2, "{names:?}");
}

#[test]
fn what_another_file_says_under_the_new_name_counts() {
    let folder = tempfile::tempdir().unwrap();
    let base = "executor: CeleryExecutor\nworkers: {celery: {replicas: 2, nodeSelector: {pool: new}}}\n";
    write(folder.path(), &[("base.yaml", base), ("prod.yaml", "workers:\n  replicas: 5\n  nodeSelector: {pool: old}\n")]);
    let Run { status, stdout, stderr } = run_in(folder.path(), &["migrate", "base.yaml", "prod.yaml"], "");
    assert_eq!((status, stderr.as_str()), (0, "base.yaml: nothing to change\nprod.yaml: 2 keys without effect are comments now\n"));
    let prod = "# workers:\n  # No effect: `workers.celery.replicas` counts\n  # replicas: 5\n  # No effect: `workers.celery.nodeSelector` counts\n  \
                # nodeSelector: {pool: old}\n{}\n";
    assert_eq!(stdout, format!("---\n# Source: base.yaml\n{base}---\n# Source: prod.yaml\n{prod}"));
}

/// The policy of the workers has the labels of both kinds.
#[test]
fn what_would_change_the_objects_is_left_to_a_person() {
    let values = "executor: CeleryExecutor\nnetworkPolicies: {enabled: true}\nworkers:\n  labels: {team: data}\n";
    let Run { status, stdout, stderr } = run_with_input(&["migrate", "-"], values);
    assert_eq!((status, stdout.as_str()), (0, values));
    assert!(stderr.starts_with("warning: `workers.labels` keeps its old name\n--> standard input:4:3\n"), "{stderr}");
}

#[test]
fn an_option_of_airflow_cfg_moves_where_its_version_reads_the_old_name() {
    let migrated = |version: &str, options: &str| {
        let values = format!("{version}config:\n  scheduler:\n{options}");
        let Run { status, stdout, .. } = run_with_input(&["migrate", "-"], &values);
        assert_eq!(status, 0);
        stdout.strip_prefix(&format!("{version}config:\n  scheduler:\n")).unwrap_or(&stdout).to_owned()
    };
    let old = "    running_metrics_interval: 5\n";
    assert_eq!(migrated("airflowVersion: 3.2.0\n", old), "    ti_metrics_interval: 5\n");
    // What an older version reads, and one that nobody named.
    assert_eq!(migrated("airflowVersion: 3.1.0\n", old), old);
    assert_eq!(migrated("", old), old);
    let both = format!("{old}    ti_metrics_interval: 10\n");
    let comment = "    # No effect: `config.scheduler.ti_metrics_interval` counts\n    # running_metrics_interval: 5\n";
    assert_eq!(migrated("airflowVersion: 3.2.0\n", &both), format!("{comment}    ti_metrics_interval: 10\n"));
    // Nobody reads this any more: with another name it would have an effect.
    let gone = "    statsd_on: \"True\"\n";
    assert_eq!(migrated("airflowVersion: 3.2.0\n", gone), gone);
}

#[test]
fn what_the_command_line_says_counts() {
    let values = "workers: {nodeSelector: {pool: tasks}}\n";
    let migrated = |executor: &str| run_with_input(&["migrate", "-", "--set", &format!("executor={executor}")], values).stdout;
    assert_eq!(migrated("KubernetesExecutor"), "workers:\n  kubernetes:\n    nodeSelector:\n      pool: tasks\n");
    assert_eq!(migrated("CeleryExecutor"), "workers:\n  celery:\n    nodeSelector:\n      pool: tasks\n");
}

#[cfg(unix)]
#[test]
fn a_file_in_its_place_stays_what_it_is() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("real.yaml", BASE)]);
    let real = folder.path().join("real.yaml");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.yaml", folder.path().join("link.yaml")).unwrap();
    assert_eq!(run_in(folder.path(), &["migrate", "--write", "link.yaml"], "").status, 0);
    assert!(fs::symlink_metadata(folder.path().join("link.yaml")).unwrap().is_symlink());
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(fs::read_to_string(&real).unwrap().contains("celery:"));
    let modified = fs::metadata(&real).unwrap().modified().unwrap();
    let again = run_in(folder.path(), &["migrate", "--write", "link.yaml"], "");
    assert_eq!(again.stderr, "link.yaml: nothing to change\n");
    assert_eq!(fs::metadata(&real).unwrap().modified().unwrap(), modified);
}

#[test]
fn what_cannot_be_done_is_one_error_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("good.yaml", BASE), ("bad.yaml", "a: [1\n"), ("empty.yaml", ""), ("two.yaml", "a: 1\n---\nb: 1\n")]);
    for (arguments, expected) in [
        (&[][..], "error: no values file is given"),
        (&["-w", "-"], "error: `--write` needs files"),
        (&["gone.yaml"], "error: cannot read `gone.yaml`"),
        (&["-w", "good.yaml", "bad.yaml"], "error: not valid YAML"),
        (&["-w", "good.yaml", "empty.yaml"], "error: `empty.yaml` is empty"),
        (&["two.yaml"], "error: `two.yaml` holds several documents"),
        (&["-", "--against", "-"], "error: standard input cannot be the values and the manifests"),
        (&["good.yaml", "--against", "gone.yaml"], "error: cannot read `gone.yaml`"),
        (&["good.yaml", "--against", "bad.yaml"], "error: not valid YAML\n --> bad.yaml:1:4"),
        (&["good.yaml", "--against", "good.yaml"], "error: `good.yaml` holds what is no object of Kubernetes"),
        (&["-w", "good.yaml", "--against", "-"], "error: `--write` and `--against` exclude each other"),
    ] {
        let run = run_in(folder.path(), &[&["migrate"], arguments].concat(), "a: 1\n");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.starts_with(expected), "{arguments:?}: {}", run.stderr);
        assert_eq!(fs::read_to_string(folder.path().join("good.yaml")).unwrap(), BASE, "{arguments:?}");
    }
}

#[test]
fn with_strict_what_is_left_stops_it() {
    let values = "values/migrate/by-hand.yaml";
    let strict = run(&["migrate", "--strict", values]);
    assert_eq!((strict.status, strict.stdout.as_str()), (2, ""));
    assert!(!strict.stderr.contains("warning"), "{}", strict.stderr);
    assert!(!(strict.stderr + &run(&["migrate", values]).stderr).contains("hunter2"));
}

#[test]
fn against_what_gen_renders_nothing_differs() {
    let values = "values/from-helm.yaml";
    let stream = run(&["-f", values, "--set", "delivery=helm", "-n", "data"]).stdout;
    let same = run_with_input(&["migrate", values, "--set", "delivery=helm", "-n", "data", "--against", "-"], &stream);
    assert_eq!(same.status, 0, "{}", same.stdout);
    assert!(same.stdout.starts_with("0 added (+), 0 removed (-), 0 changed (~), "), "{}", same.stdout);
    let settings =
        "scheduler.replicas=2,apiSecretKey=hunter2-hunter2,apiSecretKeySecretName=,config.core.parallelism=8,statsd.enabled=false";
    let more = [&["migrate", values, "--set", "delivery=helm", "-n", "data"][..], &["--set", settings, "--against", "-"]].concat();
    let differs = run_with_input(&more, &stream);
    assert_eq!(differs.status, 1);
    assert!(!differs.stdout.contains("hunter2"), "{}", differs.stdout);
    insta::assert_snapshot!(differs.stdout);
}

/// A Secret that Helm made and the values name is not told as one that goes.
#[test]
fn against_what_helm_made_the_secrets_that_pods_read_stay() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("values.yaml"), "airflowVersion: 3.2.2\nfernetKeySecretName: kept\n").unwrap();
    let secret =
        |name: &str| format!("apiVersion: v1\nkind: Secret\nmetadata: {{name: {name}}}\ndata: {{fernet-key: aHVudGVyMg==}}\n---\n");
    let made = secret("kept") + &secret("gone");
    let run = run_in(folder.path(), &["migrate", "values.yaml", "--against", "-"], &made);
    let secrets: Vec<&str> = run.stdout.lines().filter(|line| line.starts_with(['-', '='])).collect();
    assert_eq!((run.status, secrets), (1, vec!["- Secret gone", "= Secret kept"]), "{}", run.stdout);
    let counts = run.stdout.lines().last().unwrap();
    assert!(counts.contains("1 removed (-), 0 changed (~), 1 read by the manifests and left as they are (=)"), "{counts}");
}

/// Values in which each old name has an effect.
const ALL_ON: &str = "executor: CeleryExecutor,KubernetesExecutor\nallowPodLaunching: true\n\
    flower: {enabled: true}\npgbouncer: {enabled: true}\notelCollector: {tracesEnabled: true}\n\
    cleanup: {enabled: true}\ndatabaseCleanup: {enabled: true}\ndagProcessor: {enabled: true}\n\
    dags: {gitSync: {enabled: true, repo: \"https://example.com/dags.git\"}}\n";

/// What a key of this name may say.
const SAMPLES: &[(&str, &str)] = &[
    (
        "affinity",
        "{nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: a, operator: Exists}]}]}}}",
    ),
    ("annotations", "{a: b}"),
    ("args", "[bash]"),
    ("command", "[bash]"),
    ("containerLifecycleHooks", "{preStop: {exec: {command: [ls]}}}"),
    ("defaultUser", "{username: chief}"),
    ("enabled", "true"),
    ("env", "[{name: A, value: b}]"),
    ("extraContainers", "[{name: a, image: b}]"),
    ("extraInitContainers", "[{name: a, image: b}]"),
    ("extraNetworkPolicies", "[{podSelector: {matchLabels: {a: b}}}]"),
    ("extraPorts", "[{name: a, containerPort: 9}]"),
    ("extraVolumeMounts", "[{name: logs, mountPath: /a}]"),
    ("extraVolumes", "[{name: a, emptyDir: {}}]"),
    ("host", "airflow.example.com"),
    ("hostAliases", "[{ip: 10.0.0.1, hostnames: [a]}]"),
    ("hpa", "{enabled: true, maxReplicaCount: 9}"),
    ("keda", "{enabled: true, maxReplicaCount: 9}"),
    ("kerberosInitContainer", "{enabled: true}"),
    ("kerberosSidecar", "{enabled: true}"),
    ("labels", "{a: b}"),
    ("livenessProbe", "{enabled: false}"),
    ("logGroomerSidecar", "{retentionDays: 3}"),
    ("nodeSelector", "{a: b}"),
    ("persistence", "{size: 5Gi}"),
    ("podAnnotations", "{a: b}"),
    ("podDisruptionBudget", "{enabled: true, config: {maxUnavailable: 1}}"),
    ("podManagementPolicy", "Parallel"),
    ("priorityClassName", "high"),
    ("queue", "default,other"),
    ("replicas", "3"),
    ("resources", "{requests: {cpu: 1}}"),
    ("revisionHistoryLimit", "3"),
    ("runtimeClassName", "kata"),
    ("safeToEvict", "true"),
    ("schedulerName", "other"),
    ("secretName", "login"),
    ("securityContext", "{runAsUser: 1000}"),
    ("securityContexts", "{pod: {runAsUser: 1000}}"),
    ("serviceAccount", "{annotations: {a: b}}"),
    ("strategy", "{rollingUpdate: {maxSurge: 1}}"),
    ("terminationGracePeriodSeconds", "60"),
    ("tls", "{enabled: true, secretName: login}"),
    ("tolerations", "[{key: a, operator: Exists}]"),
    ("topologySpreadConstraints", "[{maxSkew: 1, topologyKey: a, whenUnsatisfiable: DoNotSchedule, labelSelector: {}}]"),
    ("updateStrategy", "{type: RollingUpdate, rollingUpdate: {partition: 1}}"),
    ("volumeClaimTemplates", "[{metadata: {name: a}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]"),
    ("waitForMigrations", "{enabled: false}"),
];

/// The old names below a schema, lists aside.
fn old_names(whole: &Value, node: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some(reference) = node["$ref"].as_str().filter(|reference| !reference.contains("io.k8s")) {
        old_names(whole, whole.pointer(&reference[1..]).unwrap(), path, found);
    }
    for choice in ["anyOf", "oneOf"].into_iter().flat_map(|key| node[key].as_array().into_iter().flatten()) {
        old_names(whole, choice, path, found);
    }
    for (key, property) in node["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        if property["deprecated"] == true {
            found.insert(path);
        } else {
            old_names(whole, property, &path, found);
        }
    }
}

/// How many times several names are tried at once, none beside its neighbour, which may be about the same.
const BATCHES: usize = 8;

/// Each old name moves, or a person is told what to do; and the objects stay the same.
#[test]
fn every_old_name_has_its_way() {
    let schema: Value = serde_json::from_str(&run(&["schema"]).stdout).unwrap();
    let mut names = BTreeSet::new();
    old_names(&schema, &schema, "", &mut names);
    assert!(names.len() > 70, "{names:?}");
    assert!(names.remove("registry.connection"));
    let names: Vec<String> = names.into_iter().collect();
    let (of_edge, others): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| name.contains(".edge."));
    let (of_2, of_3): (Vec<&String>, Vec<&String>) = others.into_iter().partition(|name| name.contains("web"));
    let batches = (0..BATCHES).map(|first| of_3.iter().skip(first).step_by(BATCHES).copied().collect::<Vec<_>>());
    let mut faults = Vec::new();
    for (version, names) in batches.map(|names| ("3.2.2", names)).chain([("2.11.2", of_2), ("3.2.2", of_edge)]) {
        let mut values: Value = yaml_serde::from_str(&format!("airflowVersion: {version}\n{ALL_ON}")).unwrap();
        for name in &names {
            if name.contains(".edge.") {
                values["executor"] = "airflow.providers.edge3.executors.EdgeExecutor".into();
            }
            let last = name.rsplit('.').next().unwrap();
            let (_, sample) = SAMPLES.iter().find(|(key, _)| *key == last).unwrap_or_else(|| panic!("what does `{name}` say?"));
            let sample: Value = yaml_serde::from_str(sample).unwrap();
            merge(&mut values, name.rsplit('.').fold(sample, |nested, key| serde_json::json!({ key: nested })));
            if let Some((ingress, _)) = name.strip_prefix("ingress.").and_then(|rest| rest.split_once('.')) {
                values["ingress"][ingress]["enabled"] = true.into();
            }
            if name.contains("kerberos") {
                values["kerberos"] = serde_json::json!({ "enabled": true });
            }
            if name.contains("Policies") {
                values["networkPolicies"] = serde_json::json!({ "enabled": true });
            }
        }
        let values = values.to_string();
        let before = run_with_input(&["-f", "-"], &values);
        let migrated = run_with_input(&["migrate", "-"], &values);
        let after = run_with_input(&["-f", "-"], &migrated.stdout);
        if before.status != 0 || before.stdout != after.stdout || after.stderr.contains("deprecated") {
            faults.push(format!("{names:?}: {}{}", before.stderr, migrated.stderr));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// What cannot be said under a new name is no key without effect, even where nothing comes of it now.
#[test]
fn what_has_an_effect_elsewhere_is_no_comment() {
    let values = "airflowVersion: 3.1.7\nexecutor: CeleryExecutor\ningress:\n  apiServer:\n    hosts: [a.example.com, b.example.com]\n    \
                  tls: {enabled: true, secretName: both}\n";
    let Run { status, stdout, stderr } = run_with_input(&["migrate", "-"], values);
    assert_eq!((status, stdout.as_str()), (0, values));
    assert!(stderr.starts_with("warning: `ingress.apiServer.tls` keeps its old name\n"), "{stderr}");
}

#[test]
fn with_write_places_are_those_of_the_files_as_they_are_now() {
    let folder = tempfile::tempdir().unwrap();
    let text = "executor: CeleryExecutor\nworkers:\n  replicas: 2\nregistry: {connection: {user: a}}\r\n";
    write(folder.path(), &[("a.yaml", text)]);
    let Run { status, stderr, .. } = run_in(folder.path(), &["migrate", "--write", "a.yaml"], "");
    assert_eq!(status, 0, "{stderr}");
    assert!(stderr.contains("\n--> a.yaml:5:12\n"), "{stderr}");
}

#[test]
fn values_within_a_file_change_where_they_stand() {
    let folder = tempfile::tempdir().unwrap();
    let umbrella = "# All of it.\nredis: &r {a: 1}\nairflow:\n  enabled: true\n  # How many.\n  workers:\n    replicas: 3 # three\n# Not ours.\nother: *r\n";
    write(folder.path(), &[("umbrella.yaml", umbrella)]);
    let run_of = |arguments: &[&str]| run_in(folder.path(), &[&["migrate", "-q"], arguments].concat(), "");
    let expected = umbrella.replace("    replicas: 3", "    celery:\n      replicas: 3");
    for arguments in [&["umbrella.yaml", "--values-from", "airflow"][..], &["-f", "umbrella.yaml", "--values-from", "airflow"]] {
        let run = run_of(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (0, expected.as_str()), "{}", run.stderr);
    }
    assert_eq!(run_of(&["--write", "umbrella.yaml", "--values-from", "airflow"]).status, 0);
    assert_eq!(fs::read_to_string(folder.path().join("umbrella.yaml")).unwrap(), expected);
    let release = "kind: HelmRelease\nspec:\n  values:\n    workers: {replicas: 3}\n    env: []\n";
    write(folder.path(), &[("release.yaml", release)]);
    let run = run_of(&["release.yaml", "--values-from", "spec.values"]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(
        run.stdout.starts_with("kind: HelmRelease\nspec:\n  values:\n    workers:\n") && run.stdout.ends_with("    env: []\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_was_done_is_told_as_all_else_is() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a.yaml", "airflowVersion: 3.2.0\nfernetKeySecretName: a\nworkers:\n  replicas: 3\n")]);
    let run_of = |more: &[&str]| run_in(folder.path(), &[&["migrate", "a.yaml"], more].concat(), "").stderr;
    assert!(run_of(&[]).ends_with("a.yaml: 1 key moved to its new name\n"), "{}", run_of(&[]));
    assert_eq!(run_of(&["-q"]), "");
    for line in run_of(&["--message-format", "json"]).lines() {
        assert!(serde_json::from_str::<serde_json::Value>(line).is_ok(), "{line}");
    }
    let log = run_of(&["--message-format", "sarif"]);
    assert!(serde_json::from_str::<serde_json::Value>(&log).is_ok() && log.contains("1 key moved"), "{log}");
}

#[test]
fn values_that_do_not_stand_in_lines_of_their_own_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let aliased = "x-env: &env []\nairflow:\n  env: *env\n";
    write(
        folder.path(),
        &[
            ("braces.yaml", "airflow: {workers: {replicas: 3}}\n"),
            ("aliased.yaml", aliased),
            ("top.yaml", "airflow:\n  workers: {replicas: 3}\n"),
        ],
    );
    for file in ["braces.yaml", "aliased.yaml"] {
        let run = run_in(folder.path(), &["migrate", file, "--values-from", "airflow"], "");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""));
        assert!(run.stderr.starts_with(&format!("error: `airflow` of `{file}` cannot be changed by itself\n")), "{}", run.stderr);
    }
    let run = run_in(folder.path(), &["migrate", "top.yaml"], "");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("help: add `--values-from airflow`"), "{}", run.stderr);
}

#[test]
fn a_version_that_is_none_stops_it_and_a_missing_one_drops_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let values = "webserver: {replicas: 2}\ningress: {web: {enabled: true}}\n";
    let faulty = format!("airflowVersion: [2.10]\n{values}");
    write(folder.path(), &[("faulty.yaml", &faulty)]);
    let run_of = |arguments: &[&str], input: &str| run_in(folder.path(), &[&["migrate"], arguments].concat(), input);
    let refused = run_of(&["--write", "faulty.yaml"], "");
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""), "{}", refused.stderr);
    assert!(refused.stderr.starts_with("error: `airflowVersion` must be"), "{}", refused.stderr);
    assert_eq!(fs::read_to_string(folder.path().join("faulty.yaml")).unwrap(), faulty);

    let image = "images: {airflow: {repository: apache/airflow, tag: 2.10.5}}\n";
    let kept = run_of(&["-"], &format!("{image}{values}"));
    assert_eq!((kept.status, kept.stdout), (0, format!("{image}{values}")), "{}", kept.stderr);
    assert!(kept.stderr.contains("and the image"), "{}", kept.stderr);
}

#[test]
fn of_a_key_that_stands_twice_the_first_becomes_a_comment() {
    let values = "# one\nworkers:\n  replicas: 1\nworkers: # two\n  replicas: 2\n  replicas: 3\nexecutor: CeleryExecutor\n";
    let Run { status, stdout, stderr } = run_with_input(&["migrate", "--strict", "-"], values);
    let expected = "# one\n# No effect: `workers` stands again below, and counts there\n# workers:\n#   replicas: 1\n\
                    workers: # two\n  celery:\n    # No effect: `replicas` stands again below, and counts there\n    \
                    # replicas: 2\n    replicas: 3\nexecutor: CeleryExecutor\n";
    assert_eq!((status, stdout.as_str()), (0, expected), "{stderr}");
    assert!(stderr.contains("1 key moved to its new name, 2 keys without effect are comments now"), "{stderr}");
    // In the text of an Application as well.
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), &[("a.yaml", "spec:\n  values: |\n    uid: 1\n    uid: 2\n  spare: 1\n  spare: 2\n")]);
    let run = run_in(folder.path(), &["migrate", "a.yaml", "--values-from", "spec.values"], "");
    let comment = "    # No effect: `uid` stands again below, and counts there\n    # uid: 1\n";
    assert_eq!(run.stdout, format!("spec:\n  values: |\n{comment}    uid: 2\n  spare: 1\n  spare: 2\n"), "{}", run.stderr);
}

#[test]
fn a_key_that_stands_twice_where_none_can_be_a_comment_is_left_to_a_person() {
    for values in ["volumes: &e []\nvolumes: []\nenv: *e\n", "labels: {a: hunter2, a: b}\n", "config: {a: {b: 1, b: 2}}\n"] {
        let Run { status, stdout, stderr } = run_with_input(&["migrate", "-"], values);
        assert_eq!((status, stdout.as_str()), (0, values), "{stderr}");
        assert!(stderr.contains("stands twice in its map") && stderr.contains("keep one of the two"), "{stderr}");
        assert!(!stderr.contains("hunter2"), "{stderr}");
    }
    // All else moves.
    let values = "labels: {a: b, a: c}\nexecutor: CeleryExecutor\nexecutor: CeleryExecutor\nworkers:\n  replicas: 2\n";
    let expected = "labels: {a: b, a: c}\n# No effect: `executor` stands again below, and counts there\n# executor: CeleryExecutor\n\
                    executor: CeleryExecutor\nworkers:\n  celery:\n    replicas: 2\n";
    let run = run_with_input(&["migrate", "-"], values);
    assert_eq!((run.status, run.stdout.as_str()), (0, expected), "{}", run.stderr);
}

#[test]
fn a_first_user_that_is_switched_off_stays_off() {
    let Run { stdout, stderr, .. } = run_with_input(&["migrate", "-"], "webserver:\n  defaultUser:\n    enabled: false\n");
    assert_eq!(stdout, "createUserJob:\n  enabled: false\n", "{stderr}");
}

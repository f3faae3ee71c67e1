//! The binary as a user runs it.

use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use crate::support::{Run, home, run, run_in, run_with_input, tree};

const AZURE: &str = "values/airflow-azure.yaml";

/// That a run printed all of the texts.
fn assert_prints(run: &Run, texts: &[&str]) {
    for text in texts {
        assert!(run.stdout.contains(text), "{text:?} is not in\n{}", run.stdout);
    }
}

#[test]
fn alone_it_prints_a_short_help() {
    let alone = run(&[]);
    assert_eq!((alone.status, alone.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(alone.stdout);
}

#[test]
fn help_is_what_it_was() {
    let help = run(&["--help"]);
    assert_eq!((help.status, help.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(help.stdout);
}

#[test]
fn the_manual_page_is_what_it_was() {
    let man = run(&["man"]);
    assert_eq!((man.status, man.stderr.as_str()), (0, ""));
    insta::assert_snapshot!(man.stdout);
}

#[test]
fn every_shell_has_completions() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let completions = run(&["completions", shell]);
        assert_eq!((completions.status, completions.stderr.as_str()), (0, ""), "{shell}");
        assert!(completions.stdout.contains("show-only"), "{shell}");
    }
    assert_eq!(run(&["completions", "cmd"]).status, 2);
}

#[test]
fn the_stream_is_in_the_order_of_installation() {
    let stream = run(&["-f", AZURE]).stdout;
    let order: Vec<&str> = stream.lines().filter(|line| line.starts_with("# Source: ") || line.starts_with("kind: ")).collect();
    insta::assert_snapshot!(order.join("\n"));
}

#[test]
fn the_same_values_give_the_same_bytes() {
    assert_eq!(run(&["-f", AZURE]), run(&["-f", AZURE]));
}

#[test]
fn json_is_one_list_of_the_same_objects() {
    let stream = run(&["-f", AZURE]).stdout;
    let yaml: Vec<serde_json::Value> =
        yaml_serde::Deserializer::from_str(&stream).map(|document| serde::Deserialize::deserialize(document).unwrap()).collect();
    let json: serde_json::Value = serde_json::from_str(&run(&["-f", AZURE, "--format", "json"]).stdout).unwrap();
    assert_eq!((json["kind"].as_str(), json["apiVersion"].as_str()), (Some("List"), Some("v1")));
    assert_eq!(json["items"].as_array(), Some(&yaml));

    let directory = tempfile::tempdir().unwrap();
    let written = run(&["-f", AZURE, "--format", "json", "-o", directory.path().to_str().unwrap(), "-s", "configmap.yaml"]);
    assert_eq!(written.status, 0, "{}", written.stderr);
    let files = tree(directory.path());
    assert_eq!(files.keys().collect::<Vec<_>>(), ["configmap.json"].iter().map(std::path::Path::new).collect::<Vec<_>>());
    let object: serde_json::Value = serde_json::from_str(&files[std::path::Path::new("configmap.json")]).unwrap();
    assert!(yaml.contains(&object));
}

#[test]
fn values_come_from_standard_input_too() {
    let text = fs::read_to_string(home().join(AZURE)).unwrap();
    let from_input = run_with_input(&["-f", "-"], &text);
    let from_file = run(&["-f", AZURE]);
    assert_eq!((from_input.status, &from_input.stdout), (0, &from_file.stdout));
    assert!(from_input.stderr.contains("--> standard input:"), "{}", from_input.stderr);
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_taken() {
    let text = fs::read_to_string(home().join(AZURE)).unwrap();
    let plain = run(&["-f", AZURE]).stdout;
    assert_eq!(run_with_input(&["-f", "-"], &format!("\u{feff}{text}")).stdout, plain);
    assert_eq!(run_with_input(&["-f", "-"], &text.replace('\n', "\r\n")).stdout, plain);
}

#[test]
fn the_heading_of_helm_get_values_is_no_key() {
    let plain = run_with_input(&["-f", "-"], "executor: LocalExecutor\n");
    assert_eq!(plain.status, 0, "{}", plain.stderr);
    assert_eq!(run_with_input(&["-f", "-"], "USER-SUPPLIED VALUES:\nexecutor: LocalExecutor\n"), plain);
    assert_eq!(run_with_input(&["-f", "-"], "\u{feff}USER-SUPPLIED VALUES:\r\nexecutor: LocalExecutor\r\n"), plain);
}

#[test]
fn a_release_of_defaults_alone_is_taken_as_helm_says_it() {
    let of_helm = run_with_input(&["-f", "-"], "USER-SUPPLIED VALUES:\nnull\n");
    assert_eq!(of_helm, run_with_input(&["-f", "-"], "{}"));
    assert_eq!(of_helm.status, 0, "{}", of_helm.stderr);
}

#[test]
fn a_file_of_comments_is_one_beside_others() {
    let comments = "values/invalid/comments.yaml";
    assert_eq!(run(&["-f", comments, "-f", AZURE]), run(&["-f", AZURE]));
    assert_eq!(run(&["-f", &format!("{comments},{AZURE}")]), run(&["-f", AZURE]));
}

#[test]
fn what_is_typed_for_helm_works() {
    let plain = run(&["-f", AZURE, "--release-name", "etl"]);
    assert_eq!(run(&["template", "etl", "apache-airflow/airflow", "-f", AZURE]), plain);
    assert_eq!(run(&["template", "chart", "-f", AZURE]), run(&["-f", AZURE]));
    assert_eq!(run(&["template", "etl", "chart", "-f", AZURE, "--release-name", "etl"]), plain);
    assert_eq!(run(&["template", "--filename", AZURE]), run(&["-f", AZURE]));
    let path = "scheduler/scheduler-deployment.yaml";
    for typed in [format!("templates/{path}"), format!("airflow/templates/{path}")] {
        assert_eq!(run(&["-f", "values/azure.yaml", "-s", &typed]), run(&["-f", "values/azure.yaml", "-s", path]), "{typed}");
    }
    assert_eq!(run(&["help"]).stdout, run(&["--help"]).stdout);
    assert_eq!(run(&["help", "diff"]).stdout, run(&["diff", "--help"]).stdout);
    assert_eq!(run(&["version"]).stdout, run(&["--version"]).stdout);
    let literal = run(&["values", "-f", "values/azure.yaml", "--set-literal", r"config.core.parallelism=a,b=c\d"]);
    assert_prints(&literal, &[r"parallelism: a,b=c\d"]);
    let namespace = run(&["-f", "values/azure.yaml", "--create-namespace", "-s", "airflow-namespace.yaml"]);
    assert_prints(&namespace, &["kind: Namespace"]);
}

/// The options of `helm template`, as Helm 4.1.4 lists them, but for those of one sense in both programs.
const OF_HELM: &str = "api-versions ca-file cert-file dependency-update description devel disable-openapi-validation dry-run enable-dns \
    force-conflicts force-replace generate-name hide-notes include-crds insecure-skip-tls-verify is-upgrade key-file keyring labels name-template \
    no-hooks pass-credentials password plain-http post-renderer post-renderer-args render-subchart-notes replace repo \
    rollback-on-failure server-side skip-crds skip-schema-validation skip-tests take-ownership timeout username verify version wait \
    wait-for-jobs burst-limit content-cache debug kube-apiserver kube-as-group kube-as-user kube-ca-file kube-context \
    kube-insecure-skip-tls-verify kube-tls-server-name kube-token kubeconfig qps registry-config repository-cache repository-config";

#[test]
fn each_option_of_helm_that_gen_has_not_is_answered_in_a_sentence() {
    for name in OF_HELM.split_whitespace() {
        let typed = run(&["template", "etl", "apache-airflow/airflow", "-f", AZURE, &format!("--{name}=x")]);
        let said = typed.stderr.lines().collect::<Vec<_>>();
        assert!(
            matches!(said[..], [title, " |", help, "", "1 error"] if title == format!("error: gen has no option `--{name}`") && help.starts_with(" = help: ")),
            "{}",
            typed.stderr
        );
        assert_eq!((typed.status, typed.stdout.as_str()), (2, ""), "{name}");
    }
}

#[test]
fn a_url_of_values_is_said_not_to_be_read() {
    let typed = run(&["-f", "https://example.com/values.yaml"]);
    let said = "error: cannot read `https://example.com/values.yaml`\n |\n = note: it is a URL, and gen reads nothing from the network\n = help: fetch it: `curl -fsS URL | gen -f -`\n\n1 error\n";
    assert_eq!((typed.status, typed.stdout.as_str(), typed.stderr.as_str()), (2, "", said));
}

#[test]
fn options_of_messages_may_stand_before_a_command_and_no_others() {
    let after = run(&["values", "-f", "values/told/ignored-keys.yaml", "-q"]);
    assert_eq!((after.status, after.stderr.as_str()), (0, ""));
    assert_eq!(run(&["-q", "values", "-f", "values/told/ignored-keys.yaml"]), after);
    let stray = run(&["-f", AZURE, "values"]);
    assert_eq!((stray.status, stray.stdout.as_str()), (2, ""));
    assert!(stray.stderr.contains("put it after the command: `gen values --values ...`"), "{}", stray.stderr);
}

#[test]
fn values_stand_where_they_are_said_to_stand() {
    let values = "executor: KubernetesExecutor\nairflowVersion: 3.2.0\nlogs:\n  persistence:\n    enabled: true\n";
    let plain = run_with_input(&["-f", "-"], values).stdout;
    let indented = |by: usize| values.lines().map(|line| format!("{}{line}\n", " ".repeat(by))).collect::<String>();
    for (file, key) in [
        (format!("global: {{}}\nairflow:\n{}", indented(2)), "airflow"),
        (format!("COMPUTED VALUES:\nairflow:\n{}", indented(2)), "airflow"),
        (format!("a: 1\n---\nspec:\n  values:\n{}", indented(4)), "spec.values"),
        (format!("spec:\n  sources:\n    - a: 1\n    - values: |\n{}    \n", indented(8)), "spec.sources[1].values"),
        (format!("values: {}\n", serde_json::Value::from(values)), "values"),
    ] {
        let run = run_with_input(&["-f", "-", "--values-from", key], &file);
        assert_eq!((run.status, &run.stdout), (0, &plain), "{file}{}", run.stderr);
    }
    for (file, key) in [("a: 1\n---\na: 2\n", "a"), ("a: 1\n", "a"), ("a: ''\n", "a"), ("a: 'b: ['\n", "a"), ("a: [b]\n", "a[1]")] {
        let run = run_with_input(&["-f", "-", "--values-from", key], file);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{file}{}", run.stderr);
    }
}

#[test]
fn settings_may_begin_with_where_the_values_stand() {
    let file = "airflow:\n  enabled: true\n  executor: KubernetesExecutor\n";
    let said = |more: &[&str]| run_with_input(&[&["values", "-f", "-", "--values-from", "airflow"], more].concat(), file);
    let value = |run: &Run| {
        run.stdout.lines().filter(|line| line.starts_with("executor:") || line.contains("parallelism")).collect::<Vec<_>>().join("|")
    };
    for (more, expected) in [
        (&["--set", "airflow.executor=LocalExecutor"][..], "executor: LocalExecutor  # --set"),
        (&["--set-string", "executor=LocalExecutor"], "executor: LocalExecutor  # --set-string"),
        (&["--set-json", "airflow={\"executor\": \"LocalExecutor\"}"], "executor: LocalExecutor  # --set-json"),
        (&["--set-json", "{\"airflow\": {\"executor\": \"LocalExecutor\", \"enabled\": true}}"], "executor: LocalExecutor  # --set-json"),
        (&["--set", "airflow.enabled=true"], "executor: KubernetesExecutor  # standard input:3"),
    ] {
        let run = said(more);
        assert_eq!((run.status, value(&run).split('|').next().unwrap(), run.stderr.as_str()), (0, expected, ""), "{more:?}");
    }
    let strange = said(&["--set", "airflow=null"]);
    assert!(strange.stderr.starts_with("warning: "), "{}", strange.stderr);
}

#[test]
fn where_values_stand_is_about_files() {
    let alone = run(&["--values-from", "airflow", "--set", "airflow.executor=LocalExecutor"]);
    assert_eq!((alone.status, alone.stdout.as_str()), (2, ""));
    assert!(alone.stderr.contains("`--values-from` is about `-f`, and there is none"), "{}", alone.stderr);
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("umbrella.yaml"), "airflow: {executor: LocalExecutor}\n").unwrap();
    std::fs::write(folder.path().join("plain.yaml"), "executor: LocalExecutor\n").unwrap();
    let both = run_in(folder.path(), &["-f", "umbrella.yaml", "-f", "plain.yaml", "--values-from", "airflow"], "");
    assert_eq!((both.status, both.stdout.as_str()), (2, ""));
    assert!(both.stderr.contains("help: put its keys below `airflow:`"), "{}", both.stderr);
}

#[test]
fn what_is_said_of_the_first_user_in_part_is_as_with_helm() {
    let values = "delivery: helm\nairflowVersion: 2.11.0\nwebserver: {defaultUser: {enabled: true, username: chief}}\n";
    let job = run_with_input(&["-f", "-", "-s", "create-user-job.yaml"], values).stdout;
    let arguments: Vec<&str> = job.lines().skip_while(|line| line.trim() != "- --").take(13).map(str::trim).collect();
    assert_eq!(arguments[..5], ["- --", "- -r", "- \"\"", "- -u", "- chief"], "{job}");
    assert!(!arguments.contains(&"- admin"), "{job}");
}

#[test]
fn the_image_of_the_charts_postgresql_is_no_wish() {
    let plain = run_with_input(&["-f", "-"], "{}");
    let image = "postgresql: {image: {repository: bitnamilegacy/postgresql, tag: 16.1.0-debian-11-r15}}";
    assert_eq!(run_with_input(&["-f", "-"], image), plain);
}

#[test]
fn computed_checksums_follow_the_data_and_nothing_else() {
    let checksums = |more: &[&str]| {
        let arguments: Vec<&str> =
            ["-f", "values/airflow-azure-load-balancer.yaml", "-s", "scheduler-deployment.yaml"].iter().chain(more).copied().collect();
        let stdout = run(&arguments).stdout;
        stdout.lines().filter(|line| line.contains("checksum/")).map(str::to_owned).collect::<Vec<_>>()
    };
    let before = checksums(&[]);
    assert_eq!(before.len(), 3, "{before:?}");
    assert_eq!(checksums(&["--set", "labels.team=data,scheduler.replicas=0"]), before);
    let changed = |more: &[&str]| -> Vec<usize> { (0..3).filter(|index| checksums(more)[*index] != before[*index]).collect() };
    assert_eq!(changed(&["--set", "config.core.parallelism=8"]), [0]);
    assert_eq!(changed(&["--set-string", "fernetKey=ESqYUmi27Udn6wxY83KoM9kuvt9rDcelghHbAgGZW9g="]), [1]);
    assert_eq!(changed(&["--set", "data.metadataConnection.port=5433"]), [2]);
    // A Secret of others is not among the manifests, and a checksum that is pinned leaves no room for others.
    assert_eq!(checksums(&["--set", "fernetKey=null,fernetKeySecretName=mine"]).len(), 2);
    assert_eq!(checksums(&["--set", "scheduler.podAnnotations.checksum/mine=x"]), ["        checksum/mine: x"]);
}

#[test]
fn layers_apply_from_left_to_right_and_settings_in_their_order() {
    let replicas = |arguments: &[&str]| {
        let all: Vec<&str> = ["-f", AZURE, "-s", "webserver-deployment.yaml"].iter().chain(arguments).copied().collect();
        let run = run(&all);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout.lines().find_map(|line| line.strip_prefix("  replicas: ").map(str::to_owned)).unwrap()
    };
    assert_eq!(replicas(&[]), "1");
    assert_eq!(replicas(&["--set", "webserver.replicas=2"]), "2");
    assert_eq!(replicas(&["--set", "webserver.replicas=2", "--set-json", r#"{"webserver": {"replicas": 3}}"#]), "3");
    assert_eq!(replicas(&["--set-json", "webserver.replicas=3", "--set", "webserver.replicas=2,webserver.replicas=4"]), "4");
    assert_eq!(replicas(&["--set", "webserver.replicas=2", "--set", "webserver.replicas=null"]), "1");
    // A file comes below every setting, wherever it stands.
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("more.yaml");
    fs::write(&file, "webserver: {replicas: 7}\n").unwrap();
    let file = file.to_str().unwrap();
    assert_eq!(replicas(&["-f", file]), "7");
    assert_eq!(replicas(&["--set", "webserver.replicas=2", "-f", file]), "2");
}

#[test]
fn settings_have_the_notation_of_helm() {
    let directory = tempfile::tempdir().unwrap();
    let code = directory.path().join("settings.py");
    fs::write(&code, "a = 1\nb = 2\n").unwrap();
    let file = format!("airflowLocalSettings={}", code.display());
    let run = run(&[
        "-f",
        "values/airflow-azure-mended.yaml",
        "--set",
        r"scheduler.podAnnotations.example\.com/a=x\,y,imagePullSecrets[0].name=one,imagePullSecrets[1].name=two",
        "--set-string",
        "webserver.podAnnotations.number=7,scheduler.args={scheduler,-n,1}",
        "--set-file",
        &file,
        "--set-json",
        r#"scheduler.resources={"limits": {"memory": "1Gi"}}"#,
        "-n",
        "elsewhere",
        "--release-name",
        "blue",
    ]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_prints(
        &run,
        &[
            "        example.com/a: x,y\n",
            "        args:\n        - scheduler\n        - -n\n        - \"1\"\n",
            "      imagePullSecrets:\n      - name: one\n      - name: two\n",
            "    image_pull_secrets = one,two\n",
            "        number: \"7\"\n",
            "  airflow_local_settings.py: |\n    a = 1\n    b = 2\n",
            "            memory: 1Gi\n",
            "  namespace: elsewhere\n",
            "    release: blue\n",
        ],
    );
    assert!(!run.stdout.contains("airflow-on-k8s"));
}

#[test]
fn some_of_the_manifests_can_be_shown() {
    let sources = |patterns: &[&str]| {
        let arguments: Vec<&str> = ["-f", AZURE].into_iter().chain(patterns.iter().flat_map(|pattern| ["-s", *pattern])).collect();
        let stdout = run(&arguments).stdout;
        stdout.lines().filter_map(|line| line.strip_prefix("# Source: ").map(str::to_owned)).collect::<Vec<_>>()
    };
    let secrets = ["secrets/fernet-secret.yaml", "secrets/metadata-connection-secret.yaml"];
    assert_eq!(sources(&["secrets/*"]), secrets);
    assert_eq!(sources(&["secrets"]), secrets);
    assert_eq!(sources(&["secrets/"]), secrets);
    assert_eq!(sources(&["*-secret.yaml"]), secrets);
    assert_eq!(sources(&["**/*-secret.yaml"]), secrets);
    assert_eq!(sources(&["configmap.yaml", "secrets/fernet*"]), ["secrets/fernet-secret.yaml", "configmap.yaml"]);
    assert_eq!(
        sources(&["{rbac,workers}/*"]),
        ["workers/worker-serviceaccount.yaml", "rbac/pod-launcher-role.yaml", "rbac/pod-launcher-rolebinding.yaml"]
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gen"))
        .args(["-f", "values/airflow-azure-image.yaml"])
        .current_dir(home())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(!said.contains("error"), "{said}");
}

#[test]
fn a_directory_is_kept_up_to_date() {
    let directory = tempfile::tempdir().unwrap();
    let git = |more: &[&str]| {
        let arguments: Vec<&str> = ["-f", "values.yaml", "-o", "out"].iter().chain(more).copied().collect();
        run_in(directory.path(), &arguments, "")
    };
    fs::copy(home().join("values/airflow-azure-image.yaml"), directory.path().join("values.yaml")).unwrap();
    let out = directory.path().join("out");
    let said = |run: &Run| run.stderr.lines().last().unwrap_or_default().to_owned();

    assert_eq!(said(&git(&[])), "out: 13 written, 0 unchanged, 0 removed");
    let first = tree(&out);
    assert_eq!(said(&git(&[])), "out: 0 written, 13 unchanged, 0 removed");
    assert_eq!(tree(&out), first);
    // A part leaves the rest alone; what is not rendered any more goes, and so do folders that are empty then.
    assert_eq!(said(&git(&["-s", "scheduler", "--set", "scheduler.replicas=2"])), "out: 1 written, 1 unchanged, 0 removed");
    assert_eq!(said(&git(&["--set", "statsd.enabled=false"])), "out: 3 written, 8 unchanged, 2 removed");
    assert!(!out.join("statsd").exists());

    // Files of others, and files edited by hand, are left alone and named.
    fs::create_dir(out.join("statsd")).unwrap();
    fs::write(out.join("statsd/statsd-service.yaml"), "mine: 1\n").unwrap();
    fs::write(out.join("configmap.yaml"), "edited: 1\n").unwrap();
    let before = tree(&out);
    let refused = git(&[]);
    assert_eq!((refused.status, refused.stdout.as_str()), (2, ""));
    assert_eq!(tree(&out), before);
    insta::assert_snapshot!(refused.stderr);
    assert_eq!(git(&["--force"]).status, 0);
    assert_eq!(tree(&out), first);

    // What a killed run left unfinished goes with the next one that writes there.
    let (old, young) = (out.join("scheduler/.gen-old.unfinished"), out.join("scheduler/.gen-young.unfinished"));
    fs::write(&young, "").unwrap();
    fs::write(&old, "").unwrap();
    let hour_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(1);
    fs::File::options().write(true).open(&old).unwrap().set_modified(hour_ago).unwrap();
    assert_eq!(git(&["--set", "scheduler.resources.limits.cpu=1"]).status, 0);
    assert_eq!((old.exists(), young.exists()), (false, true));

    // A ledger that names a file elsewhere is none.
    let ledger = out.join(".gen-ledger");
    let good = fs::read_to_string(&ledger).unwrap();
    for path in ["../values.yaml", "/etc/hostname", "a/../../values.yaml"] {
        fs::write(&ledger, format!(r#"{{"files": {{"{path}": ["0"]}}}}"#)).unwrap();
        let refused = git(&["--force"]);
        assert!(refused.status == 2 && refused.stderr.contains("not a ledger of gen"), "{}", refused.stderr);
    }
    fs::write(&ledger, good).unwrap();

    // What is not gen's and in nobody's way stays.
    fs::write(out.join("kustomization.yaml"), "resources: []\n").unwrap();
    assert_eq!(git(&[]).status, 0);
    assert!(out.join("kustomization.yaml").exists());
}

#[test]
fn a_directory_is_compared_with_what_would_be_written() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().to_str().unwrap();
    let diff = |more: &[&str]| run(&[&["diff", path, "-f", "values/local-executor.yaml", "-o", "unified"], more].concat());
    assert_eq!(run(&["-f", "values/local-executor.yaml", "-o", path]).status, 0);
    let none = diff(&[]);
    assert_eq!((none.status, none.stdout.as_str()), (0, ""), "Secrets that were left out are no difference");

    let changed = diff(&["--set", "apiServer.replicas=2,scheduler.serviceAccount.create=false,scheduler.serviceAccount.name=a"]);
    assert_eq!(changed.status, 1);
    assert_prints(
        &changed,
        &["--- api-server/api-server-deployment.yaml\n+++ api-server/api-server-deployment.yaml\n", "-  replicas: 1\n+  replicas: 2\n"],
    );
    assert_prints(&changed, &["--- scheduler/scheduler-serviceaccount.yaml\n+++ /dev/null\n"]);

    // Of Secrets it is said that they are new, and not what is in them.
    let secrets = diff(&["--with-secrets"]);
    assert_eq!(secrets.status, 1);
    assert_prints(&secrets, &["--- /dev/null\n+++ secrets/metadata-connection-secret.yaml\n", "+  connection: ***\n"]);
    fs::write(directory.path().join("secrets.yaml"), "not gen's").unwrap();
    assert_eq!(diff(&[]).status, 0, "files of others are theirs");

    let nothing = run(&["diff", "no-such-directory", "-f", "values/local-executor.yaml"]);
    assert_eq!((nothing.status, nothing.stdout.as_str()), (2, ""));
    assert!(nothing.stderr.contains("there is no directory `no-such-directory`"), "{}", nothing.stderr);
}

#[test]
fn a_run_that_fails_leaves_the_directory_as_it_was() {
    let directory = tempfile::tempdir().unwrap();
    let out = directory.path().join("out");
    let render = |more: &[&str]| {
        let arguments: Vec<&str> =
            ["-f", "values/airflow-azure-image.yaml", "-o", out.to_str().unwrap()].into_iter().chain(more.iter().copied()).collect();
        run(&arguments)
    };
    // Bad values: nothing is made at all.
    assert_eq!(render(&["--set", "nosuchkey=1"]).status, 2);
    assert!(!out.exists());
    // A file where a folder belongs: nothing is written, not even what could be.
    fs::create_dir(&out).unwrap();
    fs::write(out.join("scheduler"), "in the way\n").unwrap();
    let failed = render(&[]);
    assert_eq!((failed.status, failed.stdout.as_str()), (2, ""));
    assert_eq!(tree(&out).len(), 1, "{:?}", tree(&out).keys());
    // A folder where a file belongs.
    fs::remove_file(out.join("scheduler")).unwrap();
    fs::create_dir_all(out.join("configmap.yaml")).unwrap();
    let failed = render(&["--force"]);
    assert_eq!((failed.status, failed.stdout.as_str()), (2, ""));
    assert!(tree(&out).is_empty(), "{:?}", tree(&out).keys());
}

#[test]
fn what_has_no_effect_or_does_harm_is_warned_about() {
    let warnings = |setting: &str| {
        let run = run(&["-f", "values/airflow-azure-image.yaml", "--set", setting]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stderr.lines().filter_map(|line| line.strip_prefix("warning: ").map(str::to_owned)).collect::<Vec<_>>()
    };
    for (setting, expected) in [
        ("scheduler.replicas=1", None),
        ("scheduler.replicas=2", Some("`scheduler.replicas` is more than Airflow 1.10 can take")),
        ("logs.persistence.enabled=false,config.core.remote_logging=true,logs.persistence.volume=null", None),
        ("logs.persistence.enabled=false,logs.persistence.volume=null", Some("the logs of tasks are kept nowhere")),
        ("logs.persistence.enabled=false,config.core.remote_logging=true", Some("`logs.persistence.volume` has no effect")),
        ("dags.gitSync.repo=https://example.com/a", Some("`dags.gitSync.repo` has no effect")),
        ("dags.gitSync.enabled=true,dags.gitSync.repo=https://u:t@example.com/a", Some("`dags.gitSync.repo` has a user or token in it")),
        ("env[0].name=A,env[0].valueFrom.fieldRef.fieldPath=status.podIP", Some("the variable `A` does not reach the workers")),
        ("secret[0].envName=a,secret[0].secretName=b,secret[0].secretKey=c", Some("`secret[0].envName` is not in upper case")),
        ("fernetKeySecretName=null", Some("the Secret `fernet-key` has to exist in the namespace `airflow-on-k8s`")),
        ("data.metadataSecretName=null", Some("the Secret `airflow-metadata` has to exist in the namespace `airflow-on-k8s`")),
    ] {
        assert_eq!(warnings(setting), expected.into_iter().map(str::to_owned).collect::<Vec<_>>(), "{setting}");
    }
}

#[test]
fn what_todays_airflow_would_not_take_is_warned_about() {
    let warnings = |setting: &str| {
        let run = run(&["-f", "values/kubernetes-git-sync.yaml", "--set", setting]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stderr.lines().filter_map(|line| line.strip_prefix("warning: ").map(str::to_owned)).collect::<Vec<_>>()
    };
    for (setting, expected) in [
        ("executor=KubernetesExecutor", None),
        ("executor=CompanyExecutor", Some("`CompanyExecutor` is none of Airflow's executors")),
        ("executor=company.CompanyExecutor", None),
        ("data.metadataSecretName=null,data.metadataConnection.host=db", Some("`data.metadataConnection.pass` is not given")),
        ("data.metadataSecretName=null,data.metadataConnection.host=db,data.metadataConnection.pass=null", None),
        (
            "dags.gitSync.sshKeySecret=null,dags.gitSync.repo=https://u:t@example.com/a",
            Some("`dags.gitSync.repo` has a user or token in it"),
        ),
        // With Helm's output to compare with, what is wrong is said and rendered.
        (
            "delivery=helm,dags.gitSync.credentialsSecret=a",
            Some("`dags.gitSync.credentialsSecret` and `dags.gitSync.sshKeySecret` exclude each other"),
        ),
    ] {
        assert_eq!(warnings(setting), expected.into_iter().map(str::to_owned).collect::<Vec<_>>(), "{setting}");
    }
}

#[test]
fn ports_and_homes_are_told_to_those_who_listen_and_live_there() {
    let run = run(&[
        "-f",
        "values/airflow-azure-image.yaml",
        "--set",
        "ports.airflowUI=9090,ports.statsdIngest=8125,ports.statsdScrape=9999,airflowHome=/home/airflow/,config.webserver.base_url=http://a.example/b/",
    ]);
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert_prints(
        &run,
        &[
            "    web_server_port = 9090\n",
            "    statsd_port = 8125\n",
            "        - --statsd.listen-udp=:8125\n",
            "        - --web.listen-address=:9999\n",
            "        - name: AIRFLOW_HOME\n          value: /home/airflow\n",
            "    dags_folder = /home/airflow/dags\n",
            "          mountPath: /home/airflow/airflow.cfg\n",
            "            path: /b/health\n",
        ],
    );
}

#[test]
fn secret_values_show_nowhere() {
    let secret = "hunter2-do-not-show";
    let directory = tempfile::tempdir().unwrap();
    let texts = [
        format!("airflowVersion: 1.10.10\nfernetKey: {secret}\n"),
        format!("airflowVersion: 1.10.10\nfernetKey: [{secret}]\n"),
        format!("airflowVersion: 1.10.10\nfernetKey: {{placeholer: {secret}}}\n"),
        format!("airflowVersion: 1.10.10\nfernetkey: {secret}\n"),
        format!("airflowVersion: 1.10.10\ndata: {{metadataConnection: {{pass: {secret}, hots: x}}}}\n"),
        format!("airflowVersion: 1.10.10\ndata: {{metadataConnection: {{pass: [{secret}]}}}}\n"),
        format!("airflowVersion: 1.10.10\ndata: {secret}\n"),
        format!("airflowVersion: 1.10.10\ndata: {{metadataConection: {{pass: {secret}}}}}\n"),
        format!("airflowVersion: 1.10.10\ndata:\n  metadataConnection:\n    pass: {secret}: x\n"),
        format!("airflowVersion: 1.10.10\ndata:\n  metadataConnection:\n    pass: \"{secret}\n"),
        format!("airflowVersion: 1.10.10\ndata:\n  metadataConnection:\n    pass:\n      {secret}: y: z\n"),
        format!("airflowVersion: 1.10.10\ndata: {{metadataConnection: {{user: u, pass: {secret}}}}}\n"),
        format!("airflowVersion: 1.10.10\nfernetKey: a\nfernetKey: {secret}\n"),
        format!("{secret}\n"),
        format!("airflowVersion: 1.10.10\nfernetKey {secret}\n"),
        format!("airflowVersion: 1.10.10\nlabels:\n  a: b\nfernetKey = {secret}\n"),
        format!("airflowVersion: 1.10.10\nfernetkey: {secret}: x\n"),
        format!("airflowVersion: 1.10.10\ndata:\n  metadataConnection:\n    pass: >\n   {secret}\n"),
        format!("airflowVersion: 1.10.10\nfernetKey: {{{secret}=}}\n"),
        format!("airflowVersion: 1.10.10\nfernetKey: {{placeholder: x, {secret}: y}}\n"),
        format!("airflowVersion: 1.10.10\nconfig: {{smtp: {{smtp_password: \"{secret}%off\"}}}}\n"),
        format!("airflowVersion: 1.10.10\nenv: [{{name: PW, value: a}}, {{name: PW, value: {secret}}}]\n"),
        format!("airflowVersion: 1.10.10\nenv: [{{name: PW, value: \" {secret}\"}}]\n"),
        format!("airflowVersion: 1.10.10\nfernetKeySecretName: {secret}=\n"),
        format!("airflowVersion: 1.10.10\ndata: {{metadataSecretName: \"postgresql://u:{secret}@h/db\"}}\n"),
        format!("airflowVersion: 1.10.10\ndata: {{metadataConnection: {{host: \"u:{secret}@h\"}}}}\n"),
        format!("airflowVersion: 1.10.10\ndags: {{gitSync: {{enabled: true, repo: \"https://u:{secret}@h/r\", sshKeySecret: x}}}}\n"),
        format!("- fernetKey: {secret}\n"),
        format!("airflowVersion: 1.10.10\n---\nfernetKey: {secret}\n"),
    ];
    for text in texts {
        let path = directory.path().join("values.yaml");
        fs::write(&path, &text).unwrap();
        let failed = run(&["-f", path.to_str().unwrap()]);
        assert_eq!((failed.status, failed.stdout.as_str()), (2, ""), "{text}");
        assert!(!failed.stderr.contains(secret), "{text}\n{}", failed.stderr);
    }
    for setting in [
        "fernetKey={}",
        "fernetKey[0]={}",
        "fernetkey={}",
        "fernetKey={},",
        "fernetKey={},=",
        "data.metadataConnection.pass={},data.hots=x",
        "fernetKey={{}",
        "fernetKey:{}",
        "{\"fernetKey\": \"{}\"",
        "config.smtp.smtp_password={}%x",
    ] {
        let setting = setting.replacen("{}", secret, 1);
        for option in ["--set", "--set-string", "--set-json", "--set-file"] {
            let failed = run(&["-f", AZURE, option, &setting]);
            assert_eq!((failed.status, failed.stdout.as_str()), (2, ""), "{setting}");
            assert!(!failed.stderr.contains(secret), "{option} {setting}\n{}", failed.stderr);
        }
    }
}

#[test]
fn a_values_file_to_begin_with_is_an_example_and_overwrites_nothing() {
    let folder = tempfile::tempdir().unwrap();
    for start in ["azure", "aws", "gcp", "local", "helm"] {
        let file = format!("my {start}.yaml");
        let written = run_in(folder.path(), &["init", start, &file], "");
        assert_eq!((written.status, written.stdout.as_str()), (0, ""), "{}", written.stderr);
        let example = fs::read_to_string(home().join(format!("values/{start}.yaml"))).unwrap();
        let text = fs::read_to_string(folder.path().join(&file)).unwrap();
        assert!(text.contains(&format!("-f 'my {start}.yaml'")), "{text}");
        let keys = |text: &str| text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(keys(&text), keys(&example));
        assert_eq!(run_in(folder.path(), &["-f", &file], "").status, 0, "{start}");
        let again = run_in(folder.path(), &["init", start, &file], "");
        assert_eq!(again.status, 2);
        assert!(again.stderr.contains("is there already"), "{}", again.stderr);
    }
    let unsaid = run_in(folder.path(), &["init"], "azure\n");
    assert_eq!(unsaid.status, 2);
    assert!(unsaid.stderr.contains("`gen init local`"), "{}", unsaid.stderr);
    // Whether the file is there is looked at before anything is asked.
    fs::write(folder.path().join("values.yaml"), "{}").unwrap();
    let there = run_in(folder.path(), &["init"], "azure\n");
    assert!(there.status == 2 && there.stderr.starts_with("error: `values.yaml` is there already\n"), "{}", there.stderr);
    let printed = run_in(folder.path(), &["init", "local", "-"], "");
    assert_prints(&printed, &["gen -f values.yaml | kubectl apply -f -"]);
    let nowhere = run_in(folder.path(), &["init", "local", "gone/values.yaml"], "");
    assert_eq!(nowhere.status, 2);
    assert!(!folder.path().join("gone").exists());
}

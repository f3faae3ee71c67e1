//! `gen diff` as a user runs it: directories, streams, revisions of git, its forms, and what it says of an apply.

use std::fs;
use std::path::Path;

use crate::folder::{folder_with, git, write_in};
use crate::support::{Run, run_in, run_with};

const VALUES: &str = "executor: CeleryExecutor\nnamespace: data\nairflowVersion: 3.2.2\n\
    data: {metadataConnection: {pass: hunter2hunter2, host: db}}\nredis: {persistence: {size: 1Gi}}\n";

fn gen_in(folder: &Path, arguments: &[&str]) -> Run {
    run_in(folder, arguments, "")
}

/// What the values give with settings, as a file of the folder.
fn stream(folder: &Path, name: &str, settings: &str) {
    let set: &[&str] = if settings.is_empty() { &[] } else { &["--set", settings] };
    let rendered = gen_in(folder, &[&["-q", "-f", "values.yaml"], set].concat());
    assert_eq!(rendered.status, 0, "{}", rendered.stderr);
    write_in(folder, name, &rendered.stdout);
}

const SETTINGS: &str = "config.core.parallelism=8,triggerer.persistence.enabled=false,workers.celery.persistence.size=200Gi,\
    redis.persistence.size=500Mi,statsd.enabled=false,scheduler.replicas=2,data.metadataConnection.pass=hunter3hunter3,\
    env[0].name=A,env[0].value=b";

#[test]
fn two_streams_are_compared_in_each_form() {
    let folder = folder_with(&[("values.yaml", VALUES)]);
    stream(folder.path(), "before.yaml", "");
    stream(folder.path(), "after.yaml", SETTINGS);
    for form in ["human", "unified", "markdown", "json", "github"] {
        let diff = gen_in(folder.path(), &["diff", "before.yaml", "after.yaml", "-o", form]);
        assert_eq!((diff.status, diff.stderr.as_str()), (1, ""), "{form}");
        assert!(!diff.stdout.contains("hunter"), "{form}: {}", diff.stdout);
        // Whole objects are long there.
        let lines = diff.stdout.lines().take(if form == "unified" { 60 } else { usize::MAX });
        insta::assert_snapshot!(format!("a_stream_as_{form}"), lines.collect::<Vec<_>>().join("\n"));
    }
    for form in ["human", "unified", "github"] {
        let same = gen_in(folder.path(), &["diff", "before.yaml", "before.yaml", "-o", form]);
        assert_eq!(same, Run { status: 0, stdout: String::new(), stderr: String::new() }, "{form}");
    }
    let colored = gen_in(folder.path(), &["diff", "before.yaml", "after.yaml", "--color", "always"]);
    assert!(colored.stdout.contains("\u{1b}[31m- ConfigMap airflow-statsd\u{1b}[0m\n"), "{}", colored.stdout);
}

#[test]
fn what_is_gone_can_be_deleted() {
    let folder = folder_with(&[("values.yaml", VALUES)]);
    stream(folder.path(), "before.yaml", "logs.persistence.enabled=true");
    stream(folder.path(), "after.yaml", "statsd.enabled=false,createUserJob.applyCustomEnv=false");
    let removed = |more: &[&str]| gen_in(folder.path(), &[&["diff", "--removed", "before.yaml", "after.yaml"], more].concat());
    let objects = removed(&[]);
    assert_eq!(objects.status, 0);
    insta::assert_snapshot!(format!("{}\n{}", objects.stdout, objects.stderr));
    let names = removed(&["-o", "name"]);
    assert_eq!(
        names.stdout,
        "deployment.apps/airflow-statsd -n data\nservice/airflow-statsd -n data\n\
         configmap/airflow-statsd -n data\nserviceaccount/airflow-statsd -n data\n"
    );
    assert!(removed(&["--format", "json"]).stdout.starts_with("{\n  \"apiVersion\": \"v1\",\n  \"kind\": \"List\""));
}

#[test]
fn a_job_with_a_time_to_live_goes_by_itself() {
    let folder = folder_with(&[("values.yaml", VALUES)]);
    stream(folder.path(), "before.yaml", "");
    stream(folder.path(), "image.yaml", "images.airflow.tag=3.2.2-x");
    stream(folder.path(), "other.yaml", "images.airflow.tag=3.2.2-x,statsd.enabled=false");
    stream(folder.path(), "lasting.yaml", "migrateDatabaseJob.ttlSecondsAfterFinished=null,createUserJob.ttlSecondsAfterFinished=null");
    let diff = |one: &str, other: &str| gen_in(folder.path(), &["diff", one, other]).stdout;
    assert!(!diff("before.yaml", "image.yaml").contains("stay"), "{}", diff("before.yaml", "image.yaml"));
    let both = diff("before.yaml", "other.yaml");
    assert!(
        both.contains("\nwarning: 4 objects stay in the cluster")
            && both.contains("    go by themselves, some time after they have ended: Job "),
        "{both}"
    );
    assert!(diff("lasting.yaml", "image.yaml").contains(" stay in the cluster"), "{}", diff("lasting.yaml", "image.yaml"));
}

#[test]
fn of_several_namespaces_each_is_named() {
    let at = |namespace: &str, image: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: scheduler, namespace: {namespace}}}\nspec:\n  selector: {{matchLabels: {{a: b}}}}\n  \
             template:\n    metadata: {{labels: {{a: b}}}}\n    spec: {{containers: [{{name: c, image: {image}}}]}}\n"
        )
    };
    let folder = folder_with(&[
        ("before/dev.yaml", &at("dev", "i:1")),
        ("before/prod.yaml", &at("prod", "i:1")),
        ("after/dev.yaml", &at("dev", "i:2")),
        ("after/prod.yaml", &at("prod", "i:2")),
    ]);
    let diff = gen_in(folder.path(), &["diff", "before", "after"]).stdout;
    assert!(diff.contains("~ Deployment dev/scheduler\n") && diff.contains("~ Deployment prod/scheduler\n"), "{diff}");
}

#[test]
fn files_that_moved_or_are_written_otherwise_are_told_so() {
    let folder = folder_with(&[("values.yaml", VALUES)]);
    let diff = |more: &[&str]| gen_in(folder.path(), &[&["-q", "diff", "out", "-f", "values.yaml"], more].concat());
    assert_eq!(gen_in(folder.path(), &["-q", "-f", "values.yaml", "-o", "out"]).status, 0);
    let path = folder.path().join("out/statsd/statsd-service.yaml");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace('\n', "\r\n")).unwrap();
    assert_eq!(diff(&[]), Run { status: 0, stdout: String::new(), stderr: String::new() }, "the ends of lines are git's");
    fs::write(&path, format!("# by hand\n{text}")).unwrap();
    let otherwise = diff(&[]);
    assert_eq!(otherwise.status, 1);
    assert!(
        otherwise.stdout.starts_with("~ file statsd/statsd-service.yaml: the same objects, written otherwise\n"),
        "{}",
        otherwise.stdout
    );
    assert_eq!(diff(&["--ignore", "notation"]).status, 0);
    // A broken file of gen's own is a difference, and no error.
    fs::write(&path, "password: [hunter2").unwrap();
    let broken = diff(&[]);
    assert_eq!(broken.status, 1);
    assert!(broken.stdout.contains("+ Service airflow-statsd\n") && !broken.stdout.contains("hunter2"), "{}", broken.stdout);
    fs::write(&path, &text).unwrap();
    // Two directories of anyone's.
    write_in(folder.path(), "a/one.yaml", &text);
    write_in(folder.path(), "b/other/two.yml", &text);
    write_in(folder.path(), "b/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: []\n");
    write_in(folder.path(), "b/README.md", "no manifest");
    let moved = gen_in(folder.path(), &["diff", "a", "b"]);
    assert_eq!(moved.status, 1);
    assert!(moved.stdout.starts_with("> Service airflow-statsd: from one.yaml to other/two.yml\n"), "{}", moved.stdout);
    assert_eq!(gen_in(folder.path(), &["diff", "a", "b", "--ignore", "notation"]).status, 0);
}

#[test]
fn what_is_ignored_decides_the_exit_status() {
    let folder = folder_with(&[("values.yaml", VALUES)]);
    stream(folder.path(), "before.yaml", "");
    stream(folder.path(), "after.yaml", "labels.team=a,scheduler.replicas=2,images.airflow.tag=3.2.2-x,airflowPodAnnotations.a=b");
    let diff = |ignore: &str| gen_in(folder.path(), &["diff", "before.yaml", "after.yaml", "--ignore", ignore]);
    assert_eq!(diff("labels").status, 1);
    let all = diff("labels,replicas,images,annotations,data.*");
    // Jobs are named by what they do, so those differ in name alone.
    assert!(all.stdout.lines().filter(|line| line.starts_with('~')).count() == 0, "{}", all.stdout);
    let unknown = diff("lables");
    assert_eq!(unknown.status, 2);
    assert!(unknown.stderr.contains("did you mean `labels`?"), "{}", unknown.stderr);
}

#[test]
fn revisions_of_git_are_compared() {
    let folder = folder_with(&[
        ("stack/values.yaml", VALUES),
        ("stack/env/prod.yaml", "fernetKey: {file: key}\nscheduler: {replicas: 1}\n"),
        ("stack/env/key", "Z3Vlc3MtbWUtaWYteW91LWNhbi0zMi1ieXRlcy1sb24=\n"),
        ("stack/settings.sh", "echo one\n"),
    ]);
    let stack = folder.path().join("stack");
    git(folder.path(), &["init", "-q"]);
    assert_eq!(gen_in(&stack, &["-q", "-f", "values.yaml", "-o", "out"]).status, 0);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "one"]);
    git(folder.path(), &["tag", "one"]);
    let values = ["-f", "values.yaml", "-f", "env/prod.yaml", "--set-file", "scheduler.args[0]=settings.sh"];
    let against = |more: &[&str]| gen_in(&stack, &[&["-q", "diff", "--against", "one"], more, &values].concat());
    assert_eq!(against(&[]), Run { status: 0, stdout: String::new(), stderr: String::new() });

    // Values, the secret that they name, and a file of an option.
    write_in(&stack, "env/prod.yaml", "fernetKey: {file: key}\nscheduler: {replicas: 3}\n");
    write_in(&stack, "env/key", "c2Vjb25kLW9uZS1ndWVzcy1tZS0zMi1ieXRlcy1sb24=\n");
    write_in(&stack, "settings.sh", "echo two\n");
    let changed = against(&[]);
    assert_eq!((changed.status, changed.stderr.as_str()), (1, ""));
    insta::assert_snapshot!(changed.stdout);

    // A directory, and a file, at a revision; the path starts at the working directory.
    assert_eq!(gen_in(&stack, &["-q", "-f", "values.yaml", "-o", "out", "--set", "statsd.enabled=false"]).status, 0);
    let from_git = gen_in(&stack, &["diff", "git:one:out", "out"]);
    assert_eq!(from_git.status, 1, "{}", from_git.stderr);
    assert!(from_git.stdout.contains("- Deployment airflow-statsd\n"), "{}", from_git.stdout);
    assert_eq!(gen_in(&stack, &["diff", "git:one", "out"]).stdout, from_git.stdout, "without a path it is the other side's");
    assert_eq!(gen_in(&stack, &["diff", "git:one:./out/../out", "git:HEAD:out"]).status, 0);
    assert_eq!(gen_in(&stack, &["-q", "diff", "git:one:out", "-f", "values.yaml"]).status, 0);
    let file = "out/statsd/statsd-service.yaml";
    assert_eq!(gen_in(&stack, &["diff", &format!("git:one:{file}"), &format!("git:HEAD:{file}")]).status, 0);

    // A values file that is new, and one that git does not know.
    write_in(&stack, "new.yaml", "dagProcessor: {replicas: 2}\n");
    let untracked = gen_in(&stack, &["diff", "--against", "one", "-f", "values.yaml", "-f", "new.yaml"]);
    assert_eq!(untracked.status, 0);
    assert!(untracked.stderr.contains("git does not track `new.yaml`: it counts for both sides as it is"), "{}", untracked.stderr);
    git(folder.path(), &["add", "stack/new.yaml"]);
    let new = gen_in(&stack, &["diff", "--against", "one", "-f", "values.yaml", "-f", "new.yaml"]);
    assert!(new.status == 1 && new.stdout.contains("~ spec.replicas: 1 -> 2\n"), "{}", new.stdout);
    assert!(new.stderr.contains("`new.yaml` is not there in `one`, and is left out there"), "{}", new.stderr);

    // Values that were wrong.
    write_in(&stack, "values.yaml", "scheduler: 1\n");
    git(folder.path(), &["commit", "-q", "-am", "two"]);
    write_in(&stack, "values.yaml", VALUES);
    let wrong = gen_in(&stack, &["diff", "--against", "HEAD", "-f", "values.yaml"]);
    assert_eq!(wrong.status, 2);
    assert!(wrong.stderr.contains("with the values as they are at `HEAD`"), "{}", wrong.stderr);
}

#[test]
fn errors_say_what_to_do() {
    let folder = folder_with(&[
        ("values.yaml", VALUES),
        ("a.yaml", "kind: [\n"),
        ("b.yaml", "a: 1\n"),
        ("c/d.txt", ""),
        ("ok.yaml", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}\n"),
    ]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "values.yaml"]);
    git(folder.path(), &["commit", "-q", "-m", "one"]);
    let mut told = String::new();
    for arguments in [
        &["diff"][..],
        &["diff", "c"],
        &["diff", "gone", "-f", "values.yaml"],
        &["diff", "a.yaml", "values.yaml"],
        &["diff", "-f", "values.yaml"],
        &["diff", "b.yaml", "-f", "values.yaml"],
        &["diff", "b.yaml", "c/d.txt"],
        &["diff", "git:HEAD:values.yaml", "-f", "values.yaml"],
        &["diff", "ok.yaml", "b.yaml"],
        &["diff", "-", "-"],
        &["diff", "-", "-f", "-"],
        &["diff", "a.yaml", "b.yaml", "-f", "values.yaml"],
        &["diff", "--against", "main"],
        &["diff", "--against", "gone", "-f", "values.yaml"],
        &["diff", "git:HEAD:gone", "a.yaml"],
        &["diff", "-o", "name", "a.yaml", "b.yaml"],
        &["diff", "--removed", "-o", "json", "a.yaml", "b.yaml"],
    ] {
        let run = gen_in(folder.path(), arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        told.extend(["$ gen ", &arguments.join(" "), "\n", &run.stderr, "\n"].map(str::to_owned));
    }
    insta::assert_snapshot!(told);
    let no_git = run_with(folder.path(), &[("PATH", "/nowhere")], &["diff", "--against", "HEAD", "-f", "values.yaml"], "");
    assert!(no_git.status == 2 && no_git.stderr.contains("error: cannot run `git`"), "{}", no_git.stderr);
    let outside = tempfile::tempdir().unwrap();
    let no_repository = run_with(outside.path(), &[("GIT_CEILING_DIRECTORIES", "/")], &["diff", "git:HEAD", "-f", "-"], "{}");
    assert_eq!(no_repository.status, 2, "{}", no_repository.stdout);
    assert!(no_repository.stderr.starts_with("error: the working directory is in no repository of git\n"), "{}", no_repository.stderr);
}

#[test]
fn a_repository_without_a_commit_or_without_files_is_said_to_be_one() {
    let folder = folder_with(&[("values.yaml", VALUES), ("below/values.yaml", VALUES)]);
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-q", "-m", "one"]);
    // A new one within another is the one that counts.
    let below = folder.path().join("below");
    git(&below, &["init", "-q"]);
    let empty = gen_in(&below, &["diff", "--against", "HEAD", "-f", "values.yaml"]);
    assert_eq!(empty.status, 2, "{}", empty.stdout);
    let top = below.canonicalize().unwrap();
    let note = format!("the repository of the working directory, `{}`, has no commit yet", top.display());
    assert!(empty.stderr.contains(&note) && !empty.stderr.contains("git fetch"), "{}", empty.stderr);
    assert!(empty.stderr.contains("if another repository is meant, run gen in a folder of it"), "{}", empty.stderr);
    git(folder.path(), &["init", "-q", "--bare", "bare"]);
    let bare = gen_in(&folder.path().join("bare"), &["diff", "git:HEAD", "a.yaml"]);
    assert!(bare.status == 2 && bare.stderr.starts_with("error: git has no files for the working directory\n"), "{}", bare.stderr);
}

/// What fails prints nothing, and that is no empty cluster.
#[test]
fn an_empty_stream_is_no_side() {
    let folder = folder_with(&[("values.yaml", VALUES), ("empty.out", "# Source: a\n---\n"), ("none/README.md", "")]);
    stream(folder.path(), "some.yaml", "");
    write_in(folder.path(), "list.yaml", "{apiVersion: v1, kind: List, items: []}\n");
    for (arguments, name) in [
        (&["diff", "empty.out", "-f", "values.yaml"][..], "empty.out"),
        (&["diff", "-", "some.yaml"], "standard input"),
        (&["diff", "some.yaml", "empty.out"], "empty.out"),
        (&["migrate", "values.yaml", "--against", "empty.out"], "empty.out"),
        (&["migrate", "values.yaml", "--against", "-"], "standard input"),
    ] {
        let told = format!(
            "error: there is no object of Kubernetes in what is given\n |\n = note: nothing stands in `{name}`: look whether what made it \
             failed\n = help: an empty folder, or `/dev/null`, stands for no objects\n\n1 error\n"
        );
        let run = gen_in(folder.path(), arguments);
        assert_eq!((run.status, run.stdout.as_str(), run.stderr), (2, "", told), "{arguments:?}");
    }
    for empty in ["none", "list.yaml", "/dev/null"] {
        let diff = gen_in(folder.path(), &["diff", empty, "some.yaml"]);
        assert_eq!((diff.status, diff.stderr.as_str()), (1, ""), "{empty}");
        assert!(diff.stdout.starts_with("+ "), "{}", diff.stdout);
    }
}

/// A Deployment as somebody wrote it, and as an API server gives it back.
fn deployment(image: &str, live: bool, annotation: &str) -> String {
    let (metadata, spec, pod, container) = if live {
        (
            format!(
                "  uid: 1f\n  resourceVersion: '7'\n  annotations: {{deployment.kubernetes.io/revision: '1'{}{annotation}}}\n",
                if annotation.is_empty() { "" } else { ", " }
            ),
            "  progressDeadlineSeconds: 600\n  revisionHistoryLimit: 10\n  strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%}}\n",
            "      dnsPolicy: ClusterFirst\n      restartPolicy: Always\n      securityContext: {}\n",
            "        imagePullPolicy: IfNotPresent\n        ports: [{containerPort: 1, protocol: TCP}]\n        terminationMessagePath: /dev/a\n",
        )
    } else {
        (String::new(), "", "", "        ports: [{containerPort: 1}]\n")
    };
    format!(
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\n  namespace: data\n{metadata}spec:\n  replicas: 1\n{spec}  selector: \
         {{matchLabels: {{a: b}}}}\n  template:\n    metadata: {{labels: {{a: b}}}}\n    spec:\n{pod}      containers:\n      - name: c\n        \
         image: {image}\n{container}"
    )
}

#[test]
fn what_an_api_server_filled_in_is_no_difference_to_what_was_applied() {
    let applied = deployment("i:1", false, "").replace("  replicas: 1\n", "  replicas: 1\n  paused: true\n");
    let applied: serde_json::Value = yaml_serde::from_str(&applied).unwrap();
    let annotation = format!("kubectl.kubernetes.io/last-applied-configuration: '{applied}'");
    let folder = folder_with(&[
        ("live.yaml", &deployment("i:1", true, &annotation)),
        ("paused.yaml", &deployment("i:1", true, &annotation).replace("  replicas: 1\n", "  replicas: 1\n  paused: true\n")),
        ("same.yaml", &deployment("i:1", false, "")),
        ("other.yaml", &deployment("i:2", false, "")),
    ]);
    let diff = |from: &str, to: &str| gen_in(folder.path(), &["diff", from, to]);
    let nothing = Run { status: 0, stdout: String::new(), stderr: String::new() };
    assert_eq!(diff("live.yaml", "same.yaml"), nothing);
    assert_eq!(diff("same.yaml", "live.yaml"), nothing);
    assert_eq!(gen_in(folder.path(), &["diff", "live.yaml", "same.yaml", "-o", "unified"]), nothing);
    let paused = diff("paused.yaml", "same.yaml");
    assert!(paused.stdout.starts_with("~ Deployment a\n    - spec.paused: true\n\n"), "{}", paused.stdout);
    assert!(!paused.stdout.contains("the pods of"), "{}", paused.stdout);
    let other = diff("live.yaml", "other.yaml");
    assert!(other.stdout.contains("the pods of Deployment a restart"), "{}", other.stdout);
    assert_eq!(other.stderr, "");
}

#[test]
fn of_a_live_object_that_does_not_say_what_was_applied_nothing_false_is_told() {
    let folder = folder_with(&[
        ("live.yaml", &deployment("i:1", true, "")),
        ("same.yaml", &deployment("i:1", false, "")),
        ("other.yaml", &deployment("i:2", false, "").replace("a: b", "a: c")),
    ]);
    let diff = |from: &str, to: &str| gen_in(folder.path(), &["diff", from, to]);
    let same = diff("live.yaml", "same.yaml");
    let note = "note: Deployment a of a live cluster does not say what was applied: what the API server filled in shows as a difference\n |\n \
                = help: the API server itself tells them apart: `KUBECTL_EXTERNAL_DIFF=./gen-diff kubectl diff -f FILE`, as docs/diff.md has it\n";
    assert_eq!((same.status, same.stderr.as_str()), (1, note));
    assert!(same.stdout.contains("- spec.strategy: ") && !same.stdout.contains("the pods of"), "{}", same.stdout);
    let other = diff("live.yaml", "other.yaml");
    assert!(other.stdout.contains("the API server refuses this change of Deployment a: `spec.selector` is not"), "{}", other.stdout);
    assert!(other.stdout.contains("the pods of Deployment a restart"), "{}", other.stdout);
    // Both of one server's, as `kubectl diff` gives them.
    assert_eq!(diff("live.yaml", "live.yaml").stderr, "");
}

#[test]
fn directories_with_ledgers_of_their_own_count_with_the_one_above() {
    let folder = folder_with(&[("values.yaml", VALUES), ("gen.yaml", "values: [values.yaml]\nenvironments: {dev: {}}\n")]);
    let at = folder.path();
    let run = |arguments: &[&str]| gen_in(at, &[&["-q"], arguments].concat());
    git(at, &["init", "-q"]);
    assert_eq!(gen_in(at, &["-q", "-f", "values.yaml", "-o", "rendered"]).status, 0);
    git(at, &["add", "."]);
    git(at, &["commit", "-q", "-m", "one"]);
    assert_eq!(run(&["all"]).status, 0);
    write_in(at, "rendered/dev/mine.yaml", "kind: [");
    for (from, to) in [("git:HEAD:rendered", "rendered"), ("rendered", "git:HEAD:rendered")] {
        let diff = gen_in(at, &["diff", from, to]);
        assert_eq!((diff.status, diff.stderr.as_str()), (1, ""), "{from}");
        assert!(diff.stdout.contains("dev/scheduler/") && !diff.stdout.contains("mine.yaml"), "{}", diff.stdout);
    }
    git(at, &["add", "."]);
    git(at, &["commit", "-q", "-m", "two"]);
    assert_eq!(gen_in(at, &["diff", "git:HEAD:rendered", "rendered"]).status, 0);
    assert_eq!(gen_in(at, &["diff", "git:HEAD~1:rendered", "git:HEAD:rendered"]).status, 1);
    // The values are those of the one directory alone, and it is said that there are more.
    let own = gen_in(at, &["diff", "rendered", "-f", "values.yaml"]);
    assert_eq!((own.status, own.stdout.as_str()), (0, ""), "{}", own.stderr);
    assert!(own.stderr.contains("warning: `rendered/dev`, which gen wrote too, lies within `rendered`\n"), "{}", own.stderr);
    assert_eq!(gen_in(at, &["diff", "rendered", "-f", "values.yaml", "--strict"]).status, 2);
    assert_eq!(gen_in(at, &["-q", "diff", "git:HEAD:rendered", "-f", "values.yaml"]).status, 0);
}

/// `kubectl diff` gives two folders with a file for each object, and none of its names ends in `.yaml`.
#[test]
fn kubectl_diff_may_use_it() {
    let object = |more: &str| format!("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a.yaml\n  namespace: data\n{more}");
    let folder = folder_with(&[
        ("LIVE-1/v1.ConfigMap.data.a.yaml", &object("  generation: 1\n  uid: a\ndata: {a: b}\n")),
        ("MERGED-1/v1.ConfigMap.data.a.yaml", &object("  generation: 2\n  uid: a\ndata: {a: b}\n")),
        ("LIVE-1/apps.v1.Deployment.data.b", ""),
        ("MERGED-1/apps.v1.Deployment.data.b", ""),
    ]);
    assert_eq!(gen_in(folder.path(), &["diff", "LIVE-1", "MERGED-1"]).status, 0);
    write_in(
        folder.path(),
        "MERGED-1/apps.v1.Deployment.data.b",
        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: b, namespace: data}\n",
    );
    let diff = gen_in(folder.path(), &["diff", "LIVE-1", "MERGED-1"]);
    assert_eq!(diff.status, 1);
    assert!(diff.stdout.starts_with("+ Deployment b\n"), "{}", diff.stdout);
}

/// A comment of a pull request takes 65,536 characters.
#[test]
fn claims_and_addresses_are_foretold() {
    let objects = |size: &str, address: &str| {
        format!(
            "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: dags, namespace: data}}\n\
             spec: {{accessModes: [ReadWriteMany], resources: {{requests: {{storage: {size}}}}}}}\n---\n\
             apiVersion: v1\nkind: Service\nmetadata: {{name: redis, namespace: data}}\nspec: {{{address}ports: [{{port: 6379}}]}}\n"
        )
    };
    let folder = folder_with(&[("before.yaml", &objects("1Gi", "clusterIP: 10.0.0.5, ")), ("after.yaml", &objects("2Gi", ""))]);
    let json = gen_in(folder.path(), &["diff", "before.yaml", "after.yaml", "-o", "json"]);
    assert!(json.stdout.contains("\"Z102\"") && json.stdout.contains("\"Z103\""), "{}", json.stdout);
    insta::assert_snapshot!(gen_in(folder.path(), &["diff", "before.yaml", "after.yaml"]).stdout);
}

#[test]
fn markdown_is_bounded() {
    let long = "x".repeat(500);
    let object = |number: usize, value: &str| {
        format!("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: a-{number}}}\ndata: {{k{number}: {value}{number}}}\n")
    };
    let objects = |value: &str| (0..400).map(|number| object(number, value)).collect::<String>();
    let folder = folder_with(&[("a.yaml", &objects(&long)), ("b.yaml", &objects("y"))]);
    let diff = gen_in(folder.path(), &["diff", "a.yaml", "b.yaml", "-o", "markdown"]);
    assert_eq!(diff.status, 1);
    assert!(diff.stdout.len() < 60_300, "{}", diff.stdout.len());
    assert!(diff.stdout.contains("parts are left out"), "{}", &diff.stdout[diff.stdout.len() - 200..]);
}

/// What looks like a secret, wherever it stands, and what a Secret of either side holds.
#[test]
fn no_form_shows_a_secret() {
    let manifests = |hunter: &str| {
        format!(
            "{{apiVersion: v1, kind: Secret, metadata: {{name: s}}, stringData: {{token: {hunter}longvalue}}}}\n---\n\
             {{apiVersion: v1, kind: ConfigMap, metadata: {{name: c}}, data: {{b: {hunter}longvalue, password: {hunter}1, api-key: {hunter}2, \
             c.cfg: \"[core]\\nfernet_key = {hunter}3\\nparallelism = 1\\n[sentry]\\nsentry_dsn = https://{hunter}4@a\\n\"}}}}\n---\n\
             {{apiVersion: v1, kind: Pod, metadata: {{name: p}}, spec: {{containers: [{{name: a, image: i, args: [--password, {hunter}5], env: \
             [{{name: AIRFLOW_CONN_X, value: '{hunter}6'}}, {{name: AIRFLOW__CORE__FERNET_KEY, value: '{hunter}7'}}]}}]}}}}\n"
        )
    };
    let folder = folder_with(&[
        ("before.yaml", &manifests("hunter")),
        ("after.yaml", &manifests("killer").replace("parallelism = 1", "parallelism = 2")),
    ]);
    for form in ["human", "unified", "markdown", "json", "github"] {
        let diff = gen_in(folder.path(), &["diff", "before.yaml", "after.yaml", "-o", form]);
        assert_eq!(diff.status, 1, "{form}");
        assert!(!diff.stdout.contains("hunter") && !diff.stdout.contains("killer"), "{form}: {}", diff.stdout);
        insta::assert_snapshot!(format!("secrets_as_{form}"), diff.stdout);
    }
    let check = gen_in(folder.path(), &["check", "before.yaml"]);
    assert!(!check.stdout.contains("hunter"), "{}", check.stdout);
}

/// A Secret that the values do not make is left as it is, and so is its file.
#[test]
fn secrets_with_values_are_no_difference() {
    let folder = folder_with(&[("values.yaml", VALUES)]);
    assert_eq!(gen_in(folder.path(), &["-q", "-f", "values.yaml", "-o", "out", "--with-secrets"]).status, 0);
    let diff = gen_in(folder.path(), &["diff", "out", "-f", "values.yaml", "-q"]);
    assert_eq!((diff.status, diff.stdout.lines().last().unwrap_or_default()), (0, ""), "{}", diff.stdout);
}

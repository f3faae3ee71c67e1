//! `gen check`, as a user runs it on what others rendered.

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use airflow_gen::checks::KubernetesVersion;

use crate::support::{Run, run, run_in, run_with_input};

const SOUND: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {b: c}\n";
const BROKEN: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndta: {b: c}\n";
const REFERS: &str =
    "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i, envFrom: [{secretRef: {name: s}}]}]}\n";

/// The messages of a run about files in a folder, as data: each by its code and its place.
fn told(folder: &Path, arguments: &[&str]) -> (i32, Vec<String>) {
    let run = run_in(folder, &[&["check", "--message-format", "json"], arguments].concat(), "");
    let place = |place: &Value| place.as_object().map(|place| format!(" {}:{}", place["source"].as_str().unwrap(), place["line"]));
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        format!("{}{}", line["code"].as_str().unwrap(), place(&line["place"]).unwrap_or_default())
    };
    (run.status, run.stdout.lines().map(line).collect())
}

#[test]
fn the_exit_status_says_what_was_found() {
    for (input, arguments, status) in [
        (SOUND, &["-"][..], 0),
        (SOUND, &[], 0),
        (REFERS, &["-"], 0),
        (REFERS, &["-", "--strict"], 1),
        (BROKEN, &["-"], 1),
        ("a: b\n", &["-"], 2),
        ("a: [\n", &["-"], 2),
        ("", &["-"], 2),
        ("# nothing\n---\n", &["-"], 2),
        ("", &["no-such-file.yaml"], 2),
        (BROKEN, &["-", "no-such-file.yaml"], 2),
    ] {
        let run = run_with_input(&[&["check"], arguments].concat(), input);
        assert_eq!(run.status, status, "{arguments:?} {input}: {}{}", run.stdout, run.stderr);
    }
}

#[test]
fn how_much_was_checked_is_told_to_people_alone() {
    let run = run_with_input(&["check", "-"], SOUND);
    assert_eq!(run, Run { status: 0, stdout: String::new(), stderr: "checked 1 object of 1 file\n".to_owned() });
    for more in [&["-q"][..], &["--message-format", "json"]] {
        let run = run_with_input(&[&["check", "-"], more].concat(), SOUND);
        assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""), "{more:?}");
    }
}

#[test]
fn a_folder_is_one_set_without_what_is_hidden() {
    let folder = tempfile::tempdir().unwrap();
    let write = |path: &str, text: &str| {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("all/pod.yml", REFERS);
    write("all/below/secret.json", r#"{"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}}"#);
    write("all/.hidden/broken.yaml", BROKEN);
    write("all/.broken.yaml", BROKEN);
    write("all/broken.txt", BROKEN);
    write("all/values.yaml", "executor: LocalExecutor\n");
    write("all/Chart.yaml", "apiVersion: v2\nname: shop\n");
    assert_eq!(told(folder.path(), &["all"]), (0, vec!["F113".to_owned()]));
    // By itself, the pod lacks its Secret; and a file that is named has to hold objects.
    assert_eq!(told(folder.path(), &["all/pod.yml"]), (0, vec!["H101 all/pod.yml:4".to_owned()]));
    assert_eq!(told(folder.path(), &["all/values.yaml"]), (2, vec!["F112 all/values.yaml:1".to_owned()]));
    // What lacks its kind was meant for an object.
    write("all/slip.yaml", "apiVersion: v1\nknid: Pod\nmetadata: {name: p}\n");
    assert_eq!(told(folder.path(), &["all"]), (2, vec!["F112 all/slip.yaml:1".to_owned(), "F113".to_owned()]));
    write("empty/a.txt", "");
    assert_eq!(told(folder.path(), &["empty"]), (2, vec!["F112".to_owned()]));
}

#[cfg(unix)]
#[test]
fn links_do_not_lead_out_of_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir_all(path("in/below")).unwrap();
    fs::create_dir(path("out")).unwrap();
    fs::write(path("in/below/a.yaml"), SOUND).unwrap();
    fs::write(path("out/b.yaml"), BROKEN).unwrap();
    for (to, link) in
        [("../out/b.yaml", "in/b.yaml"), ("../out", "in/out"), ("..", "in/below/up"), ("below/a.yaml", "in/a.yaml"), ("gone", "in/c.yaml")]
    {
        std::os::unix::fs::symlink(to, path(link)).unwrap();
    }
    // The same file by two ways is one.
    assert_eq!(told(folder.path(), &["in"]), (0, Vec::new()));
    // Whoever names a link means it.
    assert_eq!(told(folder.path(), &["in/b.yaml"]), (1, vec!["M102 in/b.yaml:4".to_owned()]));
}

#[test]
fn of_two_files_both_may_be_meant() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.yaml"), SOUND).unwrap();
    fs::write(folder.path().join("b.yaml"), SOUND).unwrap();
    assert_eq!(told(folder.path(), &["a.yaml", "b.yaml", "./a.yaml"]), (0, vec!["M501 b.yaml:1".to_owned()]));
    fs::write(folder.path().join("b.yaml"), [SOUND, "---\n", SOUND].concat()).unwrap();
    assert_eq!(told(folder.path(), &["b.yaml"]), (1, vec!["M501 b.yaml:8".to_owned()]));
}

#[test]
fn a_version_of_kubernetes_may_lack_what_is_there() {
    let cron = "{apiVersion: batch/v1, kind: CronJob, metadata: {name: a}, spec: {schedule: '@daily', jobTemplate: {spec: {template: \
                {spec: {restartPolicy: Never, containers: [{name: a, image: i}]}}}}}}";
    assert_eq!(run_with_input(&["check", "-"], cron).status, 0);
    let old = run_with_input(&["check", "-", "--kube-version", "1.20"], cron);
    assert_eq!(old.status, 1);
    assert!(old.stdout.contains("`batch/v1` came with Kubernetes 1.21, and the cluster has 1.20"), "{}", old.stdout);
}

#[test]
fn a_version_of_kubernetes_may_be_newer_than_those_that_are_known() {
    let newest = KubernetesVersion::NEWEST.to_string();
    // It is the one whose API the schema is made of.
    assert!(include_str!("../Cargo.toml").contains(&format!("\"v{}\"", newest.replace('.', "_"))));
    assert_eq!(run_with_input(&["check", "-", "--kube-version", &newest], SOUND).stdout, "");
    let newer = run_with_input(&["check", "-", "--kube-version", "1.99.0"], SOUND);
    assert_eq!(newer.status, 0);
    assert!(newer.stdout.contains(&format!("note: gen knows Kubernetes up to {newest}, and not 1.99\n")), "{}", newer.stdout);
    let rendered = run(&["-f", "values/patches.yaml", "--kube-version", "1.99"]);
    assert_eq!(rendered.status, 0);
    assert!(rendered.stderr.contains(&format!("note: gen knows Kubernetes up to {newest}, and not 1.99\n")), "{}", rendered.stderr);
}

#[test]
fn what_passes_through_is_the_same_bytes_or_nothing() {
    let odd = ["# a comment\r\n", REFERS, "---\n\n\n"].concat();
    let passed = run_with_input(&["check", "--pass-through"], &odd);
    assert_eq!((passed.status, &passed.stdout), (0, &odd));
    assert!(passed.stderr.starts_with("warning: Pod `p`"), "{}", passed.stderr);
    let strict = run_with_input(&["check", "--pass-through", "--strict", "-"], &odd);
    assert_eq!((strict.status, strict.stdout.as_str()), (1, ""));
    let broken = run_with_input(&["check", "--pass-through", "-"], BROKEN);
    assert_eq!((broken.status, broken.stdout.as_str()), (1, ""));
    assert!(broken.stderr.contains("unknown key `dta`"), "{}", broken.stderr);
    // A chart may render nothing.
    let nothing = run_with_input(&["check", "--pass-through", "-"], "\n");
    assert_eq!(nothing, Run { status: 0, stdout: "\n".to_owned(), stderr: String::new() });
    let file = run_with_input(&["check", "--pass-through", "a.yaml"], "");
    assert_eq!((file.status, file.stdout.as_str()), (2, ""));
    assert!(file.stderr.contains("is for standard input"), "{}", file.stderr);
}

#[test]
fn programs_get_the_same_findings() {
    let file = "values/check/deployment.yaml";
    let count = |format: &str, mark: &str| {
        let run = run(&["check", file, "--message-format", format]);
        assert_eq!((run.status, run.stderr.as_str()), (1, ""), "{format}");
        assert!(!run.stdout.contains("not base64'"), "{}", run.stdout);
        run.stdout.matches(mark).count()
    };
    let counts = [count("json", "\"severity\":\"error\""), count("sarif", "\"level\": \"error\""), count("github", "::error file=")];
    assert_eq!(counts, [8, 8, 8]);
    assert_eq!(count("junit", "<failure "), 8);
}

#[test]
fn a_report_of_junit_lists_what_is_sound_too() {
    let arguments =
        ["check", "--message-format", "junit", "values/check/sound.yaml", "values/check/services.yaml", "values/check/strangers.yaml"];
    insta::assert_snapshot!(run(&arguments).stdout);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_gen"))
        .args(["check", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), BROKEN.as_bytes()).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(1), ""));
}

#[test]
fn a_large_file_is_read_and_what_aliases_make_is_bounded() {
    let many: String = (0..9000)
        .map(|number| format!("---\n{{apiVersion: v1, kind: ConfigMap, metadata: {{name: a{number}}}, data: {{a: b, c: d}}}}\n"))
        .collect();
    assert_eq!(run_with_input(&["check", "-"], &many).status, 0);
    let bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n\
                d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: [*e, *e, *e, *e]\n";
    let run = run_with_input(&["check", "-"], bomb);
    assert_eq!(run.status, 2);
    assert!(run.stdout.contains("too many nodes"), "{}", run.stdout);
}

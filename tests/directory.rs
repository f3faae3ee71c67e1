//! The output directory: nothing outside of it is touched, whatever it holds, and two runs do not get into each other's way.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::thread;

use crate::folder::git;
use crate::support::{Run, home, run_in, run_with, tree};

const VALUES: &str = "values.yaml";
const FILE: &str = "scheduler/scheduler-deployment.yaml";
const PRECIOUS: &str = "precious\n";

/// A folder with values, and another with a file that has to stay as it is.
fn prepared() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(home().join("values/airflow-azure-image.yaml"), folder.path().join(VALUES)).unwrap();
    fs::create_dir_all(folder.path().join("outside/scheduler")).unwrap();
    fs::write(folder.path().join("outside").join(FILE), PRECIOUS).unwrap();
    folder
}

fn render(folder: &Path, more: &[&str]) -> Run {
    run_in(folder, &[&["-f", VALUES, "-o", "out"], more].concat(), "")
}

/// What makes a link in the directory.
type Link = fn(&Path);

/// Each way to put a link into the directory, by what it is called and what makes it.
fn links() -> [(&'static str, Link); 7] {
    [
        ("a folder, with a path from there", |out| symlink("../outside/scheduler", out.join("scheduler")).unwrap()),
        ("a folder, with a path from the root", |out| {
            symlink(out.parent().unwrap().join("outside/scheduler"), out.join("scheduler")).unwrap();
        }),
        ("a folder, by another link within", |out| {
            symlink("../outside", out.join("away")).unwrap();
            symlink("away/scheduler", out.join("scheduler")).unwrap();
        }),
        ("a file", |out| {
            fs::create_dir(out.join("scheduler")).unwrap();
            symlink(Path::new("../../outside").join(FILE), out.join(FILE)).unwrap();
        }),
        ("a file that is not there", |out| {
            fs::create_dir(out.join("scheduler")).unwrap();
            symlink("../../outside/new", out.join(FILE)).unwrap();
        }),
        ("the ledger", |out| symlink("../outside/ledger", out.join(".gen-ledger")).unwrap()),
        ("what the ledger lists", |out| {
            symlink("../outside", out.join("old")).unwrap();
            // The checksum of what is outside: to gen it is a file of its own that is not rendered any more.
            let checksum = "a37214679d4cdc0b4724e05883a60eb979d19dd3a394438f17ef85846fadcee0";
            let listed = format!(r#"{{"files": {{"old/{FILE}": ["{checksum}"]}}}}"#);
            fs::write(out.join(".gen-ledger"), listed).unwrap();
        }),
    ]
}

#[test]
fn no_link_leads_out_of_the_directory() {
    for (what, link) in links() {
        for more in [&[][..], &["--force"]] {
            let folder = prepared();
            let out = folder.path().join("out");
            fs::create_dir(&out).unwrap();
            link(&out);
            let before = tree(&folder.path().join("outside"));
            let run = render(folder.path(), more);
            assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{what} {more:?}: {}", run.stderr);
            assert!(run.stderr.contains("a link on the way leads out of the directory"), "{what} {more:?}: {}", run.stderr);
            assert_eq!(tree(&folder.path().join("outside")), before, "{what} {more:?}");
            let diff = run_in(folder.path(), &["diff", "out", "-f", VALUES], "");
            assert!(!diff.stdout.contains(PRECIOUS.trim()), "{what}: {}", diff.stdout);
            assert_eq!(diff.status, 2, "{what}: {}", diff.stderr);
        }
    }
}

#[test]
fn a_link_within_the_directory_and_one_to_it_are_followed() {
    let folder = prepared();
    fs::create_dir_all(folder.path().join("real/kept")).unwrap();
    symlink("real", folder.path().join("out")).unwrap();
    symlink("kept", folder.path().join("real/scheduler")).unwrap();
    for expected in ["out: 13 written, 0 unchanged, 0 removed\n", "out: 0 written, 13 unchanged, 0 removed\n"] {
        assert_eq!(render(folder.path(), &[]).stderr, expected);
    }
    assert!(folder.path().join("real/kept/scheduler-deployment.yaml").is_file());
}

#[test]
fn a_pipe_in_the_way_is_an_error_and_nobody_waits_for_it() {
    let folder = prepared();
    fs::create_dir_all(folder.path().join("out/scheduler")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("out").join(FILE)).status().unwrap();
    assert!(made.success());
    for more in [&[][..], &["--force"]] {
        let run = render(folder.path(), more);
        assert_eq!(run.status, 2);
        assert!(run.stderr.contains("it is no regular file"), "{}", run.stderr);
    }
}

#[test]
fn of_runs_at_once_each_sees_the_directory_as_another_left_it() {
    let folder = prepared();
    thread::scope(|scope| {
        for number in 0..12 {
            let folder = folder.path();
            let more: &[&str] = if number % 2 == 0 { &[] } else { &["--set", "statsd.enabled=false"] };
            scope.spawn(move || {
                let run = render(folder, more);
                assert_eq!(run.status, 0, "{}", run.stderr);
                // All files of a run are written or were there.
                let counts: Vec<usize> =
                    run.stderr.split(|symbol: char| !symbol.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect();
                assert_eq!(counts[0] + counts[1], if more.is_empty() { 13 } else { 11 }, "{}", run.stderr);
            });
        }
    });
    assert_eq!(render(folder.path(), &[]).status, 0);
    assert_eq!(render(folder.path(), &[]).stderr, "out: 0 written, 13 unchanged, 0 removed\n");
}

#[test]
fn a_kustomization_lists_the_files_and_is_kept_like_them() {
    let folder = prepared();
    let run = render(folder.path(), &["--kustomization"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, "out: 14 written, 0 unchanged, 0 removed\n"));
    let text = fs::read_to_string(folder.path().join("out/kustomization.yaml")).unwrap();
    let (head, resources) = text.split_once("resources:\n").unwrap();
    assert_eq!(head, "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
    let listed: Vec<&str> = resources.lines().map(|line| line.trim_start().strip_prefix("- ").unwrap()).collect();
    let mut files: Vec<String> = tree(&folder.path().join("out")).into_keys().map(|path| path.display().to_string()).collect();
    files.retain(|file| file != "kustomization.yaml");
    assert_eq!(listed, files);
    let diff = |status| {
        let run = run_in(folder.path(), &["diff", "out", "-f", VALUES, "-o", "unified"], "");
        assert_eq!(run.status, status, "{}", run.stderr);
        run.stdout
    };
    assert_eq!(diff(0), "");
    fs::write(folder.path().join("out/kustomization.yaml"), text.replace("Kustomization", "Other")).unwrap();
    assert!(diff(1).contains("+kind: Kustomization\n"));
    // Without the option there is none.
    fs::write(folder.path().join("out/kustomization.yaml"), &text).unwrap();
    assert_eq!(render(folder.path(), &[]).stderr, "out: 0 written, 13 unchanged, 1 removed\n");
    assert_eq!(render(folder.path(), &["--kustomization", "-s", "scheduler/*"]).status, 2);
}

#[test]
fn the_longest_names_are_written_in_each_layout() {
    let folder = prepared();
    let at = folder.path();
    let objects: Vec<String> = ["m", "n"]
        .iter()
        .map(|end| format!("{{\"apiVersion\": \"v1\", \"kind\": \"ConfigMap\", \"metadata\": {{\"name\": \"{}{end}\"}}}}", "n".repeat(252)))
        .collect();
    let setting = format!("extraObjects=[{}]", objects.join(", "));
    for layout in ["files", "objects", "single"] {
        let run = render(at, &["--layout", layout, "--set-json", &setting]);
        assert_eq!(run.status, 0, "{layout}: {}", run.stderr);
        let again = render(at, &["--layout", layout, "--set-json", &setting]);
        assert!(again.stderr.starts_with("out: 0 written, "), "{layout}: {}", again.stderr);
    }
}

#[test]
fn a_layout_says_which_objects_stand_in_which_files() {
    let folder = prepared();
    let at = folder.path();
    let paths = || tree(&at.join("out")).into_keys().map(|path| path.display().to_string()).collect::<Vec<_>>();
    let same = || {
        let diff = run_in(at, &["diff", "out", "-f", VALUES], "");
        assert_eq!((diff.status, diff.stdout.as_str()), (0, ""));
    };
    assert_eq!(render(at, &[]).stderr, "out: 13 written, 0 unchanged, 0 removed\n");
    let objects: usize = tree(&at.join("out")).values().map(|text| text.split("\n---\n").count()).sum();
    let run = render(at, &["--layout", "objects", "--kustomization"]);
    assert_eq!((run.status, run.stderr), (0, format!("out: {} written, 0 unchanged, 13 removed\n", objects + 1)));
    insta::assert_snapshot!("a_file_for_each_object", paths().join("\n"));
    same();
    let run = render(at, &["--layout", "single", "--kustomization"]);
    assert_eq!((run.status, run.stderr), (0, format!("out: 2 written, 0 unchanged, {objects} removed\n")));
    assert_eq!(paths(), ["kustomization.yaml", "manifests.yaml"]);
    same();
    // It is the stream, in its order.
    let text = fs::read_to_string(at.join("out/manifests.yaml")).unwrap();
    let stream = run_in(at, &["-q", "-f", VALUES], "").stdout;
    let documents: Vec<&str> = stream.split("---\n# Source: ").skip(1).map(|one| one.split_once('\n').unwrap().1).collect();
    assert_eq!(text, documents.join("---\n"));
    assert!(fs::read_to_string(at.join("out/kustomization.yaml")).unwrap().ends_with("resources:\n- manifests.yaml\n"));
    // Some of the manifests would not be the file.
    let partial = render(at, &["-s", "scheduler/*"]);
    assert_eq!(partial.status, 2);
    assert_eq!(
        partial.stderr,
        "error: `out` has one file: some of the manifests cannot be written there\n |\n \
         = help: write all of them, without `--show-only`, or into another directory\n\n1 error\n"
    );
    assert_eq!(render(at, &["--layout", "objects", "-s", "scheduler/*"]).status, 2);
    assert_eq!(render(at, &["--layout", "single", "--format", "json"]).stderr, "out: 1 written, 0 unchanged, 2 removed\n");
    assert_eq!(paths(), ["manifests.json"]);
    assert_eq!(render(at, &[]).stderr, "out: 13 written, 0 unchanged, 1 removed\n");
    same();
}

#[test]
fn of_which_commit_the_manifests_are_is_told_beside_them() {
    let folder = prepared();
    let at = folder.path();
    let git = |arguments: &[&str]| git(at, arguments).trim().to_owned();
    let metadata = || fs::read_to_string(at.join("out/hydrator.metadata")).unwrap();
    let flag = "--hydrator-metadata";
    let outside = run_with(at, &[("GIT_CEILING_DIRECTORIES", "/")], &["-f", VALUES, "-o", "out", flag], "");
    assert_eq!(outside.status, 2);
    assert!(outside.stderr.starts_with("error: git has no commit that `hydrator.metadata` could name\n"), "{}", outside.stderr);
    assert!(!at.join("out").exists());
    // Without git, it is what the command line says.
    let sha = "0123456789abcdef0123456789abcdef01234567";
    let dry = ["--dry-sha", sha, "--dry-repo", "https://ci:hunter2@git.example.com/data/airflow.git"];
    let run = run_with(at, &[("PATH", "/nowhere")], &[&["-f", VALUES, "-o", "out", flag], &dry[..]].concat(), "");
    assert_eq!((run.status, run.stderr.as_str()), (0, "out: 14 written, 0 unchanged, 0 removed\n"));
    let said = format!("{{\n  \"repoURL\": \"https://git.example.com/data/airflow.git\",\n  \"drySha\": \"{sha}\"\n}}\n");
    assert_eq!(metadata(), said);
    // From git: the commit, and the address without what lets anybody in.
    git(&["init", "-q"]);
    fs::write(at.join(".gitignore"), "out\n").unwrap();
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "First: \"one\"\n\nMore of it.\n\nSigned-off-by: a"]);
    git(&["remote", "add", "origin", "https://ci:hunter2@git.example.com/data/airflow.git?private_token=hunter2"]);
    // No manifest changed.
    assert_eq!(render(at, &[flag]).stderr, "out: 0 written, 14 unchanged, 0 removed\n");
    assert_eq!(metadata(), said);
    let ledger = fs::read_to_string(at.join("out/.gen-ledger")).unwrap();
    let run = render(at, &[flag, "--set", "statsd.enabled=false"]);
    assert_eq!((run.status, run.stderr.as_str()), (0, "out: 4 written, 8 unchanged, 2 removed\n"), "{}", run.stderr);
    let head = git(&["rev-parse", "HEAD"]);
    let date = git(&["show", "-s", "--format=%aI"]);
    let expected = serde_json::json!({
        "repoURL": "https://git.example.com/data/airflow.git", "drySha": head, "author": "a <a@example.com>", "date": date,
        "subject": "First: \"one\"", "body": "More of it.\n\nSigned-off-by: a",
    });
    assert_eq!(serde_json::from_str::<serde_json::Value>(&metadata()).unwrap(), expected);
    // It is gen's own file, and no difference.
    let diff = run_in(at, &["diff", "out", "-f", VALUES, "--set", "statsd.enabled=false"], "");
    assert_eq!((diff.status, diff.stdout.as_str()), (0, ""));
    fs::write(at.join("out/hydrator.metadata"), "{}").unwrap();
    assert_eq!(render(at, &[flag, "--set", "statsd.enabled=false"]).status, 0, "nothing else changes");
    let refused = render(at, &[flag]);
    assert_eq!(refused.status, 2);
    assert!(refused.stderr.contains("`out/hydrator.metadata` was edited since"), "{}", refused.stderr);
    assert_eq!(render(at, &[flag, "--force"]).status, 0);
    assert_ne!(fs::read_to_string(at.join("out/.gen-ledger")).unwrap(), ledger);
    // What is rendered has to be what the commit gives.
    fs::write(at.join(VALUES), fs::read_to_string(at.join(VALUES)).unwrap() + "\n").unwrap();
    let unlike = render(at, &[flag]);
    assert_eq!(unlike.status, 0);
    let told = "warning: `values.yaml` is not as it is at the commit that `hydrator.metadata` names\n";
    assert!(unlike.stderr.starts_with(told), "{}", unlike.stderr);
    assert_eq!(render(at, &[flag, "--strict"]).status, 2);
    // Without the option it goes.
    assert!(render(at, &[]).stderr.ends_with("1 removed\n"));
    for (more, told) in [
        (&["--dry-sha", "abc", flag][..], "40 or 64 hexadecimal digits"),
        (&["--dry-sha", sha], "`--dry-sha` has no effect: no `hydrator.metadata` is written"),
        (&[flag, "-s", "*"], "`--hydrator-metadata` and `--show-only` exclude each other"),
    ] {
        let run = render(at, more);
        assert_eq!(run.status, 2, "{more:?}");
        assert!(run.stderr.contains(told), "{more:?}: {}", run.stderr);
    }
}

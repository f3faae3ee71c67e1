//! Command lines that cannot be understood: each is told in the words of gen's other messages.

use std::fs;

use crate::folder::folder_with;
use crate::support::{run, run_in};

/// A folder with values files.
fn values() -> tempfile::TempDir {
    folder_with(&[
        ("v/base.yaml", "executor: LocalExecutor\nairflowVersion: 3.2.2\n"),
        ("v/prod.yaml", "scheduler: {replicas: 2}\n"),
        ("rendered/a.yaml", ""),
        ("my values.yaml", "{}\n"),
    ])
}

#[test]
fn each_is_told_alike() {
    let folder = values();
    let told = |lines: &[&str]| {
        let mut told = String::new();
        for line in lines {
            let run = run_in(folder.path(), &shlex::split(line).unwrap().iter().map(String::as_str).collect::<Vec<_>>(), "");
            assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{line}");
            told.extend(["$ gen ", line, "\n", &run.stderr, "\n"].map(str::to_owned));
        }
        told
    };
    insta::assert_snapshot!(
        "a_command_line_that_is_wrong",
        told(&[
            "--foo",
            "-x",
            "diff --foo a b",
            "diff --sett a=b rendered -f v/base.yaml",
            "-f v/base.yaml --sett a=b",
            "--check -f v/base.yaml",
            "images --digest a",
            "frob",
            "dif",
            "help frob",
            "diff a b c",
            "init azure a b",
            "init foo",
            "completions",
            "--format x -f v/base.yaml",
            "--format yml -f v/base.yaml",
            "diff -o x a b",
            "--kube-version latest -f v/base.yaml",
            "all --shard 4/3",
            "-f",
            "-n= -f v/base.yaml",
            "--set",
            "--format",
            "--force -f v/base.yaml",
            "-c x",
            "--create-namespace=x -f v/base.yaml",
            "--release-name a --release-name b -f v/base.yaml",
            "all --check --force",
            "-q -v -f v/base.yaml",
            "diff a b -f v/base.yaml",
        ])
    );
    insta::assert_snapshot!(
        "words_without_a_place",
        told(&[
            "v/base.yaml",
            "'my values.yaml' v/prod.yaml",
            "values v/base.yaml",
            "explain executor v/base.yaml",
            "-f v/base.yaml v/prod.yaml",
            "-f v/base.yaml v/gone.yaml v/prod.yaml -n data",
            "-f v/base.yaml -n data v/prod.yaml",
            "-f v/base.yaml frob",
            "values -f v/base.yaml 'my values.yaml'",
            "template etl chart -f v/base.yaml v/prod.yaml",
            "template -f v/base.yaml v/prod.yaml",
            "diff rendered -f v/base.yaml v/prod.yaml",
            "-f v/base.yaml --set executor CeleryExecutor",
            "-f v/base.yaml --set executor = CeleryExecutor",
            "-f v/base.yaml --set executor= CeleryExecutor",
            "-f v/base.yaml --set-string scheduler.command 'a b'",
            "-f v/base.yaml --set-file airflowLocalSettings settings.py",
            "diff rendered -f v/base.yaml --set executor CeleryExecutor",
        ])
    );
    for key in ["data.metadataConnection.pass", "fernetKey"] {
        let secret = run_in(folder.path(), &["--set", key, "hunter2"], "").stderr;
        assert!(secret.contains(&format!("write `--set {key}=...`")) && !secret.contains("hunter2"), "{secret}");
    }
}

#[test]
fn programs_hear_of_it_too() {
    let told = run(&["--message-format", "json", "values", "--frob"]);
    let message: serde_json::Value = serde_json::from_str(&told.stderr).unwrap();
    assert_eq!((told.status, &message["code"], &message["message"]), (2, &"F101".into(), &"`gen values` has no option `--frob`".into()));
    assert!(run(&["--color", "always", "frob"]).stderr.contains("\u{1b}["));
    assert!(run(&["all", "--prin", "--message-format=github"]).stderr.starts_with("::error title="));
}

#[test]
fn the_version_of_a_chart_is_no_question_for_that_of_gen() {
    let own = run(&["--version"]);
    assert_eq!((own.status, own.stderr.as_str()), (0, ""));
    for line in [&["--version", "1.22.0"][..], &["--version=1.22.0"], &["-f", "values/azure.yaml", "--version", ">=1.20"]] {
        let run = run(line);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{line:?}");
        assert!(run.stderr.contains("follow the official chart 1.22.0, and reads no chart; leave it out"), "{}", run.stderr);
    }
    assert_eq!(run(&["--version", "-q"]), own);
}

/// Of layers, those to the right have precedence, whether `-f` stands before each or before the first alone.
#[test]
fn files_to_migrate_are_layers_in_their_order() {
    let folder = values();
    fs::write(folder.path().join("late.yaml"), "executor: CeleryExecutor\n").unwrap();
    let printed = |line: &[&str]| run_in(folder.path(), &[&["migrate", "-q"], line].concat(), "").stdout;
    let plain = printed(&["v/base.yaml", "late.yaml"]);
    assert!(plain.find("# Source: v/base.yaml") < plain.find("# Source: late.yaml"), "{plain}");
    assert_eq!(printed(&["-f", "v/base.yaml", "late.yaml"]), plain);
    assert_eq!(printed(&["v/base.yaml", "-f", "late.yaml"]), plain);
}

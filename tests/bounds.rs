//! Inputs that never end, or never come.
#![cfg(unix)]

use std::fs;

use crate::support::{Run, run_in, run_with_input};

const VALUES: &str = "{airflowVersion: 3.2.0, executor: LocalExecutor}";

/// A run in a folder in which `big` is larger than any input may be, and `pipe` a pipe that nobody writes to.
fn given(arguments: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    fs::File::create(folder.path().join("big")).unwrap().set_len(1 << 40).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(folder.path().join("pipe")).status().unwrap().success());
    fs::write(folder.path().join("good"), "secret\n").unwrap();
    run_in(folder.path(), arguments, VALUES)
}

#[test]
fn every_input_has_a_bound() {
    for (arguments, reason) in [
        (&["-f", "big"][..], "it is larger than 16 MiB"),
        (&["-f", "/dev/zero"], "it is larger than 16 MiB"),
        (&["-f", "-", "--set-file", "fernetKey=big"], "it is larger than 16 MiB"),
        (&["-f", "-", "--set", "fernetKey.file=big"], "it is larger than 1 MiB"),
        (&["-f", "-", "--set", "fernetKey.file=/dev/zero"], "it is no regular file"),
        (&["-f", "-", "--set", "fernetKey.file=pipe"], "it is no regular file"),
        (&["migrate", "big"], "it is larger than 16 MiB"),
        (&["diff", "/proc/self/fd/0", "-f", "big"], "it is larger than 16 MiB"),
    ] {
        let run = given(arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}: {}", run.stderr);
        assert!(run.stderr.contains(reason), "{arguments:?}: {}", run.stderr);
    }
    let long = run_with_input(&["-f", "-"], &format!("a: {}", "b".repeat(17 << 20)));
    assert!(long.status == 2 && long.stderr.contains("it is larger than 16 MiB"), "{}", long.stderr);
}

#[test]
fn a_pipe_that_the_shell_opens_is_a_file() {
    let script = format!(
        "{gen} -f <(echo '{VALUES}') --set fernetKey.file=<(echo JY498Ilq8GLQ4AnFRVOqTGyAx87lnAYhDuluzHG_dIA=) -s '*fernet*' -q",
        gen = env!("CARGO_BIN_EXE_gen")
    );
    let run = std::process::Command::new("bash").args(["-c", &script]).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    assert!(String::from_utf8(run.stdout).unwrap().contains("kind: Secret"));
}

/// Whatever is printed, a disk that is full is an error.
#[test]
#[cfg(target_os = "linux")]
fn what_cannot_be_printed_is_an_error() {
    for arguments in
        [&["--help"][..], &["--version"], &["diff", "--help"], &["-f", "values/local.yaml"], &["explain"], &["fernet-key"], &["man"]]
    {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_gen"))
            .args(arguments)
            .current_dir(crate::support::home())
            .stdin(std::process::Stdio::null())
            .stdout(full)
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        assert!(String::from_utf8(run.stderr).unwrap().contains("cannot write to standard output"), "{arguments:?}");
    }
}

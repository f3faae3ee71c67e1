//! What other tools run: the hooks of pre-commit, the action for GitHub, and the page about them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::support::home;

fn read(path: &str) -> String {
    fs::read_to_string(home().join(path)).unwrap()
}

fn parsed(path: &str) -> Value {
    yaml_serde::from_str(&read(path)).unwrap()
}

/// The path of programs with gen's in front.
fn path() -> String {
    let folder = Path::new(env!("CARGO_BIN_EXE_gen")).parent().unwrap();
    format!("{}:{}", folder.display(), std::env::var("PATH").unwrap())
}

/// How a program ended, and what it printed.
fn ran(program: &mut Command) -> (i32, String, String) {
    let done = program.stdin(Stdio::null()).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (done.status.code().unwrap_or(-1), text(done.stdout), text(done.stderr))
}

/// The repository of `examples/environments`, with git.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let (status, ..) = ran(Command::new("cp").arg("-R").arg(home().join("examples/environments/.")).arg(folder.path()));
    assert_eq!(status, 0);
    for arguments in [&["init", "-q"][..], &["add", "."], &["commit", "-q", "-m", "first"]] {
        let own = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
        let (status, _, error) = ran(Command::new("git").args(own).args(arguments).current_dir(folder.path()));
        assert_eq!(status, 0, "{error}");
    }
    folder
}

fn change(folder: &Path) {
    let values = folder.join("values/prod.yaml");
    fs::write(&values, fs::read_to_string(&values).unwrap().replace("apiServer: {replicas: 2}", "apiServer: {replicas: 3}")).unwrap();
}

#[test]
fn the_snippets_of_the_page_are_the_files_that_it_names() {
    let page = read("docs/pipelines.md");
    let mut snippets = 0;
    for part in page.split("```yaml\n").skip(1).zip(page.split("```yaml\n")) {
        let (snippet, before) = (part.0.split("```").next().unwrap(), part.1);
        let name = before.rsplit("](../").next().unwrap().split(')').next().unwrap();
        assert_eq!(read(name), snippet, "{name}");
        snippets += 1;
    }
    assert_eq!(snippets, 7);
}

#[test]
fn each_hook_runs_what_it_says() {
    let folder = repository();
    let at = folder.path();
    let hooks = parsed(".pre-commit-hooks.yaml");
    let hook = |id: &str, files: &[&str]| {
        let hook = hooks.as_array().unwrap().iter().find(|hook| hook["id"] == id).unwrap();
        let words = shlex::split(hook["entry"].as_str().unwrap()).unwrap();
        assert_eq!(hook["pass_filenames"] == false, files.is_empty());
        ran(Command::new(&words[0]).args(&words[1..]).args(files).current_dir(at).env("PATH", path()))
    };
    let (status, stdout, _) = hook("gen-check", &[]);
    assert_eq!((status, stdout.as_str()), (0, ""));
    change(at);
    let (status, stdout, _) = hook("gen-check", &[]);
    assert_eq!((status, stdout.as_str()), (1, "`rendered/prod/api-server/api-server-deployment.yaml` is not what the values give\n"));
    let sound = "airflowVersion: 3.2.2\nexecutor: LocalExecutor\nfernetKeySecretName: a\napiSecretKeySecretName: a\njwtSecretName: a\n";
    fs::write(
        at.join("values.yaml"),
        format!("{sound}data: {{metadataSecretName: a}}\npostgresql: {{enabled: false}}\nstatsd: {{enabled: false}}\n"),
    )
    .unwrap();
    let (status, stdout, stderr) = hook("gen-values", &["values.yaml"]);
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (0, "", ""));
    fs::write(at.join("values a.yaml"), "scheduler: {replcas: 2}\n").unwrap();
    let (status, stdout, stderr) = hook("gen-values", &["values a.yaml", "values.yaml"]);
    assert_eq!((status, stdout.as_str()), (2, ""));
    assert!(stderr.contains("did you mean `replicas`?"), "{stderr}");
    // The configuration names hooks that there are.
    let config = parsed("examples/pre-commit/.pre-commit-config.yaml");
    let ids = |list: &Value| list.as_array().unwrap().iter().map(|hook| hook["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&config["repos"][0]["hooks"]), ids(&hooks));
}

/// Runs a step of the action as a runner of GitHub does.
fn step(name: &str, folder: &Path, inputs: &[(&str, &str)], path: &str) -> (i32, String, String) {
    let action = parsed("action.yml");
    let steps = action["runs"]["steps"].as_array().unwrap();
    let step = steps.iter().find(|step| step["name"] == name).unwrap();
    assert_eq!(step["shell"], "bash");
    let script = folder.join(format!("../{}-{name}.sh", folder.file_name().unwrap().to_string_lossy()));
    fs::write(&script, step["run"].as_str().unwrap()).unwrap();
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(&script).current_dir(folder).env("PATH", path);
    for (variable, value) in step["env"].as_object().into_iter().flatten() {
        // `${{ inputs.NAME }}`, or what else there is if that is empty.
        let input = value.as_str().unwrap().split("inputs.").nth(1).unwrap().split([' ', '}']).next().unwrap();
        let default = action["inputs"][input]["default"].as_str().unwrap();
        bash.env(variable, inputs.iter().find(|(name, _)| *name == input).map_or(default, |(_, value)| value));
    }
    bash.env("GITHUB_STEP_SUMMARY", folder.join("../summary.md")).env("GITHUB_PATH", folder.join("../path"));
    let done = ran(bash.env("GITHUB_ACTION_PATH", home()).env("RUNNER_TEMP", folder.parent().unwrap()));
    fs::remove_file(script).unwrap();
    done
}

/// A repository within a folder of its own, where files of the runner stand beside it.
fn workspace() -> (tempfile::TempDir, PathBuf) {
    let (outer, inner) = (tempfile::tempdir().unwrap(), repository());
    let folder = outer.path().join("work");
    fs::rename(inner.path(), &folder).unwrap();
    (outer, folder)
}

#[test]
fn the_action_checks_and_says_what_changes() {
    let (outer, folder) = workspace();
    let (status, _, stderr) = step("check", &folder, &[], &path());
    assert_eq!(status, 0, "{stderr}");
    change(&folder);
    let (status, stdout, _) = step("check", &folder, &[], &path());
    assert_eq!((status, stdout.as_str()), (1, "`rendered/prod/api-server/api-server-deployment.yaml` is not what the values give\n"));
    assert_eq!(step("check", &folder, &[("environments", "dev stag*")], &path()).0, 0);
    assert_eq!(step("check", &folder, &[("config", "other.yaml")], &path()).0, 2);
    // What is in a name is no command.
    assert_eq!(step("check", &folder, &[("environments", "$(touch ../made)")], &path()).0, 2);
    assert!(!outer.path().join("made").exists());
    let (status, ..) = ran(Command::new(env!("CARGO_BIN_EXE_gen")).args(["all", "-q"]).current_dir(&folder));
    assert_eq!(status, 0);
    // Without a base there is nothing to compare with.
    assert_eq!(step("summary", &folder, &[], &path()).0, 0);
    assert!(!outer.path().join("summary.md").exists());
    let (status, stdout, stderr) = step("summary", &folder, &[("base", "HEAD")], &path());
    assert_eq!((status, stdout.as_str(), stderr.as_str()), (0, "", ""));
    let summary = fs::read_to_string(outer.path().join("summary.md")).unwrap();
    assert!(summary.contains("replicas") && summary.contains("airflow-api-server"), "{summary}");
    assert_ne!(step("summary", &folder, &[("base", "nowhere")], &path()).0, 0);
}

#[test]
fn the_action_installs_gen_where_there_is_none() {
    let (outer, folder) = workspace();
    assert_eq!(step("install", &folder, &[], &path()).0, 0);
    assert!(!outer.path().join("path").exists());
    // A cargo that says how it is called, on a machine without gen.
    let bin = outer.path().join("bin");
    fs::create_dir(&bin).unwrap();
    fs::write(bin.join("cargo"), "#!/bin/sh\necho \"$@\"\n").unwrap();
    assert_eq!(ran(Command::new("chmod").arg("+x").arg(bin.join("cargo"))).0, 0);
    let (status, stdout, stderr) = step("install", &folder, &[], &format!("{}:/usr/bin:/bin", bin.display()));
    assert_eq!(status, 0, "{stderr}");
    let root = outer.path().join("gen");
    assert_eq!(stdout, format!("install --locked --quiet --path {} --root {}\n", home().display(), root.display()));
    assert_eq!(fs::read_to_string(outer.path().join("path")).unwrap(), format!("{}\n", root.join("bin").display()));
}

#[test]
fn the_workflow_says_what_the_action_takes() {
    let (workflow, action) = (parsed("examples/github/workflow.yaml"), parsed("action.yml"));
    let steps = workflow["jobs"]["check"]["steps"].as_array().unwrap();
    let own = steps.iter().find(|step| step["uses"].as_str().is_some_and(|name| name.contains("gen@"))).unwrap();
    assert!(own["with"].as_object().unwrap().keys().all(|input| action["inputs"].get(input).is_some()));
}

//! Messages as data: their shape, their places, and that no format shows a secret.

use std::fs;
use std::path::Path;

use airflow_gen::error::Code;
use airflow_gen::error::code::ALL;
use serde_json::{Value, json};

use crate::support::{home, run, run_in, run_with, run_with_input, tree};

const FORMATS: [&str; 5] = ["human", "json", "sarif", "github", "junit"];

/// Values with one error behind a secret on the same line, and warnings of two kinds.
const VALUES: &str = "\
airflowVersion: 3.2.0
executor: KubernetesExecutor
fernetKey: {placeholder: hunter2}
foo: 1
data: {metadataConnection: {pass: hunter2-\u{e9}\u{1f600}, hots: db}}
";

fn values_file() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("a b")).unwrap();
    fs::write(folder.path().join("a b/v:1.yaml"), VALUES).unwrap();
    folder
}

fn messages(folder: &Path, format: &str) -> String {
    let run = run_in(folder, &["-f", "a b/v:1.yaml", "--message-format", format], "");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    run.stderr
}

#[test]
fn a_line_of_json_says_all_of_a_message() {
    let text = messages(values_file().path(), "json");
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    for line in &lines {
        let keys: Vec<&String> = line.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["severity", "code", "name", "message", "place", "label", "notes", "help"]);
    }
    let error = lines.iter().find(|line| line["severity"] == "error").unwrap();
    assert_eq!(
        *error,
        json!({
            "severity": "error", "code": "Y101", "name": "unknown-key", "message": "unknown key `data.metadataConnection.hots`",
            "place": {"source": "a b/v:1.yaml", "line": 5, "column": 47, "endLine": 5, "endColumn": 51},
            "label": "not a key that means anything here", "notes": [], "help": "did you mean `host`?",
        })
    );
    let ignored = lines.iter().find(|line| line["code"] == "Y109").unwrap();
    assert_eq!(ignored["message"], "`foo` has no effect, in the chart either");
    // What has to be in the cluster goes with manifests.
    assert!(!lines.iter().any(|line| line["code"] == "S103"), "{text}");
}

#[test]
fn a_log_of_sarif_has_a_rule_for_each_result_and_addresses_of_files() {
    let log: Value = serde_json::from_str(&messages(values_file().path(), "sarif")).unwrap();
    let (rules, results) = (&log["runs"][0]["tool"]["driver"]["rules"], &log["runs"][0]["results"]);
    for result in results.as_array().unwrap() {
        assert_eq!(rules[usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()]["id"], result["ruleId"]);
        assert_eq!(result["locations"].as_array().unwrap().len(), 1, "{result}");
    }
    let error = results.as_array().unwrap().iter().find(|result| result["level"] == "error").unwrap();
    let location = &error["locations"][0]["physicalLocation"];
    assert_eq!(location["artifactLocation"]["uri"], "a%20b/v%3A1.yaml");
    assert_eq!(location["region"], json!({"startLine": 5, "startColumn": 47, "endLine": 5, "endColumn": 51}));
    // A run with nothing to say is a log as well; what was not in a file has no location.
    let of_input = run_with_input(&["-f", "-", "--message-format", "sarif"], VALUES);
    let log: Value = serde_json::from_str(&of_input.stderr).unwrap();
    assert!(log["runs"][0]["results"][0].get("locations").is_none(), "{log}");
    // What no line of a file is the place of is said of the file.
    let of_secrets = run(&["-f", "values/airflow-azure.yaml", "--message-format", "sarif"]);
    let log: Value = serde_json::from_str(&of_secrets.stderr).unwrap();
    let places: Vec<_> = log["runs"][0]["results"].as_array().unwrap().iter().map(|one| &one["locations"][0]["physicalLocation"]).collect();
    assert!(places.iter().all(|place| place["artifactLocation"]["uri"] == "values/airflow-azure.yaml"), "{log}");
    assert_eq!(places.iter().filter(|place| place["region"]["startLine"] == 1).count(), 1, "{log}");
    let nothing = run(&["-f", "values/airflow-azure-load-balancer.yaml", "--message-format", "sarif", "-q"]);
    let log: Value = serde_json::from_str(&nothing.stderr).unwrap();
    assert_eq!((nothing.status, &log["runs"][0]["results"]), (0, &json!([])));
}

#[test]
fn commands_of_workflows_are_lines_of_their_own() {
    let text = messages(values_file().path(), "github");
    let error = "::error file=a b/v%3A1.yaml,line=5,endLine=5,col=47,endColumn=51,title=Y101 unknown-key::unknown key \
                 `data.metadataConnection.hots`%0Anot a key that means anything here%0Ahelp: did you mean `host`?";
    assert!(text.lines().any(|line| line == error), "{text}");
    assert!(text.lines().all(|line| line.starts_with("::error ") || line.starts_with("::warning ")), "{text}");
}

#[test]
fn in_a_workflow_paths_start_at_the_root_of_the_repository() {
    let folder = values_file();
    let root = folder.path().to_str().unwrap();
    let below = folder.path().join("a b");
    let of = |format: &str| run_with(&below, &[("GITHUB_WORKSPACE", root)], &["-f", "v:1.yaml", "--message-format", format], "").stderr;
    assert!(of("github").contains("::error file=a b/v%3A1.yaml,line=5"), "{}", of("github"));
    assert!(of("sarif").contains("\"uri\": \"a%20b/v%3A1.yaml\""), "{}", of("sarif"));
    assert!(of("json").contains("\"source\":\"v:1.yaml\""), "{}", of("json"));
    let manifests = |size: u32| format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: m}}\ndata: {{size: '{size}'}}\n");
    for (name, size) in [("one", 1), ("other", 2)] {
        fs::create_dir(below.join(name)).unwrap();
        fs::write(below.join(name).join("m.yaml"), manifests(size)).unwrap();
    }
    let diff = run_with(&below, &[("GITHUB_WORKSPACE", root)], &["diff", "one", "other", "-o", "github"], "");
    assert!(diff.stdout.contains("::notice file=a b/one/m.yaml,"), "{}{}", diff.stdout, diff.stderr);
}

#[test]
fn no_format_shows_a_secret() {
    let folder = values_file();
    for format in FORMATS {
        for more in [&[][..], &["-v"], &["-q"], &["--strict"], &["--set", "data.metadataConnection.pas=hunter2"]] {
            let run = run_in(folder.path(), &[&["-f", "a b/v:1.yaml", "--message-format", format], more].concat(), "");
            assert_eq!(run.status, 2);
            assert!(!run.stderr.contains("hunter2"), "{format} {more:?}: {}", run.stderr);
        }
    }
}

#[test]
fn what_was_written_is_a_note_to_programs_and_quiet_says_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let values = crate::support::home().join("values/airflow-azure-load-balancer.yaml");
    let values = values.to_str().unwrap();
    let json = run_in(folder.path(), &["-f", values, "-o", "out", "--message-format", "json"], "");
    let last: Value = serde_json::from_str(json.stderr.lines().last().unwrap()).unwrap();
    assert_eq!((json.status, &last["severity"], &last["code"]), (0, &json!("note"), &json!("F111")));
    assert!(last["message"].as_str().unwrap().starts_with("out: "), "{last}");
    let quiet = run_in(folder.path(), &["-q", "-f", values, "-o", "out"], "");
    assert_eq!((quiet.status, quiet.stderr.as_str()), (0, ""));
    assert!(!tree(folder.path()).is_empty());
}

#[test]
fn programs_hear_of_each_file_that_differs() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(home().join("values/kubernetes-git-sync.yaml"), folder.path().join("values.yaml")).unwrap();
    let render = |arguments: &[&str]| run_in(folder.path(), &[&["-f", "values.yaml"], arguments].concat(), "");
    assert_eq!(render(&["-o", "out"]).status, 0);
    fs::remove_file(folder.path().join("out/scheduler/scheduler-serviceaccount.yaml")).unwrap();
    let diff = |format: &str| {
        let set = "triggerer.replicas=3,apiServer.serviceAccount.create=false,apiServer.serviceAccount.name=a";
        run_in(folder.path(), &["diff", "out", "-f", "values.yaml", "--set", set, "--message-format", format], "")
    };
    let (human, github) = (diff("human"), diff("github"));
    assert_eq!((human.status, github.status), (1, 1));
    assert_eq!(human.stdout, github.stdout);
    let told: Vec<&str> = github.stderr.lines().filter(|line| line.contains("F112")).collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(!human.stderr.contains("is not what the values give"), "{}", human.stderr);
}

#[test]
fn colors_are_there_when_they_are_asked_for() {
    let colored = |when: &str| run_with_input(&["-f", "-", "--color", when], VALUES).stderr.contains('\u{1b}');
    assert_eq!([colored("always"), colored("never"), colored("auto")], [true, false, false]);
    assert!(!run_with_input(&["-f", "-", "--color", "always", "--message-format", "json"], VALUES).stderr.contains('\u{1b}'));
}

#[test]
fn verbose_tells_each_by_itself_and_shows_its_lines() {
    let values = "values/told/ignored-keys.yaml";
    let (plain, verbose) = (run(&["-f", values]), run(&["-f", values, "-v"]));
    assert_eq!(plain.stdout, verbose.stdout);
    assert!(plain.stderr.contains("8 keys have no effect"));
    let told = "warning[Y109]: `chart` has no effect, in the chart either\n --> values/told/ignored-keys.yaml:4:1\n  |\n4 | chart: ";
    assert!(verbose.stderr.contains(told), "{}", verbose.stderr);
    let last = |text: &str| text.lines().last().map(str::to_owned);
    assert_eq!(last(&plain.stderr), last(&verbose.stderr));
}

#[test]
fn verbose_names_what_others_provide() {
    let values = "airflowVersion: 3.2.0\nscheduler: {priorityClassName: urgent}\n";
    let told = "note[W201]: `PriorityClass urgent` has to be in the cluster: it is not among the manifests\n --> standard input:2:32\n";
    let (plain, verbose) = (run_with_input(&["-f", "-"], values), run_with_input(&["-f", "-", "-v"], values));
    assert!(!plain.stderr.contains("urgent") && verbose.stderr.contains(told), "{}", verbose.stderr);
    assert!(verbose.stderr.contains("needed by `scheduler/scheduler-deployment.yaml`"), "{}", verbose.stderr);
}

#[test]
fn every_code_is_explained() {
    let codes = ["Y101", "another-chart", "F110", "S103"];
    for code in codes {
        let run = run(&["explain", code]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{code}");
    }
    let page = fs::read_to_string(crate::support::home().join("docs/findings.md")).unwrap();
    for (Code { code, name, what, why }, instead) in ALL {
        let run = run(&["explain", name]);
        assert!(run.stdout.starts_with(&format!("{code} {name}\n\n")) && run.stdout.contains("\nWhat to do:\n\n"), "{}", run.stdout);
        assert!(page.contains(&format!("### {code} {name}\n\n{what} {why}\n\nWhat to do: {instead}\n")), "{code}");
        for text in [what, why, instead] {
            assert!(text.ends_with('.') && !text.contains("  "), "{code}: {text:?}");
        }
    }
}

#[test]
fn the_page_shows_what_is_printed() {
    let page = fs::read_to_string(crate::support::home().join("docs/messages.md")).unwrap();
    let line = page.lines().find(|line| line.starts_with("{\"severity\"")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("values.yaml"), "executor: LocalExecutor\nscheduler: {replcas: 2}\n").unwrap();
    let run = run_in(folder.path(), &["-f", "values.yaml", "--message-format", "json", "-q"], "");
    assert_eq!(run.stderr, format!("{line}\n"));
}

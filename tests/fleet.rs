//! `gen all`: environments, each in its directory.

use std::fs;
use std::path::Path;

use crate::folder::{folder_with, git, write_in};
use crate::support::{Run, home, run_in, tree, updates};

const FILE: &str = "\
values: [base.yaml]
namespace: airflow-{{ environment }}
environments:
  dev:
  staging:
    values: [staging.yaml]
  prod:
    values:
      - prod.yaml
      - scheduler: {replicas: 2}
    out: clusters/prod
    namespace: airflow
";

/// A folder with three environments.
fn three() -> tempfile::TempDir {
    folder_with(&[
        ("gen.yaml", FILE),
        ("base.yaml", "airflowVersion: 3.2.2\nexecutor: KubernetesExecutor\nstatsd: {enabled: false}\n"),
        ("staging.yaml", "statsd: {enabled: true}\n"),
        ("prod.yaml", "scheduler: {replicas: 1}\n"),
    ])
}

fn all(folder: &Path, more: &[&str]) -> Run {
    run_in(folder, &[&["all", "-q"], more].concat(), "")
}

/// The last line of a run for people.
fn last(folder: &Path, more: &[&str]) -> String {
    let run = run_in(folder, &[&["all"], more].concat(), "");
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stderr.lines().last().unwrap().to_owned()
}

#[test]
fn each_environment_is_as_if_it_were_alone() {
    let folder = three();
    let at = folder.path();
    let run = all(at, &[]);
    assert_eq!((run.status, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    let alone: [&[&str]; 3] = [
        &["-f", "base.yaml", "-n", "airflow-dev", "-o", "alone/dev"],
        &["-f", "base.yaml", "-f", "staging.yaml", "-n", "airflow-staging", "-o", "alone/staging"],
        &["-f", "base.yaml", "-f", "prod.yaml", "--set", "scheduler.replicas=2", "-n", "airflow", "-o", "alone/prod"],
    ];
    for (arguments, out) in alone.iter().zip(["rendered/dev", "rendered/staging", "clusters/prod"]) {
        assert_eq!(run_in(at, arguments, "").status, 0);
        let files = tree(&at.join(out));
        assert!(files.len() > 10, "{out}");
        assert_eq!(files, tree(&at.join(arguments[arguments.len() - 1])), "{out}");
    }
}

#[test]
fn values_may_stand_below_a_key_of_the_files() {
    let listed = "values: [base.yaml]\nenvironments:\n  dev:\n    values: [dev.yaml, {statsd: {enabled: false}}]\n";
    let folder = folder_with(&[
        ("gen.yaml", &format!("valuesFrom: airflow\n{listed}  own:\n    valuesFrom: \"\"\n    values: [plain.yaml]\n")),
        ("without.yaml", listed),
        ("base.yaml", "airflow:\n  airflowVersion: 3.2.2\n  executor: KubernetesExecutor\n"),
        ("dev.yaml", "airflow: {uid: 2}\n"),
        ("plain.yaml", "uid: 3\n"),
    ]);
    let at = folder.path();
    let of = |name: &str, more: &[&str]| run_in(at, &[&["values", "-e", name], more].concat(), "");
    let uid = |run: &Run| run.stdout.lines().find(|line| line.starts_with("uid:")).map(str::to_owned);
    assert_eq!(all(at, &[]).status, 0);
    assert_eq!(uid(&of("dev", &[])).as_deref(), Some("uid: 2  # dev.yaml:1"));
    assert_eq!(uid(&of("own", &[])).as_deref(), Some("uid: 3  # plain.yaml:1"));
    assert_eq!(uid(&of("dev", &["--set", "airflow.uid=4"])).as_deref(), Some("uid: 4  # --set"));
    let told = |run: Run, words: &str| assert!(run.status == 2 && run.stderr.contains(words), "{}", run.stderr);
    told(all(at, &["-c", "without.yaml"]), "help: add `valuesFrom: airflow` where `gen.yaml` lists it");
    told(all(at, &["--values-from", "airflow"]), "`gen all` has no option `--values-from`");
    told(of("dev", &["--values-from", "airflow"]), "its key `valuesFrom` says it");
}

#[test]
fn only_what_changed_is_written() {
    let folder = three();
    let at = folder.path();
    let first = last(at, &[]);
    assert!(first.starts_with("3 environments: ") && first.ends_with(" written, 0 unchanged, 0 removed"), "{first}");
    let second = last(at, &[]);
    assert!(second.starts_with("3 environments: 0 written, ") && second.ends_with(" unchanged, 0 removed"), "{second}");
    let number = second.split([' ', ',']).nth(5).unwrap().to_owned();
    assert_eq!(first, format!("3 environments: {number} written, 0 unchanged, 0 removed"));
    fs::write(at.join("staging.yaml"), "{}\n").unwrap();
    let run = run_in(at, &["all"], "");
    assert!(run.stderr.contains("\nrendered/staging: "), "{}", run.stderr);
    assert!(!run.stderr.contains("rendered/dev: "), "{}", run.stderr);
}

#[test]
fn a_check_writes_nothing() {
    let folder = three();
    let at = folder.path();
    let check = |status| {
        let run = all(at, &["--check"]);
        assert_eq!((run.status, run.stderr.as_str()), (status, ""));
        run.stdout
    };
    assert_eq!(check(1), "`rendered/dev` is not there\n`rendered/staging` is not there\n`clusters/prod` is not there\n");
    assert!(!at.join("rendered").exists());
    assert_eq!(all(at, &[]).status, 0);
    assert_eq!(check(0), "");
    fs::write(at.join("base.yaml"), "airflowVersion: 3.2.2\nexecutor: KubernetesExecutor\nstatsd: {enabled: true}\n").unwrap();
    let before = tree(at);
    let told = check(1);
    assert!(told.contains("`rendered/dev/statsd/statsd-deployment.yaml` is not there\n"), "{told}");
    assert!(told.contains("`rendered/dev/configmaps/configmap.yaml` is not what the values give\n"), "{told}");
    assert!(!told.contains("staging"), "{told}");
    assert_eq!(tree(at), before);
    // Other ends of lines, as git may give them, are no difference.
    assert_eq!(all(at, &[]).status, 0);
    for (path, text) in tree(&at.join("rendered")) {
        fs::write(at.join("rendered").join(path), text.replace('\n', "\r\n")).unwrap();
    }
    assert_eq!(check(0), "");
    assert!(last(at, &[]).starts_with("3 environments: 0 written"));
}

#[test]
fn an_error_in_one_environment_writes_none() {
    let folder = three();
    let at = folder.path();
    fs::write(at.join("staging.yaml"), "statsd: {enabled: 3}\n").unwrap();
    let before = tree(at);
    let run = run_in(at, &["all"], "");
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    insta::assert_snapshot!("one_is_wrong", run.stderr);
    assert_eq!(tree(at), before);
    assert!(!at.join("rendered").exists() && !at.join("clusters").exists());
    // The others can still be written by name.
    assert_eq!(all(at, &["dev", "prod"]).status, 0);
    assert!(!at.join("rendered/staging").exists());
    // And so it is when only the last step finds a reason.
    fs::write(at.join("staging.yaml"), "{}\n").unwrap();
    fs::create_dir_all(at.join("rendered/staging/configmaps")).unwrap();
    fs::write(at.join("rendered/staging/configmaps/configmap.yaml"), "mine\n").unwrap();
    fs::write(at.join("base.yaml"), "airflowVersion: 3.2.2\nexecutor: LocalExecutor\n").unwrap();
    let before = tree(at);
    let run = all(at, &[]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`rendered/staging/configmaps/configmap.yaml` was not written by gen"), "{}", run.stderr);
    assert_eq!(tree(at), before);
}

#[test]
fn what_environments_share_is_told_once() {
    let folder = three();
    let at = folder.path();
    fs::write(at.join("base.yaml"), "airflowVersion: 3.2.2\nfernetKye: hunter2hunter2\nscheduler: {replcas: 2, replicas: none}\n").unwrap();
    let run = run_in(at, &["all"], "");
    assert_eq!(run.status, 2);
    assert_eq!(run.stderr.matches("unknown key `scheduler.replcas`").count(), 1, "{}", run.stderr);
    assert!(run.stderr.contains("in all 3 environments"), "{}", run.stderr);
    assert!(!run.stderr.contains("hunter2"), "{}", run.stderr);
}

#[test]
fn every_mistake_in_the_list_is_told() {
    let cases = [
        ("unknown", "valeus: [a.yaml]\nenvironments:\n  dev: {outt: x}\n  \"a/b\": {}\n"),
        ("templates", "out: rendered/{{ enviroment }}\nenvironments: {dev: {namespace: \"{{ x\"}, prod: {kubeVersion: latest}}\n"),
        ("directories", "out: rendered\nenvironments: {dev: {}, prod: {out: rendered/prod}, other: {out: x}}\n"),
        ("none", "environments: {}\n"),
        ("several", "environments: {a: {}}\n---\nenvironments: {b: {}}\n"),
        ("syntax", "environments: {a: {values: [{fernetKey: hunter2]}\n"),
        (
            "values",
            "environments:\n  dev:\n    values: {fernetKey: hunter2}\n  prod:\n    values: [{fernetKey: hunter2, scheduler: {replicas: no}}]\n",
        ),
        ("inline", "environments:\n  prod:\n    values: [{fernetKey: hunter2hunter2, scheduler: {replicas: no}}]\n    namespace: Prod\n"),
    ];
    let told = cases.map(|(name, text)| {
        let folder = folder_with(&[("gen.yaml", text)]);
        let run = run_in(folder.path(), &["all"], "");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{name}");
        assert!(!run.stderr.contains("hunter2"), "{name}: {}", run.stderr);
        assert_eq!(tree(folder.path()).len(), 1, "{name}");
        format!("## {name}\n\n{}", run.stderr)
    });
    insta::assert_snapshot!("mistakes", told.join("\n"));
}

#[test]
fn environments_are_chosen_by_names_patterns_and_parts() {
    let folder = three();
    let at = folder.path();
    let rendered = |more: &[&str]| {
        let run = all(at, &[&["--check"], more].concat());
        assert_eq!(run.stderr, "");
        run.stdout.replace(" is not there\n", "").replace('`', " ").trim().to_owned()
    };
    assert_eq!(rendered(&["prod"]), "clusters/prod");
    assert_eq!(rendered(&["*d*", "staging"]), "rendered/dev  rendered/staging  clusters/prod");
    let parts: Vec<String> = (1..=3).map(|part| rendered(&["--shard", &format!("{part}/3")])).collect();
    let mut all_parts: Vec<&str> = parts.iter().flat_map(|part| part.split_whitespace()).collect();
    all_parts.sort_unstable();
    assert_eq!(all_parts, ["clusters/prod", "rendered/dev", "rendered/staging"]);
    let wrong = |more: &[&str]| {
        let run = all(at, more);
        assert_eq!(run.status, 2);
        run.stderr
    };
    insta::assert_snapshot!("choices", [wrong(&["prd", "x-*"]), wrong(&["--shard", "4/3"]), wrong(&["-c", "other.yaml"])].join("\n"));
}

#[test]
fn the_list_says_the_layout() {
    let folder = folder_with(&[("gen.yaml", "layout: single\nenvironments: {a: {}, b: {layout: objects, namespace: data}}\n")]);
    let at = folder.path();
    assert_eq!(all(at, &[]).status, 0);
    let paths = |out: &str| tree(&at.join(out)).into_keys().map(|path| path.display().to_string()).collect::<Vec<_>>();
    assert_eq!(paths("rendered/a"), ["manifests.yaml"]);
    let of_objects = paths("rendered/b");
    assert!(of_objects.contains(&"data/deployment-airflow-scheduler.yaml".to_owned()), "{of_objects:?}");
    assert_eq!(all(at, &["--check"]).status, 0);
    for environment in ["a", "b"] {
        let diff = run_in(at, &["diff", &format!("rendered/{environment}"), "-e", environment, "-q"], "");
        assert_eq!((diff.status, diff.stdout.as_str()), (0, ""), "{environment}");
    }
}

#[test]
fn directories_of_environments_that_are_gone_are_told_and_removed_if_asked() {
    let folder = three();
    let at = folder.path();
    assert_eq!(all(at, &[]).status, 0);
    // What is of nobody in the list, or of another list, is not spoken of.
    assert_eq!(run_in(at, &["-q", "-f", "base.yaml", "-o", "rendered/by-hand"], "").status, 0);
    fs::write(at.join("other.yaml"), "values: [base.yaml]\nenvironments: {other: {}}\n").unwrap();
    assert_eq!(all(at, &["-c", "other.yaml"]).status, 0);
    assert_eq!(all(at, &["--prune", "--check"]).status, 0);
    fs::write(at.join("gen.yaml"), FILE.replace("  staging:\n    values: [staging.yaml]\n", "  qa: {out: clusters/qa}\n")).unwrap();
    fs::write(at.join("rendered/staging/mine.txt"), "mine\n").unwrap();
    let told = |more: &[&str]| {
        let run = run_in(at, &[&["all"], more].concat(), "");
        let note = run.stderr.split("\n\n").find(|part| part.contains("rendered/staging")).unwrap_or_default().to_owned();
        (run.status, run.stdout, note)
    };
    let note = "note: `rendered/staging` is of the environment `staging`, which is gone\n |\n \
                = help: `gen all --prune` removes what gen wrote there";
    assert_eq!(told(&[]), (0, String::new(), note.to_owned()));
    assert_eq!(told(&["--check"]), (0, String::new(), note.to_owned()));
    assert_eq!(told(&["dev"]).2, "", "some of the environments are no statement about others");
    let parts: Vec<_> = (1..=2).map(|part| told(&["--shard", &format!("{part}/2")]).2).filter(|note| !note.is_empty()).collect();
    assert_eq!(parts, [note], "one part speaks of it");
    let line = "`rendered/staging` is of the environment `staging`, which is gone\n";
    assert_eq!(told(&["--check", "--prune"]), (1, line.to_owned(), String::new()));
    // A file that was edited stays, and so does all else then.
    let service = at.join("rendered/staging/statsd/statsd-service.yaml");
    let text = fs::read_to_string(&service).unwrap();
    fs::write(&service, format!("{text}# mine\n")).unwrap();
    let run = all(at, &["--prune"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`rendered/staging/statsd/statsd-service.yaml` is not rendered any more, but was edited since"));
    fs::write(&service, text).unwrap();
    let run = run_in(at, &["all", "--prune"], "");
    assert_eq!(run.status, 0);
    assert!(run.stderr.contains("\nrendered/staging: 0 written, 0 unchanged, "), "{}", run.stderr);
    assert_eq!(tree(&at.join("rendered/staging")).into_values().collect::<Vec<_>>(), ["mine\n"]);
    assert!(
        !at.join("rendered/staging/.gen-ledger").exists() && at.join("rendered/by-hand").exists() && at.join("rendered/other").exists()
    );
    // An environment that has moved.
    fs::write(at.join("gen.yaml"), FILE.replace("  staging:\n", "  staging:\n    out: rendered/next\n")).unwrap();
    assert_eq!(all(at, &["staging"]).status, 0);
    fs::write(at.join("gen.yaml"), FILE).unwrap();
    let run = run_in(at, &["all", "--prune"], "");
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(!at.join("rendered/next").exists());
    for more in [&["--prune", "dev"][..], &["--strict", "--prune", "dev"], &["dev", "--prune"]] {
        let run = all(at, more);
        assert_eq!(run.status, 2, "{more:?}");
        assert!(run.stderr.contains("exclude each other") && !run.stderr.contains("kubectl"), "{more:?}: {}", run.stderr);
    }
}

/// A list of environments that Argo CD applies, with the Application of each.
fn applied_by_argo_cd(environments: &[(&str, &str)]) -> tempfile::TempDir {
    let base = format!(
        "{QUIET}statsd: {{enabled: false}}\ndelivery: argocd\nargocd:\n  application:\n    enabled: true\n    \
         repoURL: https://git.example.com/a.git\n    path: rendered/prod\n"
    );
    let lines: String = environments
        .iter()
        .map(|(name, application)| format!("  {name}: {{values: [{{argocd: {{application: {application}}}}}]}}\n"))
        .collect();
    folder_with(&[("gen.yaml", &format!("values: [base.yaml]\nenvironments:\n{lines}")), ("base.yaml", &base)])
}

/// What is told with one of these codes.
fn told_of(folder: &Path, more: &[&str], codes: &[&str]) -> (i32, Vec<String>) {
    let run = run_in(folder, &[&["all", "--message-format", "json"], more].concat(), "");
    let messages = run.stderr.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let messages = messages.filter(|message| codes.iter().any(|code| message["code"] == *code));
    (
        run.status,
        messages.map(|message| message["severity"].as_str().unwrap().to_owned() + ": " + message["message"].as_str().unwrap()).collect(),
    )
}

#[test]
fn an_application_of_another_directory_is_told() {
    let folder = applied_by_argo_cd(&[("dev", "{name: dev}"), ("prod", "{name: prod}"), ("qa", "{name: qa, path: ./stack/rendered/qa/}")]);
    let at = folder.path();
    let run = run_in(at, &["all"], "");
    let told = "warning: `argocd.application.path` is not the directory of the environment
--> base.yaml:15:11
 = note: the manifests are in `rendered/dev`
 = note: in the environment `dev`
 = help: say the path among the values of the environment, as `out` does, from the top of the repository
";
    assert_eq!(run.status, 0, "{}", run.stderr);
    assert!(run.stderr.contains(told) && run.stderr.matches("is not the directory of the environment").count() == 1, "{}", run.stderr);
    assert_eq!(all(at, &["--strict"]).status, 2);
    assert_eq!(all(at, &["--strict", "prod", "qa"]).status, 0);
    // The directory may be the top of a repository of its own.
    for (out, path) in [("../tree", "."), ("../tree/{{ environment }}/airflow", "airflow"), ("./x/../rendered", "rendered")] {
        let list = format!("values: [base.yaml, {{argocd: {{application: {{path: {path}}}}}}}]\nout: {out}\nenvironments: {{dev: {{}}}}\n");
        fs::create_dir_all(at.join("stack")).unwrap();
        fs::copy(at.join("base.yaml"), at.join("stack/base.yaml")).unwrap();
        fs::write(at.join("stack/gen.yaml"), list).unwrap();
        assert_eq!(told_of(at, &["-c", "stack/gen.yaml"], &["F121", "F122"]), (0, Vec::new()), "{out} {path}");
    }
}

#[test]
fn environments_of_one_application_are_told() {
    let codes = ["F121"];
    // Of one directory: nothing is written.
    let folder = applied_by_argo_cd(&[("dev", "{}"), ("prod", "{}")]);
    let run = run_in(folder.path(), &["all"], "");
    let told = "error: 2 environments have one Application, `argocd/airflow`: `dev`, `prod`\n  |\n  \
                = note: several of them have the path `rendered/prod`: all but one are applied by nobody\n  \
                = help: give each its own `name` and `path`, as keys of `argocd.application` among its values in `gen.yaml`\n";
    assert_eq!(run.status, 2);
    let plain = |text: &str| text.lines().map(str::trim_start).collect::<Vec<_>>().join("\n");
    assert!(plain(&run.stderr).contains(plain(told).trim_end()), "{}", run.stderr);
    assert!(!folder.path().join("rendered").exists());
    assert_eq!(told_of(folder.path(), &["--check"], &codes).0, 2);
    // Of a directory each: a warning, as long as it is so.
    let each = [("dev", "{path: rendered/dev}"), ("prod", "{}")];
    let folder = applied_by_argo_cd(&each);
    let at = folder.path();
    let title = "warning: 2 environments have one Application, `argocd/airflow`: `dev`, `prod`".to_owned();
    for _ in 0..2 {
        assert_eq!(told_of(at, &[], &codes), (0, vec![title.clone()]));
    }
    assert_eq!(told_of(at, &["--check"], &codes), (0, vec![title.clone()]));
    assert_eq!(told_of(at, &["--strict"], &codes), (2, vec![title.replace("warning", "error")]));
    // One alone: the other one is as it was written.
    assert_eq!(told_of(at, &["dev"], &codes), (0, vec![title]));
    fs::remove_dir_all(at.join("rendered")).unwrap();
    assert_eq!(told_of(at, &["dev"], &codes), (0, Vec::new()));
    // One that is as it was is not rendered again, and counts.
    let folder = applied_by_argo_cd(&[("dev", "{name: dev, path: rendered/dev}"), ("prod", "{}")]);
    let at = folder.path();
    assert_eq!(told_of(at, &[], &codes), (0, Vec::new()));
    let list = fs::read_to_string(at.join("gen.yaml")).unwrap();
    fs::write(at.join("gen.yaml"), list.replace("name: dev", "name: airflow")).unwrap();
    assert_eq!(told_of(at, &[], &codes).1.len(), 1);
}

/// One stack becomes many: what `gen -o rendered` wrote stands above `rendered/dev` then.
#[test]
fn what_one_stack_left_above_its_environments_is_told_and_removed_if_asked() {
    let folder = example();
    let at = folder.path();
    let run = |arguments: &[&str]| run_in(at, arguments, "");
    let aside = fs::read_dir(at.join("rendered")).unwrap().count();
    assert_eq!(all(at, &["--check", "--strict"]).status, 0);
    fs::rename(at.join("rendered"), at.join("later")).unwrap();
    assert_eq!(run(&["-q", "-e", "dev", "-o", "rendered"]).status, 0);
    for environment in ["dev", "staging", "prod"] {
        fs::rename(at.join("later").join(environment), at.join("rendered").join(environment)).unwrap();
    }
    fs::write(at.join("rendered/mine.txt"), "mine\n").unwrap();
    let before = tree(&at.join("rendered/dev"));

    let told = "warning: directories of environments lie within `rendered`, which gen wrote too\n |\n \
                = note: `kubectl apply -R` and its likes apply what stands in both\n \
                = help: `gen all --prune` removes what gen wrote there\n\n1 warning\n\n";
    for more in [&[][..], &["dev"], &["--check"], &["--check", "dev"]] {
        let warned = run(&[&["all"], more].concat());
        assert!(warned.status == 0 && warned.stderr.starts_with(told), "{more:?}: {}", warned.stderr);
    }
    let parts = (1..=2).filter(|part| run(&["all", "--shard", &format!("{part}/2")]).stderr.starts_with(told)).count();
    assert_eq!(parts, 1, "one part speaks of it");
    for more in [&["--check", "--strict"][..], &["--strict"]] {
        let strict = run(&[&["all"], more].concat());
        assert!(strict.status == 2 && strict.stderr.starts_with("error: directories of environments lie within"), "{}", strict.stderr);
    }
    let check = all(at, &["--check", "--prune"]);
    let line = "`rendered` is of no environment, and directories of environments lie within it\n";
    assert_eq!((check.status, check.stdout.as_str(), check.stderr.as_str()), (1, line, ""));
    let pruned = run(&["all", "--prune", "--strict"]);
    assert!(pruned.status == 0 && pruned.stderr.starts_with("rendered: 0 written, 0 unchanged, "), "{}", pruned.stderr);
    assert_eq!(tree(&at.join("rendered/dev")), before);
    assert_eq!(fs::read_dir(at.join("rendered")).unwrap().count(), aside + 1, "the environments, and what is not gen's");
    assert_eq!(all(at, &["--check", "--prune", "--strict"]), Run { status: 0, stdout: String::new(), stderr: String::new() });

    // And the other way round.
    let above = run(&["-e", "dev", "-o", "rendered"]);
    let told = "warning: 3 directories that gen wrote too lie within `rendered`\n |\n \
                = note: `rendered/dev`\n = note: `rendered/prod`\n = note: `rendered/staging`\n \
                = help: an apply of the outer one with all below it (`kubectl apply -R`) takes both: remove the one that is not meant\n";
    assert!(above.status == 0 && above.stderr.starts_with(told), "{}", above.stderr);
    let below = run(&["-e", "dev", "-o", "rendered/other/x"]);
    assert!(below.stderr.starts_with("warning: `rendered/other/x` lies within `rendered`, which gen wrote too\n"), "{}", below.stderr);
    assert_eq!(run(&["-e", "dev", "-o", "rendered/strict", "--strict"]).status, 2);
    assert!(!at.join("rendered/strict").exists());

    // What an environment of the list had above goes as one that it left behind.
    assert_eq!(all(at, &["--prune"]).status, 0);
    let list = fs::read_to_string(at.join("gen.yaml")).unwrap();
    fs::write(at.join("gen.yaml"), list.replace("    namespace: airflow\n", "    namespace: airflow\n    out: rendered/prod/airflow\n"))
        .unwrap();
    let moved = run(&["all"]).stderr;
    let note = "note: `rendered/prod` is of the environment `prod`, which is in `rendered/prod/airflow` now\n";
    assert!(moved.starts_with(note), "{moved}");
    assert_eq!(all(at, &["--prune"]).status, 0);
    assert!(!at.join("rendered/prod/.gen-ledger").exists() && at.join("rendered/prod/airflow/.gen-ledger").exists());
}

#[test]
fn of_which_commit_an_environment_is_can_be_told() {
    let folder = tempfile::tempdir().unwrap();
    let (top, at) = (folder.path(), folder.path().join("stack"));
    let list = "values: [base.yaml]\nhydratorMetadata: true\nout: ../out/{{ environment }}\n\
        environments: {dev: {hydratorMetadata: false}, prod: {values: [{scheduler: {replicas: 2}}]}}\n";
    write_in(&at, "gen.yaml", list);
    write_in(&at, "base.yaml", "airflowVersion: 3.2.2\nexecutor: KubernetesExecutor\n");
    git(top, &["init", "-q"]);
    git(top, &["add", "stack"]);
    git(top, &["commit", "-q", "-m", "one"]);
    let one = git(top, &["rev-parse", "HEAD"]).trim().to_owned();
    assert_eq!(all(top, &["-c", "stack/gen.yaml"]).status, 0);
    assert!(!top.join("out/dev/hydrator.metadata").exists());
    let metadata =
        || -> serde_json::Value { serde_json::from_str(&fs::read_to_string(top.join("out/prod/hydrator.metadata")).unwrap()).unwrap() };
    assert_eq!(metadata()["drySha"], one);
    assert_eq!(metadata()["commands"], serde_json::json!(["gen all -c stack/gen.yaml prod"]));
    assert!(metadata().get("repoURL").is_none());
    // A commit that changes no manifest leaves it as it is, and a check does not speak of it.
    write_in(&at, "base.yaml", "# more\nairflowVersion: 3.2.2\nexecutor: KubernetesExecutor\n");
    git(top, &["commit", "-q", "-a", "-m", "two"]);
    assert!(last(&at, &[]).starts_with("2 environments: 0 written, "));
    assert_eq!(metadata()["drySha"], one);
    write_in(&at, "base.yaml", "airflowVersion: 3.2.2\nexecutor: KubernetesExecutor\nstatsd: {enabled: false}\n");
    git(top, &["commit", "-q", "-a", "-m", "three"]);
    let three = git(top, &["rev-parse", "HEAD"]).trim().to_owned();
    assert_eq!(all(&at, &[]).status, 0);
    assert_eq!(metadata()["drySha"], three);
    fs::write(top.join("out/prod/hydrator.metadata"), "{}").unwrap();
    assert_eq!(all(&at, &["--check"]), Run { status: 0, stdout: String::new(), stderr: String::new() });
    let run = all(&at, &["--dry-sha", &one, "dev"]);
    assert_eq!(run.status, 2);
    assert!(run.stderr.contains("`hydratorMetadata: true` of an environment asks for it"), "{}", run.stderr);
}

#[test]
fn the_list_has_a_schema() {
    let folder = folder_with(&[]);
    let run = run_in(folder.path(), &["schema", "--of", "gen.yaml"], "");
    assert_eq!(run.status, 0);
    let schema: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(schema["required"], serde_json::json!(["environments"]));
    assert!(schema["properties"]["values"]["description"].is_string());
}

/// The repository of `examples/environments`, as it is committed.
fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&home().join("examples/environments"), folder.path());
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() { copy(&path, &to) } else { assert!(fs::copy(&path, &to).is_ok()) }
    }
}

#[test]
fn the_example_is_up_to_date() {
    let run = run_in(&home().join("examples/environments"), &["all", "--strict", if updates() { "--force" } else { "--check" }], "");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}; UPDATE_GOLDEN=1 writes it", run.stderr);
    let schema = home().join("examples/environments/gen.schema.json");
    let printed = run_in(home(), &["schema", "--of", "gen.yaml"], "").stdout;
    if updates() {
        fs::write(&schema, &printed).unwrap();
    }
    assert!(fs::read_to_string(schema).unwrap() == printed, "the example has another schema: UPDATE_GOLDEN=1 writes it");
}

/// The commands that a pipeline of the example runs, of each of its two parts.
fn commands(file: &str, part: usize) -> Vec<String> {
    let text = fs::read_to_string(home().join("examples/environments").join(file)).unwrap();
    let line = text.lines().find_map(|line| line.split_once("gen all ").map(|(_, rest)| rest)).unwrap();
    let line = line.replace("${{ matrix.part }}", &part.to_string());
    let line = line.replace("$CI_NODE_INDEX", &part.to_string()).replace("$CI_NODE_TOTAL", "2").replace('"', "");
    line.split(' ').map(str::to_owned).collect()
}

#[test]
fn the_pipelines_of_the_example_judge_a_change() {
    let folder = example();
    let at = folder.path();
    let git = |arguments: &[&str]| git(at, arguments);
    let judged = |file: &str| -> Vec<String> {
        let runs = (1..=2).map(|part| {
            let line = commands(file, part);
            all(at, &line.iter().map(String::as_str).collect::<Vec<_>>())
        });
        let mut lines: Vec<String> = runs.flat_map(|run| run.stdout.lines().map(str::to_owned).collect::<Vec<_>>()).collect();
        lines.sort();
        lines
    };
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "first"]);
    for file in [".github/workflows/manifests.yaml", ".gitlab-ci.yml"] {
        assert_eq!(judged(file), [""; 0], "{file}");
    }
    let values = at.join("values/prod.yaml");
    fs::write(&values, fs::read_to_string(&values).unwrap().replace("apiServer: {replicas: 2}", "apiServer: {replicas: 3}")).unwrap();
    let told = ["`rendered/prod/api-server/api-server-deployment.yaml` is not what the values give"];
    for file in [".github/workflows/manifests.yaml", ".gitlab-ci.yml"] {
        assert_eq!(judged(file), told, "{file}");
    }
    assert_eq!(all(at, &[]).status, 0);
    let changed = " M rendered/prod/.gen-ledger\n M rendered/prod/api-server/api-server-deployment.yaml\n M values/prod.yaml\n";
    assert_eq!(git(&["status", "--porcelain"]), changed);
    assert!(git(&["diff", "-U0"]).contains("-  replicas: 2\n+  replicas: 3\n"));
    // What a reviewer reads, as the pipeline of the example writes it.
    let summary = run_in(at, &["diff", "git:HEAD:rendered", "rendered", "-o", "markdown"], "");
    assert_eq!((summary.status, summary.stderr.as_str()), (1, ""));
    insta::assert_snapshot!("pull_request", summary.stdout);
    // What git makes of it on another system.
    git(&["commit", "-q", "-a", "-m", "second"]);
    git(&["config", "core.autocrlf", "true"]);
    git(&["rm", "-q", "-r", "--cached", "."]);
    git(&["reset", "-q", "--hard"]);
    assert!(fs::read_to_string(at.join("rendered/prod/api-server/api-server-deployment.yaml")).unwrap().contains("\r\n"));
    assert_eq!(judged(".gitlab-ci.yml"), [""; 0]);
}

/// What is remembered of an environment of the example.
fn remembered(at: &Path, environment: &str) -> serde_json::Value {
    let text = fs::read_to_string(at.join(".gen-cache/gen.json")).unwrap();
    serde_json::from_str::<serde_json::Value>(&text).unwrap()["environments"][environment].clone()
}

#[test]
fn an_environment_of_which_nothing_changed_is_not_rendered_again() {
    let folder = example();
    let at = folder.path();
    let _ = fs::remove_dir_all(at.join(".gen-cache"));
    assert_eq!(all(at, &["--check"]).status, 0);
    assert!(!at.join(".gen-cache").exists(), "a check remembers nothing");
    assert_eq!(all(at, &[]).status, 0);
    assert_eq!(fs::read_to_string(at.join(".gen-cache/.gitignore")).unwrap(), "*\n");
    let (first, values) = (remembered(at, "prod"), at.join("values/prod.yaml"));
    assert!(first["input"].is_string());
    // Only a run that believes what is remembered sees nothing to do where other values were.
    let text = fs::read_to_string(&values).unwrap();
    let before = tree(&at.join("rendered"));
    fs::write(&values, text.replace("apiServer: {replicas: 2}", "apiServer: {replicas: 3}")).unwrap();
    assert!(last(at, &[]).starts_with("3 environments: 1 written, "));
    let second = remembered(at, "prod");
    fs::write(&values, &text).unwrap();
    assert!(last(at, &[]).starts_with("3 environments: 1 written, "));
    assert_eq!(tree(&at.join("rendered")), before);
    assert_eq!(remembered(at, "prod"), first);
    let cache = at.join(".gen-cache/gen.json");
    let believed = fs::read_to_string(&cache).unwrap().replace(first["input"].as_str().unwrap(), second["input"].as_str().unwrap());
    fs::write(&values, text.replace("apiServer: {replicas: 2}", "apiServer: {replicas: 3}")).unwrap();
    fs::write(&cache, &believed).unwrap();
    assert!(last(at, &[]).starts_with("3 environments: 0 written, "));
    // A check does not, nor does a run that is told so, nor one that has to say what others provide, nor another program.
    assert_eq!(all(at, &["--check"]).status, 1);
    for more in [&["--no-cache"][..], &["-v"]] {
        assert!(last(at, more).starts_with("3 environments: 1 written, "), "{more:?}");
        fs::write(&values, &text).unwrap();
        assert!(last(at, &[]).starts_with("3 environments: 1 written, "));
        fs::write(&values, text.replace("apiServer: {replicas: 2}", "apiServer: {replicas: 3}")).unwrap();
        fs::write(&cache, &believed).unwrap();
    }
    fs::write(&cache, believed.replace("\"by\":\"", "\"by\":\"x")).unwrap();
    assert!(last(at, &[]).starts_with("3 environments: 1 written, "));
    // What was edited, or is gone, is seen.
    let file = at.join("rendered/dev/scheduler/scheduler-deployment.yaml");
    fs::remove_file(&file).unwrap();
    assert!(last(at, &[]).starts_with("3 environments: 1 written, "));
    fs::write(&file, "edited\n").unwrap();
    assert_eq!(all(at, &[]).status, 2);
    assert!(last(at, &["--force"]).starts_with("3 environments: 1 written, "));
    // Other ends of lines are not.
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replace('\n', "\r\n")).unwrap();
    assert!(last(at, &[]).starts_with("3 environments: 0 written, "));
}

#[test]
fn nothing_is_remembered_of_secrets() {
    let folder = example();
    let at = folder.path();
    let _ = fs::remove_dir_all(at.join(".gen-cache"));
    let list = fs::read_to_string(at.join("gen.yaml")).unwrap();
    fs::write(at.join("secret"), "hunter2hunter2\n").unwrap();
    let with = |values: &str| {
        fs::write(at.join("gen.yaml"), list.replace("values/prod.yaml]", &format!("values/prod.yaml, {values}]"))).unwrap();
        let run = all(at, &[]);
        assert_eq!(run.status, 0, "{}", run.stderr);
        (remembered(at, "prod").is_null(), remembered(at, "dev").is_null())
    };
    assert_eq!(with("{labels: {a: b}}"), (false, false));
    assert_eq!(with("{apiSecretKeySecretName: null, apiSecretKey: hunter2hunter2}"), (true, false));
    assert_eq!(with("{apiSecretKeySecretName: null, apiSecretKey: {file: secret}}"), (true, false));
    assert_eq!(with("{securityContext: {runAsUser: 50000}}"), (false, false));
    assert_eq!(with("{securityContext: {runAsUser: 50000}, extraSecrets: {a: {stringData: 'b: hunter2hunter2'}}}"), (true, false));
    let text = fs::read_to_string(at.join(".gen-cache/gen.json")).unwrap();
    assert!(!text.contains("hunter2"));
}

#[test]
fn what_was_told_is_told_again() {
    let folder = three();
    let at = folder.path();
    fs::write(at.join("staging.yaml"), "# not in use any more\n\nsecurityContext: {runAsUser: 50000}\nuid: 50001\nnoSuchKey: 1\n").unwrap();
    let list = FILE.replace("replicas: 2}", "replicas: 2}\n        securityContext: {runAsUser: 50000}");
    fs::write(at.join("gen.yaml"), list).unwrap();
    let told = |more: &[&str]| {
        let run = run_in(at, &[&["all"], more].concat(), "");
        (run.status, run.stderr)
    };
    assert_eq!(all(at, &["--no-cache"]).status, 0);
    for format in [&["--message-format", "json"][..], &["--message-format", "github"], &["--message-format", "sarif"]] {
        let first = told(&[format, &["--no-cache"]].concat());
        assert!(first.0 == 0 && ["staging.yaml", "gen.yaml", "noSuchKey"].iter().all(|said| first.1.contains(said)), "{}", first.1);
        assert_eq!(told(format), first, "none are remembered, or all");
        assert_eq!(told(format), first);
    }
    let human = [told(&["--no-cache"]).1, told(&[]).1];
    assert!(human[0].contains("staging.yaml:3:1"), "{}", human[0]);
    assert_eq!(human[0], human[1]);
    // It is remembered, and not found anew.
    let cache = at.join(".gen-cache/gen.json");
    let believed = fs::read_to_string(&cache).unwrap().replace("noSuchKey", "rememberedKey");
    fs::write(&cache, &believed).unwrap();
    assert!(told(&[]).1.contains("rememberedKey"));
    // Not where warnings are errors, nor with the lines that it is about.
    for more in ["--strict", "-v"] {
        fs::write(&cache, &believed).unwrap();
        let (status, said) = told(&[more]);
        assert!(said.contains("noSuchKey"), "{said}");
        assert_eq!(status, if more == "--strict" { 2 } else { 0 });
    }
    // A file has another name from elsewhere.
    fs::create_dir(at.join("below")).unwrap();
    let run = run_in(&at.join("below"), &["all", "-c", "../gen.yaml"], "");
    assert!(run.stderr.contains("../staging.yaml:3:1"), "{}", run.stderr);
}

#[test]
fn an_environment_is_the_values_of_any_command() {
    let folder = three();
    let at = folder.path();
    assert_eq!(all(at, &["prod"]).status, 0);
    let stream = run_in(at, &["-q", "-e", "prod", "-s", "scheduler/*"], "").stdout;
    assert!(stream.contains("  namespace: airflow\n") && stream.contains("  replicas: 2\n"), "{stream}");
    let above = run_in(at, &["-q", "-e", "prod", "--set", "scheduler.replicas=4", "-n", "other", "-s", "scheduler/*"], "").stdout;
    assert!(above.contains("  namespace: other\n") && above.contains("  replicas: 4\n"), "{above}");
    let same = run_in(at, &["diff", "clusters/prod", "-e", "prod", "-q"], "");
    assert_eq!((same.status, same.stdout.as_str()), (0, ""), "{}", same.stderr);
    let values = run_in(at, &["values", "-e", "prod", "--only-changed"], "").stdout;
    assert!(values.contains("namespace: airflow  # gen.yaml:12\n") && values.contains("replicas: 2  # gen.yaml:10\n"), "{values}");
    let images = run_in(at, &["images", "-q", "-e", "dev"], "").stdout;
    assert_eq!(images.lines().next(), Some("apache/airflow:3.2.2"), "{images}");
    for (arguments, told) in [
        (&["-e", "prd"][..], "did you mean `prod`?"),
        (&["migrate", "base.yaml", "-e", "prod"], "`gen migrate` has no `--environment`"),
        (&["-c", "gen.yaml"], "--environment <NAME>"),
    ] {
        let run = run_in(at, arguments, "");
        assert_eq!(run.status, 2, "{arguments:?}");
        assert!(run.stderr.contains(told), "{arguments:?}: {}", run.stderr);
    }
}

/// Values with which nothing is told.
const QUIET: &str = "airflowVersion: 3.2.2\nexecutor: LocalExecutor\nfernetKeySecretName: a\napiSecretKeySecretName: a\njwtSecretName: a\n\
                     data: {metadataSecretName: m}\npostgresql: {enabled: false}\ncreateUserJob: {enabled: false}\n";

#[cfg(unix)]
#[test]
fn a_link_leads_to_nothing_that_is_removed() {
    use std::os::unix::fs::symlink;
    let folder = folder_with(&[("other/gen.yaml", "values: [../base.yaml]\nenvironments: {prod: {}}\n"), ("base.yaml", QUIET)]);
    let at = folder.path();
    fs::write(at.join("gen.yaml"), "values: [base.yaml]\nenvironments: {dev: {}}\n").unwrap();
    assert_eq!(all(at, &[]).stderr, "");
    assert_eq!(all(&at.join("other"), &[]).stderr, "");
    symlink("dev", at.join("rendered/current")).unwrap();
    symlink("../other/rendered/prod", at.join("rendered/prod")).unwrap();
    let (own, others) = (tree(&at.join("rendered/dev")), tree(&at.join("other/rendered/prod")));
    assert_eq!(last(at, &["--prune"]), format!("1 environment: 0 written, {} unchanged, 0 removed", own.len()));
    assert_eq!((tree(&at.join("rendered/dev")), tree(&at.join("other/rendered/prod"))), (own, others));
}

#[cfg(unix)]
#[test]
fn a_link_to_anothers_directory_is_no_directory_of_its_own() {
    let folder = folder_with(&[("base.yaml", QUIET), ("gen.yaml", "values: [base.yaml]\nenvironments: {a: {}, b: {}}\n")]);
    let at = folder.path();
    fs::create_dir_all(at.join("rendered/a")).unwrap();
    std::os::unix::fs::symlink("a", at.join("rendered/b")).unwrap();
    let run = all(at, &[]);
    assert_eq!(run.status, 2);
    insta::assert_snapshot!("a_directory_by_a_link", run.stderr);
    assert!(tree(&at.join("rendered/a")).is_empty());
}

#[cfg(unix)]
#[test]
fn what_is_remembered_is_not_written_through_a_link() {
    let folder =
        folder_with(&[("base.yaml", QUIET), ("gen.yaml", "values: [base.yaml]\nenvironments: {a: {}}\n"), ("out/gen.json", "mine")]);
    let at = folder.path();
    std::os::unix::fs::symlink("out", at.join(".gen-cache")).unwrap();
    assert_eq!(all(at, &[]).status, 0);
    assert_eq!(tree(&at.join("out")).into_values().collect::<Vec<_>>(), ["mine"]);
}

/// 600.5 and 600.50 are one number, and the second would not be written as it stands.
#[test]
fn the_notation_of_a_number_is_a_change() {
    let list = |number: &str| {
        format!("values: [base.yaml, {{config: {{scheduler: {{task_queued_timeout: {number}}}}}}}]\nenvironments: {{dev: {{}}}}\n")
    };
    let folder = folder_with(&[("base.yaml", QUIET), ("gen.yaml", &list("600.5"))]);
    let at = folder.path();
    assert_eq!(all(at, &[]).status, 0);
    fs::write(at.join("gen.yaml"), list("600.50")).unwrap();
    let (remembered, anew) = (all(at, &[]), all(at, &["--no-cache"]));
    assert_eq!(remembered.status, 2);
    assert_eq!(remembered.stderr, anew.stderr);
}

/// The list is the one of the revision, too.
#[test]
fn an_environment_is_compared_with_the_list_of_a_revision() {
    let folder = folder_with(&[
        ("base.yaml", QUIET),
        ("gen.yaml", "values: [base.yaml]\nenvironments: {dev: {values: [{scheduler: {replicas: 1}}]}}\n"),
    ]);
    let at = folder.path();
    git(at, &["init", "-q"]);
    git(at, &["add", "-A"]);
    git(at, &["commit", "-q", "-m", "first"]);
    let diff = || run_in(at, &["diff", "--against", "HEAD", "-e", "dev", "-q"], "");
    assert_eq!((diff().status, diff().stdout.as_str()), (0, ""));
    fs::write(
        at.join("gen.yaml"),
        "values: [base.yaml]\nenvironments: {dev: {values: [{scheduler: {replicas: 2}}], namespace: data}, new: {}}\n",
    )
    .unwrap();
    let run = diff();
    assert_eq!((run.status, run.stdout.contains("spec.replicas: 1 -> 2")), (1, true), "{}{}", run.stdout, run.stderr);
    let run = run_in(at, &["diff", "--against", "HEAD", "-e", "new"], "");
    assert_eq!((run.status, run.stdout.contains(", 0 the same")), (1, true), "{}", run.stdout);
    assert!(run.stderr.starts_with("note: `gen.yaml` has no environment `new` in `HEAD`\n"), "{}", run.stderr);
}

/// The notation and the layout are those of the environment.
#[test]
fn a_directory_is_compared_with_its_environment() {
    let folder = folder_with(&[("base.yaml", QUIET), ("gen.yaml", "values: [base.yaml]\nformat: json\nenvironments: {dev: {}}\n")]);
    assert_eq!(all(folder.path(), &[]).status, 0);
    let run = run_in(folder.path(), &["diff", "rendered/dev", "-e", "dev"], "");
    assert_eq!((run.status, run.stdout.as_str()), (0, ""));
}

#[test]
fn a_number_names_an_environment_as_it_is_written_or_not_at_all() {
    let folder =
        folder_with(&[("base.yaml", QUIET), ("gen.yaml", "values: [base.yaml]\nenvironments: {1.10: {}, \"1.10\": {}, 7: {}, 1e3: {}}\n")]);
    let run = all(folder.path(), &["--check"]);
    assert_eq!(run.status, 2);
    insta::assert_snapshot!("numbers_as_names", run.stderr);
}

/// What lies above a directory of an environment, and is another project's: behind a link, or out of the folder of the list.
#[cfg(unix)]
#[test]
fn what_others_have_above_stays() {
    let folder = folder_with(&[("base.yaml", QUIET), ("linked/gen.yaml", "values: [../base.yaml]\nenvironments: {dev: {}}\n")]);
    let at = folder.path();
    write_in(at, "beside/gen.yaml", "values: [../base.yaml]\nout: ../other/rendered/{{ environment }}\nenvironments: {dev: {}}\n");
    let other = at.join("other");
    fs::create_dir_all(&other).unwrap();
    assert_eq!(run_in(&other, &["-q", "-f", "../base.yaml", "-o", "rendered"], "").status, 0);
    std::os::unix::fs::symlink("../other/rendered", at.join("linked/rendered")).unwrap();
    let of_other = || tree(&other).into_iter().filter(|(path, _)| !path.starts_with("rendered/dev")).collect::<Vec<_>>();
    let before = of_other();
    for list in ["linked", "beside"] {
        let run = run_in(&at.join(list), &["all", "--prune"], "");
        assert_eq!(run.status, 0, "{}", run.stderr);
        insta::assert_snapshot!(format!("above_{list}"), run.stderr);
        assert!(of_other() == before, "{list}");
        let run = run_in(&at.join(list), &["all", "--prune", "--check"], "");
        assert_eq!((run.status, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        fs::remove_dir_all(other.join("rendered/dev")).unwrap();
    }
}

//! How the manifests reach the cluster: what each way asks of them.

use crate::support::{run, run_with_input};

const VALUES: &str = "values/from-helm.yaml";

fn jobs(more: &[&str]) -> String {
    let arguments: Vec<&str> = ["-f", VALUES, "-s", "jobs/*-job.yaml"].iter().chain(more).copied().collect();
    let run = run(&arguments);
    assert_eq!(run.status, 0, "{}", run.stderr);
    run.stdout
}

/// Names, annotations and lives of the Jobs: all in which the ways differ.
fn differences(stream: &str) -> String {
    let mut lines = Vec::new();
    let mut within = false;
    for line in stream.lines() {
        within = line == "metadata:" || within && line.starts_with(' ');
        if within || line.starts_with("kind: ") || line.contains("ttlSecondsAfterFinished") {
            lines.push(line);
        }
    }
    lines.join("\n")
}

#[test]
fn each_way_has_its_own_jobs() {
    for delivery in ["kubectl", "argocd", "flux", "helm"] {
        insta::assert_snapshot!(
            delivery,
            differences(&jobs(&["--set", &format!("delivery={delivery},migrateDatabaseJob.useHelmHooks=true")]))
        );
    }
}

#[test]
fn with_kubectl_a_job_has_another_name_when_it_does_something_else() {
    let names = |more: &[&str]| -> Vec<String> {
        let all: Vec<&str> = ["--set", "delivery=kubectl"].iter().chain(more).copied().collect();
        let stream = jobs(&all);
        stream.lines().filter(|line| line.starts_with("  name: ")).map(str::to_owned).collect()
    };
    let before = names(&[]);
    assert_eq!(before.len(), 2, "{before:?}");
    assert_eq!(names(&["--set", "scheduler.replicas=2"]), before);
    let migration = names(&["--set", "migrateDatabaseJob.resources.limits.cpu=1"]);
    assert_ne!(migration, before);
    assert_eq!(migration.iter().filter(|name| before.contains(name)).count(), 1, "{migration:?} and {before:?}");
}

#[test]
fn with_helm_the_namespace_is_helms() {
    let all = |delivery: &str| run(&["-f", VALUES, "-n", "data", "--set", &format!("delivery={delivery}"), "-s", "scheduler/*"]).stdout;
    assert!(!all("helm").contains("namespace:"), "{}", all("helm"));
    assert!(all("kubectl").contains("  namespace: data\n"));
}

#[test]
fn with_argo_cd_what_the_migration_needs_comes_first() {
    let stream = run(&["-f", VALUES, "--set", "delivery=argocd"]).stdout;
    let waves: Vec<String> = stream
        .split("---\n")
        .filter_map(|document| {
            let line = |start: &str| document.lines().find_map(|line| line.strip_prefix(start));
            Some(format!("{} {}", line("    argocd.argoproj.io/sync-wave: ")?, line("kind: ")?))
        })
        .collect();
    insta::assert_snapshot!(waves.join("\n"));
}

/// The user's own objects are delivered as all others are.
#[test]
fn objects_of_the_user_are_delivered_too() {
    let job = "{apiVersion: batch/v1, kind: Job, metadata: {name: own}, spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}}";
    let values = format!("airflowVersion: 3.2.0\nextraObjects: [{job}]\n");
    let rendered = |delivery: &str| {
        let run = run_with_input(&["-f", "-", "--set", &format!("delivery={delivery}"), "-s", "extra/*"], &values);
        assert_eq!(run.status, 0, "{}", run.stderr);
        run.stdout
    };
    assert!(rendered("kubectl").contains("name: own-"));
    assert!(rendered("flux").contains("kustomize.toolkit.fluxcd.io/force: enabled"));
    let helm = rendered("helm");
    assert!(helm.contains("name: own\n") && !helm.contains("namespace"), "{helm}");
}

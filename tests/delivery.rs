//! How the manifests reach the cluster: what each way asks of them.

use crate::support::{run, run_with_input, tree};

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

/// The files of a directory, by their paths in it.
fn written(values: &str, more: &[&str]) -> std::collections::BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let arguments: Vec<&str> = ["-q", "-f", values, "-o", out.to_str().unwrap()].iter().chain(more).copied().collect();
    assert_eq!(run(&arguments).status, 0);
    assert_eq!(run(&["diff", out.to_str().unwrap(), "-f", values, "-q"]).stdout, "", "{more:?}");
    tree(&out).into_iter().map(|(path, text)| (path.display().to_string(), text)).collect()
}

#[test]
fn what_hands_the_set_over_stands_apart_from_it() {
    let (argocd, flux) = ("values/delivered-by-argo-cd.yaml", "values/delivered-by-flux.yaml");
    let (application, kustomization) = ("argocd/argocd-application.yaml", "flux/flux-kustomization.yaml");
    for layout in ["files", "objects", "single"] {
        // Argo CD leaves out the Application by a pattern; what kustomize would read is left out too.
        let files = written(argocd, &["--layout", layout]);
        assert!(files[application].contains("exclude: \"{argocd/argocd-application.*,kustomization.yaml}\"\n"), "{}", files[application]);
        assert!(!files.contains_key("kustomization.yaml"), "{layout}");
        let files = written(argocd, &["--layout", layout, "--kustomization"]);
        assert!(!files["kustomization.yaml"].contains("argocd-application"), "{layout}");
        // Flux needs the file that leaves its Kustomization out.
        let files = written(flux, &["--layout", layout]);
        assert!(files[kustomization].contains("kind: Kustomization\n"));
        assert!(!files["kustomization.yaml"].contains("flux-kustomization"), "{layout}");
        let listed = files["kustomization.yaml"].lines().filter(|line| line.trim_start().starts_with("- ")).count();
        assert_eq!(listed, files.len() - 2, "{layout}");
        if layout == "single" {
            assert_eq!(files.keys().collect::<Vec<_>>(), [kustomization, "kustomization.yaml", "manifests.yaml"]);
        }
    }
    // It is an object like all others in a stream, and by itself.
    let stream = run(&["-q", "-f", argocd, "-s", "argocd/*"]).stdout;
    assert_eq!(stream.matches("kind: Application\n").count(), 1);
    // One that the user gives whole is a part of the set.
    let whole = "{apiVersion: argoproj.io/v1alpha1, kind: Application, metadata: {name: a}, spec: {project: a, destination: {name: b}}}";
    let folder = tempfile::tempdir().unwrap();
    let values = folder.path().join("values.yaml");
    std::fs::write(&values, format!("airflowVersion: 3.2.2\nnamespace: a\nextraObjects: [{whole}]\n")).unwrap();
    let files = written(values.to_str().unwrap(), &["--kustomization", "--layout", "objects"]);
    assert!(files["kustomization.yaml"].contains("- a/application-a.yaml\n"), "{}", files["kustomization.yaml"]);
}

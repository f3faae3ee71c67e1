//! `gen images`: what the pods run, by tags and by digests.

use std::fs;

use crate::support::{run, run_in, run_with_input};

/// A line for each of these images with a digest, in the form of `crane digest`.
fn digests(images: &str) -> String {
    images.lines().enumerate().map(|(number, image)| format!("{image} sha256:{:064x}\n", number + 1)).collect()
}

#[test]
fn values_that_pin_give_what_the_file_of_digests_says() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for name in ["kubernetes-git-sync", "celery-queues", "local", "database-cloud-sql-proxy", "pgbouncer"] {
        let values = format!("values/{name}.yaml");
        let images = run(&["images", "-q", "-f", &values]).stdout;
        fs::write(at("digests.txt"), digests(&images)).unwrap();
        let pinned = run(&["images", "-q", "-f", &values, "--digests", &at("digests.txt")]);
        assert_eq!((pinned.status, pinned.stderr.as_str()), (0, ""), "{name}");
        assert_eq!(pinned.stdout.lines().count(), images.lines().count());
        assert!(pinned.stdout.lines().all(|line| line.contains("@sha256:0")), "{}", pinned.stdout);
        let overlay = run(&["images", "-f", &values, "--digests", &at("digests.txt"), "--as-values", "-q"]);
        assert_eq!((overlay.status, overlay.stderr.as_str()), (0, ""), "{name}");
        fs::write(at("pinned.yaml"), &overlay.stdout).unwrap();
        assert_eq!(run(&["images", "-q", "-f", &values, "-f", &at("pinned.yaml")]).stdout, pinned.stdout, "{name}\n{}", overlay.stdout);
        // What is pinned stays as it is.
        let again = run(&["images", "-q", "-f", &values, "-f", &at("pinned.yaml"), "--digests", &at("digests.txt")]);
        assert_eq!(again.stdout, pinned.stdout, "{}", again.stderr);
    }
}

#[test]
fn no_more_is_pinned_than_has_to_be() {
    let values = "airflowVersion: 3.2.2\nexecutor: KubernetesExecutor\nstatsd: {enabled: false}\npostgresql: {enabled: false}\n\
                  data: {metadataSecretName: a}\n";
    let file = format!("# as of today\napache/airflow:3.2.2@sha256:{}\n", "ab".repeat(32));
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("digests.txt"), file).unwrap();
    let overlay = |values: &str| run_in(folder.path(), &["images", "-q", "-f", "-", "--digests", "digests.txt", "--as-values"], values);
    assert_eq!(overlay(values).stdout, format!("defaultAirflowDigest: sha256:{}\n", "ab".repeat(32)));
    // As an editor of Windows writes it.
    fs::write(folder.path().join("digests.txt"), format!("\u{feff}apache/airflow:3.2.2@sha256:{}\r\n", "ab".repeat(32))).unwrap();
    assert_eq!(overlay(values).stdout, format!("defaultAirflowDigest: sha256:{}\n", "ab".repeat(32)));
    // Another repository for one image, of which the file says nothing; and a container of the user's.
    let own = format!("{values}images: {{pod_template: {{repository: example.com/tasks, tag: v1}}}}\n");
    let run = overlay(&own);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("`digests.txt` has no digest of `example.com/tasks:v1`"), "{}", run.stderr);
    let more = format!("apache/airflow:3.2.2 sha256:{:064x}\nexample.com/tasks:v1 sha256:{:064x}\nbusybox:1 sha256:{:064x}\n", 1, 2, 3);
    fs::write(folder.path().join("digests.txt"), more).unwrap();
    let own = format!("{own}scheduler: {{extraContainers: [{{name: a, image: \"busybox:1\"}}]}}\n");
    let run = run_in(folder.path(), &["images", "-f", "-", "--digests", "digests.txt", "--as-values"], &own);
    insta::assert_snapshot!("what_no_key_pins", format!("{}{}", run.stdout, run.stderr));
    let run = run_in(folder.path(), &["images", "-f", "-", "--digests", "digests.txt", "--as-values", "--strict"], &own);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{}", run.stderr);
}

#[test]
fn a_line_that_says_no_digest_is_told() {
    let digests = "apache/airflow:3.2.2\n\n# comment\na:1 sha256:12\n";
    let run = run_with_input(&["images", "-q", "--set", "airflowVersion=3.2.2", "--digests", "-"], digests);
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    insta::assert_snapshot!("lines_without_a_digest", run.stderr);
    let idle = format!("redis sha256:{:064x}\napache/airflow sha256:{:064x}\n", 1, 2);
    let values =
        ["--set", "airflowVersion=3.2.2,statsd.enabled=false,executor=LocalExecutor,postgresql.enabled=false,data.metadataSecretName=a"];
    let run = run_with_input(&[&["images", "--digests", "-"], &values[..]].concat(), &idle);
    assert_eq!(run.stdout, format!("apache/airflow@sha256:{:064x}\n", 2), "{}", run.stderr);
    assert!(run.stderr.contains("note: `redis` is no image of the manifests\n--> standard input:1:1\n"), "{}", run.stderr);
}

#[test]
fn the_edition_of_airflow_1_10_has_no_keys_for_digests() {
    let images = run(&["images", "-q", "-f", "values/airflow-azure.yaml"]).stdout;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("digests.txt");
    fs::write(&file, digests(&images)).unwrap();
    let run = run(&["images", "-f", "values/airflow-azure.yaml", "--digests", file.to_str().unwrap(), "--as-values"]);
    assert_eq!(run.stdout, "{}\n", "{}", run.stderr);
    assert_eq!(run.stderr.matches("warning: no key pins `").count(), images.lines().count(), "{}", run.stderr);
}

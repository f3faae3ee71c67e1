//! Kinds that others make are judged as those of Kubernetes are.
//!
//! `tests/real/foreign_kinds.py` lets an API server judge the same objects.

use std::fs;

use airflow_gen::checks::{self, Cluster, Release};
use airflow_gen::error::Severity;
use airflow_gen::kubernetes::{Manifest, Secrecy, Set};
use airflow_gen::schema::read_as_api_server;
use airflow_gen::yaml::read;

use crate::support::home;

/// What the checks say of an object, each finding after the words that name the object.
fn said(text: &str) -> Vec<String> {
    said_for(text, Cluster::default())
}

/// What they say of it for a cluster.
pub fn said_for(text: &str, cluster: Cluster) -> Vec<String> {
    told_for(text, cluster).into_iter().map(|(_, said)| said).collect()
}

/// The same with what each is: an error, or a warning.
pub fn told_for(text: &str, cluster: Cluster) -> Vec<(Severity, String)> {
    let mut object = read(text, 0).unwrap().remove(0);
    read_as_api_server(&mut object);
    let manifests = [Manifest { path: "file.yaml".to_owned(), object, secrecy: Secrecy::None, given: None, patches: Vec::new() }];
    let found = checks::of_manifests(&Release { set: Set::of(&manifests), external: &[], missing: &[], cluster, open: false });
    let words = |title: &str| title.split_once("`file.yaml`: ").map_or(title, |(_, said)| said).to_owned();
    let is_of_the_object = |code: &str| ["M1", "M3", "M4", "W112", "W113"].iter().any(|family| code.starts_with(family));
    let found = found.iter().filter(|finding| is_of_the_object(finding.rule.code));
    found.map(|finding| (finding.severity, words(&finding.title))).collect()
}

#[test]
fn they_are_taken_or_refused_as_an_api_server_does() {
    let text = fs::read_to_string(home().join("tests/foreign-kinds.yaml")).unwrap();
    for object in text.split("\n---\n") {
        let wanted = object.lines().filter_map(|line| line.strip_prefix("# ")).next_back().unwrap();
        let wanted = if wanted == "taken" { Vec::new() } else { vec![wanted.to_owned()] };
        assert_eq!(said(object), wanted, "{object}");
    }
}

/// What nobody here knows is taken as it is.
#[test]
fn a_stranger_is_taken_as_it_is() {
    for text in [
        "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: a}, spec: {dnsNames: [a]}}",
        "{apiVersion: external-secrets.io/v1beta1, kind: ExternalSecret, metadata: {name: a}, spec: {anything: 1}}",
        "{apiVersion: monitoring.coreos.com/v1, kind: Prometheus, metadata: {name: a}, spec: {replicas: 2}}",
    ] {
        assert_eq!(said(text), Vec::<String>::new(), "{text}");
    }
}

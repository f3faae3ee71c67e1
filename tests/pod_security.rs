//! The profiles of the Pod Security Standards: what the values of `values/` give under each, and where that is told.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use rayon::prelude::*;
use serde_json::Value;

use crate::support::{home, run, run_with_input};

/// The codes of the controls that are broken under a profile.
fn broken(file: &str, profile: &str) -> BTreeSet<String> {
    let told = run(&["-f", file, "--profile", profile, "--message-format", "json"]).stderr;
    let codes = told.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["code"].as_str().unwrap().to_owned());
    codes.filter(|code| code.starts_with('Q')).collect()
}

/// `baseline` holds for all; what `restricted` asks for beyond the defaults is a table that `docs/check.md` explains.
#[test]
fn every_values_file_under_both_profiles() {
    let mut table = String::new();
    let files = fs::read_dir(home().join("values")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let names: BTreeSet<String> = files.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    for name in names {
        let file = format!("values/{name}.yaml");
        let of = |profile| broken(&file, profile).into_iter().collect::<Vec<_>>().join(" ");
        table.push_str(format!("{name:28} baseline: {:5} restricted: {}", of("baseline"), of("restricted")).trim_end());
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

/// Which controls of `restricted` each container of the current edition breaks by default: the page has a row for each.
#[test]
fn the_page_says_of_each_container_what_it_breaks() {
    let page = fs::read_to_string(home().join("docs/check.md")).unwrap();
    let rows = page.split("| containers | break | why |\n").nth(1).unwrap().lines().skip(1).take_while(|line| line.starts_with('|'));
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows {
        let cells: Vec<&str> = row.split('|').collect();
        let codes: BTreeSet<String> = cells[2].split(',').map(|code| code.trim().to_owned()).collect();
        said.extend(cells[1].split('`').skip(1).step_by(2).map(|name| (name.to_owned(), codes.clone())));
    }
    let names = fs::read_dir(home().join("values")).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
    let names: Vec<String> = names.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    // What the values say otherwise, and the other edition.
    let is_default = |name: &&String| {
        let text = fs::read_to_string(home().join(format!("values/{name}.yaml"))).unwrap();
        !text.contains("airflowVersion: 1.10")
            && !["securityContext", "patches:", "extraObjects", "openshift"].iter().any(|key| text.contains(key))
    };
    let found: Vec<(String, String)> = names
        .par_iter()
        .filter(is_default)
        .flat_map_iter(|name| {
            let run = run(&["check", &format!("golden/{name}"), "--profile", "restricted", "--message-format", "json", "-v"]);
            let lines: Vec<Value> = run.stdout.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            let of_profile = lines.into_iter().filter(|line| line["code"].as_str().is_some_and(|code| code.starts_with('Q')));
            of_profile
                .map(|line| (container(line["message"].as_str().unwrap()), line["code"].as_str().unwrap().to_owned()))
                .collect::<Vec<_>>()
        })
        .collect();
    let mut broken: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, code) in found {
        broken.entry(name).or_default().insert(code);
    }
    assert_eq!(broken, said);
}

/// The container that a finding is about; of a whole pod, the one that its file is named for.
fn container(message: &str) -> String {
    if let Some(named) = message.split("container `").nth(1) {
        return named.split('`').next().unwrap().to_owned();
    }
    let file = message.split("in `").nth(1).and_then(|rest| rest.split('`').next()).unwrap();
    file.rsplit('/').next().unwrap().rsplit_once('-').unwrap().0.to_owned()
}

#[test]
fn without_a_profile_no_control_speaks() {
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {hostNetwork: true, containers: [{name: c, image: i}]}}";
    assert_eq!(run_with_input(&["check", "-"], pod).status, 0);
    let baseline = run_with_input(&["check", "-", "--profile", "baseline"], pod);
    assert_eq!((baseline.status, baseline.stdout.matches("error: ").count()), (1, 1), "{}", baseline.stdout);
    let restricted = run_with_input(&["check", "-", "--profile", "restricted"], pod);
    assert_eq!((restricted.status, restricted.stdout.matches("error: ").count()), (1, 5), "{}", restricted.stdout);
}

#[test]
fn the_standards_are_those_of_the_cluster() {
    let pod = "{apiVersion: v1, kind: Pod, metadata: {name: p}, spec: {securityContext: {sysctls: [{name: net.ipv4.tcp_rmem, value: '1'}]}, \
               containers: [{name: c, image: i}]}}";
    for (version, status) in [("1.31", 1), ("1.32", 0)] {
        let run = run_with_input(&["check", "-", "--profile", "baseline", "--kube-version", version], pod);
        assert_eq!(run.status, status, "{version}: {}", run.stdout);
    }
}

/// What the user wrote is pointed at, and the pod of a task is a pod like all others.
#[test]
fn a_finding_points_at_the_value_that_mends_it() {
    let values = "airflowVersion: 3.2.0\nexecutor: KubernetesExecutor\nscheduler:\n  hostAliases: []\n  extraVolumes: [{name: etc, hostPath: \
                  {path: /etc}}]\nworkers:\n  extraContainers:\n  - {name: beside, image: i, securityContext: {privileged: true}}\n";
    let told = run_with_input(&["-f", "-", "--profile", "baseline"], values).stderr;
    insta::assert_snapshot!(told);
}

//! What workloads of one kind have alike.

use serde_json::{Value, json};

use crate::support::run_with_input;

/// Where each pod has a volume of its own for logs, the user's word on what becomes of its claims is heard.
#[test]
fn claims_of_logs_are_kept_or_removed_as_the_user_says() {
    let values = r"
executor: LocalExecutor,CeleryExecutor
workers: {persistence: {enabled: true, persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}}}
triggerer: {persistence: {enabled: true, persistentVolumeClaimRetentionPolicy: {whenDeleted: Delete}}}
";
    let run = run_with_input(&["-f", "-", "-s", "*-deployment.yaml"], values);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let documents = run.stdout.split("---\n").filter(|document| document.contains("kind: StatefulSet"));
    let policies = documents.map(|document| {
        let name = document.lines().find_map(|line| line.strip_prefix("  name: ")).unwrap_or_default();
        (name, document.contains("  persistentVolumeClaimRetentionPolicy:\n    whenDeleted: Delete\n"))
    });
    let policies: Vec<_> = policies.collect();
    assert_eq!(policies, [("airflow-scheduler", true), ("airflow-triggerer", true), ("airflow-worker", true)]);
}

/// The claims that pods have for themselves have the mode that the user says: that of a set, of its kind, or of all.
#[test]
fn claims_of_pods_have_the_mode_that_the_user_says() {
    let values = json!({
        "executor": "LocalExecutor,CeleryExecutor",
        "workers": {"celery": {
            "persistence": {"accessMode": "ReadWriteMany"},
            "sets": [{"name": "a", "persistence": {"accessMode": "ReadWriteOncePod"}}, {"name": "b", "persistence": {"accessMode": null}}],
        }},
        "redis": {"persistence": {"accessMode": "ReadWriteOncePod"}},
        "postgresql": {"persistence": {"accessMode": "ReadWriteMany"}},
    });
    let run = run_with_input(&["-f", "-", "--format", "json"], &values.to_string());
    assert_eq!(run.status, 0, "{}", run.stderr);
    let objects: Value = serde_json::from_str(&run.stdout).unwrap();
    let sets = objects["items"].as_array().unwrap().iter().filter(|object| object["kind"] == "StatefulSet");
    let modes = sets.map(|set| {
        let claim = &set["spec"]["volumeClaimTemplates"][0]["spec"];
        (set["metadata"]["name"].as_str().unwrap(), claim["accessModes"][0].as_str().unwrap())
    });
    let mut modes: Vec<_> = modes.collect();
    modes.sort_unstable();
    assert_eq!(
        modes,
        [
            ("airflow-postgresql", "ReadWriteMany"),
            ("airflow-redis", "ReadWriteOncePod"),
            ("airflow-scheduler", "ReadWriteMany"),
            ("airflow-triggerer", "ReadWriteOnce"),
            ("airflow-worker", "ReadWriteMany"),
            ("airflow-worker-a", "ReadWriteOncePod"),
            ("airflow-worker-b", "ReadWriteMany"),
        ]
    );
}

/// A variable of the user's takes the place of the one that the component gets its Secret as.
#[test]
fn a_variable_of_a_secret_stands_once() {
    let values = r"
executor: CeleryExecutor
redis: {env: [{name: REDIS_PASSWORD, value: own-redis}]}
createUserJob: {env: [{name: CREATE_USER_PASSWORD, value: own-user}]}
";
    let run = run_with_input(&["-f", "-", "-s", "redis/redis-statefulset.yaml", "-s", "jobs/create-user-job.yaml"], values);
    assert_eq!(run.status, 0, "{}", run.stderr);
    let lines: Vec<_> = run.stdout.lines().map(str::trim).collect();
    for (name, value) in [("REDIS_PASSWORD", "own-redis"), ("CREATE_USER_PASSWORD", "own-user")] {
        let name = format!("- name: {name}");
        let places: Vec<_> = lines.iter().enumerate().filter(|(_, line)| **line == name).map(|(place, _)| place).collect();
        let [place] = places[..] else { panic!("{}", run.stdout) };
        assert_eq!(lines[place + 1], format!("value: {value}"));
    }
}

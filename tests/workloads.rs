//! What workloads of one kind have alike.

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

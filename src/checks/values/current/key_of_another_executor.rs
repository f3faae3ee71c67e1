//! A key has an effect with another executor alone.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::other_executor::{KINDS, OF_CELERY, OF_EDGE, OF_KUBERNETES, OF_WORKERS};
use crate::yaml::{Data, Node};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X112",
    name: "key-of-another-executor",
    level: Level::Warning,
    what: "A key has an effect with another executor alone.",
    why: "Celery's workers and its broker run with the Celery executor alone, and pods of tasks are made by the Kubernetes executor alone; \
          neither has an effect on the Edge executor's workers.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: KubernetesExecutor\n",
            "workers: {celery: {replicas: 3}}\n",
            "redis: {enabled: true}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "executor: CeleryExecutor\n", "workers: {celery: {replicas: 3}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let executor = &subject.values.executor;
    // One that Airflow does not have may make whatever it likes.
    if !(executor.uses_celery() || executor.uses_kubernetes() || executor.uses_local() || executor.uses_edge()) {
        return;
    }
    let mut tell = |said: Vec<String>, has_effect: bool, help: &str| {
        let Some(first) = said.first().filter(|_| !has_effect) else { return };
        let names: Vec<String> = said.iter().map(|key| format!("`{key}`")).collect();
        let verb = if names.len() == 1 { "has" } else { "have" };
        found
            .in_value(
                first.as_str(),
                format!("{} {verb} no effect with the executor `{executor}`", names.join(", ")),
                "a key of another executor",
            )
            .help(help);
    };
    let of = [
        (&OF_CELERY[..], executor.uses_celery(), "CeleryExecutor"),
        (&OF_KUBERNETES[..], executor.uses_kubernetes(), "KubernetesExecutor"),
        (&OF_EDGE[..], executor.uses_edge(), "airflow.providers.edge3.executors.EdgeExecutor"),
    ];
    // Workers at the edge inherit nothing of what holds for the other kinds.
    let are_alone = !(executor.uses_celery() || executor.uses_kubernetes() || executor.uses_local());
    let workers = Path::of_keys(OF_WORKERS).get(subject.given).and_then(Node::as_map).filter(|_| are_alone);
    let general = workers
        .into_iter()
        .flat_map(|keys| keys.iter())
        .filter(|(key, entry)| !KINDS.contains(&key.as_str()) && asks_for_something(&entry.value));
    let general: Vec<String> = general.map(|(key, _)| format!("{OF_WORKERS}.{key}")).collect();
    for (keys, has_effect, other) in of {
        let asks = |key: &&&str| Path::of_keys(key).get(subject.given).is_some_and(asks_for_something);
        let is_told = |key: &str| {
            general.iter().any(|general| key.strip_prefix(&**general).is_some_and(|rest| rest.is_empty() || rest.starts_with('.')))
        };
        let said = keys.iter().filter(asks).filter(|key| !is_told(key)).map(|key| (*key).to_owned()).collect();
        tell(said, has_effect, &format!("leave it out, or have `{other}` among the executors"));
    }
    tell(general, false, "set it in `workers.edge`");
}

/// Whether more is said than nothing, or one replica, which is the default.
fn asks_for_something(node: &Node) -> bool {
    let is_one = matches!(&node.data, Data::Number(number, _) if number.as_u64() == Some(1));
    !node.says_nothing() && !is_one
}

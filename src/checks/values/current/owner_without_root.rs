//! A container that changes the owner of a volume is asked for, and no container is root.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{OwnVolume, camel_case};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "R102",
    name: "owner-without-root",
    level: Level::Error,
    what: "A container that changes the owner of a volume is asked for, and no container is root.",
    why: "With `openshift.enabled` the cluster decides as whom pods run, and root alone may change an owner; the cluster gives the pods \
          a group that owns their volumes.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "openshift: {enabled: true}\n", "triggerer: {persistence: {fixPermissions: true}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "openshift: {enabled: true}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if !values.openshift.enabled {
        return;
    }
    let components = values.enabled_components();
    let of_components = components.iter().filter_map(|(key, component)| Some((camel_case(key), component.own_volume()?)));
    let workers = &values.workers;
    let of_sets = workers.celery.sets.iter().enumerate();
    let of_workers = [("workers".to_owned(), &workers.both), ("workers.celery".to_owned(), &workers.celery.worker)]
        .into_iter()
        .chain(of_sets.map(|(index, set)| (format!("workers.celery.sets[{index}]"), &set.worker)))
        .map(|(key, worker)| (key, &worker.persistence));
    // Where tasks run in the scheduler's pods, those have the workers' volume.
    let of_workers = of_workers.filter(|_| values.executor.uses_celery() || values.executor.uses_local());
    let all: Vec<(String, &OwnVolume)> = of_components.chain(of_workers).collect();
    for (key, _) in all.into_iter().filter(|(_, volume)| volume.fix_permissions == Some(true)) {
        let key = format!("{key}.persistence.fixPermissions");
        found
            .in_value(&key, format!("`{key}` needs root, which no container is with `openshift.enabled`"), "asked for here")
            .help("leave it out: the cluster gives the pods a group that owns their volumes");
    }
}

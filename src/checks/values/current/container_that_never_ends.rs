//! A container stands beside one that ends, and may never end itself.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::camel_case;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O103",
    name: "container-that-never-ends",
    level: Level::Warning,
    what: "A container stands beside one that ends, and may never end itself.",
    why: "A pod of a task or a Job is done when all of its containers are: the slot of the task stays taken, and the Job is never complete.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: KubernetesExecutor\n",
            "logs: {persistence: {enabled: true}}\n",
            "workers: {kubernetes: {extraContainers: [{name: proxy, image: \"proxy:1\"}]}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: KubernetesExecutor\n",
            "logs: {persistence: {enabled: true}}\n",
            "workers: {kubernetes: {extraInitContainers: [{name: proxy, image: \"proxy:1\", restartPolicy: Always}]}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let tasks = values.executor.uses_kubernetes().then(|| ("workers.kubernetes", &values.workers.of_kubernetes().workload, "tasks"));
    let tasks = tasks.map(|(key, workload, whose)| (key.to_owned(), workload, whose));
    let jobs = values.enabled_components().into_iter().filter(|(_, component)| component.ends());
    let jobs = jobs.filter_map(|(key, component)| Some((camel_case(key), component.workload()?, "the Job")));
    for (key, workload, whose) in tasks.into_iter().chain(jobs) {
        let names: Vec<String> =
            workload.extra_containers.iter().filter_map(|container| Some(format!("`{}`", container.0["name"].as_str()?))).collect();
        if !names.is_empty() {
            found
                .in_value(
                    format!("{key}.extraContainers"),
                    format!("pods of {whose} end when {} does, too", names.join(" and ")),
                    "beside a container that ends",
                )
                .help(format!(
                    "put what runs beside it into `{key}.extraInitContainers` with `restartPolicy: Always`: it starts before and ends after"
                ));
        }
    }
}

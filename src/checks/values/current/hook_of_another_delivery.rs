//! A Job is a hook by its annotations, and the manifests are for another way to the cluster.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Path, Step};
use crate::values::{Delivery, camel_case};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O124",
    name: "hook-of-another-delivery",
    level: Level::Warning,
    what: "A Job is a hook by its annotations, and the manifests are for another way to the cluster.",
    why: "`delivery` gives Jobs what the way to the cluster asks for, hooks and waves included; it also decides how they are named.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "migrateDatabaseJob: {jobAnnotations: {argocd.argoproj.io/hook: Sync}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "delivery: argocd\n"),
    },
    check: Check::Values(check),
};

/// The annotations that make hooks, and who reads them.
const HOOKS: [(&str, Delivery, &str); 2] =
    [("argocd.argoproj.io/hook", Delivery::Argocd, "argocd"), ("helm.sh/hook", Delivery::Helm, "helm")];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (key, component) in values.components() {
        let Some((job, _)) = component.job().filter(|_| component.enabled(values)) else { continue };
        for (annotation, delivery, name) in HOOKS {
            // Argo CD reads Helm's too.
            let is_read = values.delivery == delivery || annotation == "helm.sh/hook" && values.delivery == Delivery::Argocd;
            if job.job_annotations.0.contains_key(annotation) && !is_read {
                let steps = [camel_case(key), "jobAnnotations".to_owned(), annotation.to_owned()];
                let title = format!("`{annotation}` makes a hook of the Job, and the manifests are not for `delivery: {name}`");
                found
                    .in_value(Path(steps.into_iter().map(Step::Key).collect()), title, "a hook")
                    .help(format!("set `delivery: {name}`, and leave the annotation out"));
            }
        }
    }
}

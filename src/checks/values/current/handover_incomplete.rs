//! An Application of Argo CD or a Kustomization of Flux does not say where the manifests are.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O121",
    name: "handover-incomplete",
    level: Level::Error,
    what: "An Application of Argo CD or a Kustomization of Flux does not say where the manifests are.",
    why: "Only the user knows the repository that they are committed to, and the path in it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "delivery: flux\n", "flux: {kustomization: {enabled: true}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "delivery: flux\n", "flux: {kustomization: {enabled: true, path: ./rendered/prod}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let (application, kustomization) = (values.application(), values.kustomization());
    let wanted = [
        ("argocd.application", "repoURL", application.is_some_and(|own| own.repo_url.is_none())),
        ("argocd.application", "path", application.is_some_and(|own| own.path.is_none())),
        ("flux.kustomization", "path", kustomization.is_some_and(|own| own.path.is_none())),
    ];
    for (handover, key, _) in wanted.into_iter().filter(|(.., is_missing)| *is_missing) {
        let help = match key {
            "path" => format!("`{handover}.path` is the path of the directory in its repository, such as `rendered/prod`"),
            _ => format!("`{handover}.{key}` is the address of the repository in which the manifests are committed"),
        };
        found.in_value(format!("{handover}.enabled"), format!("`{handover}` lacks its key `{key}`"), "it is wanted here").help(help);
    }
}

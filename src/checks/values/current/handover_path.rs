//! The path of an Application of Argo CD or of a Kustomization of Flux leads out of its repository.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O125",
    name: "handover-path",
    level: Level::Error,
    what: "The path of an Application of Argo CD or of a Kustomization of Flux leads out of its repository.",
    why: "Argo CD refuses it, as it does one that begins with `/`, and Flux takes it for another one.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "delivery: argocd\n",
            "argocd: {application: {enabled: true, repoURL: \"https://git.example.com/a.git\", path: ../rendered}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "delivery: argocd\n",
            "argocd: {application: {enabled: true, repoURL: \"https://git.example.com/a.git\", path: rendered}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    for (key, path, may_begin_with_slash) in [
        ("argocd.application.path", values.application().and_then(|own| own.path.as_deref()), false),
        ("flux.kustomization.path", values.kustomization().and_then(|own| own.path.as_deref()), true),
    ] {
        let label = match path {
            Some(path) if leads_out(path) => "`..` leads out of it",
            Some(path) if path.starts_with('/') && !may_begin_with_slash => "it begins with `/`",
            _ => continue,
        };
        found
            .in_value(key, format!("`{key}` must be a path within the repository"), label)
            .help("it is the path of the directory from the top of the repository, such as `rendered/prod`");
    }
}

/// Whether a path is anywhere above where it begins.
fn leads_out(path: &str) -> bool {
    let mut depth = 0;
    path.split('/').any(|part| {
        depth += match part {
            "" | "." => 0,
            ".." => -1,
            _ => 1,
        };
        depth < 0
    })
}

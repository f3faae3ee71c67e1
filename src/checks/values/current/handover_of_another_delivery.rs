//! An Application of Argo CD or a Kustomization of Flux is asked for, and something else delivers.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Delivery;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O122",
    name: "handover-of-another-delivery",
    level: Level::Error,
    what: "An Application of Argo CD or a Kustomization of Flux is asked for, and something else delivers.",
    why: "Jobs and the order of an apply are made for the one that `delivery` names: the other one would fail at them.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "argocd: {application: {enabled: true, repoURL: \"https://git.example.com/a.git\", path: rendered}}\n"
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
    for (key, is_wanted, delivery, name) in [
        ("argocd.application.enabled", values.argocd.application.enabled, Delivery::Argocd, "argocd"),
        ("flux.kustomization.enabled", values.flux.kustomization.enabled, Delivery::Flux, "flux"),
    ] {
        if is_wanted && values.delivery != delivery {
            found
                .in_value(key, format!("`delivery` is not `{name}`"), "this is of that delivery")
                .help(format!("say `delivery: {name}`, or leave this out"));
        }
    }
}

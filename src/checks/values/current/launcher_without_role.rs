//! The Kubernetes executor makes pods, and no Role among the manifests lets it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::Launchers;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "X109",
    name: "launcher-without-role",
    level: Level::Warning,
    what: "The Kubernetes executor makes pods, and no Role among the manifests lets it.",
    why: "The API server refuses a scheduler that makes pods without a Role, and no task starts.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: KubernetesExecutor\n",
            "logs: {persistence: {enabled: true}}\n",
            "rbac: {create: false}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "executor: KubernetesExecutor\n",
            "logs: {persistence: {enabled: true}}\n",
            "rbac: {create: true}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let key = match (values.rbac.create, values.allow_pod_launching) {
        (false, _) => "rbac.create",
        (true, false) => "allowPodLaunching",
        (true, true) => return,
    };
    if !values.executor.uses_kubernetes() {
        return;
    }
    let finding = found.in_value(key, "the Role with which the Kubernetes executor makes pods has to exist", "no Role among the manifests");
    for Launchers { namespace, accounts } in &subject.known.launchers {
        let place = namespace.as_ref().map_or_else(|| "every namespace".to_owned(), |name| format!("the namespace `{name}`"));
        let accounts: Vec<String> = accounts.iter().map(|account| format!("`{account}`")).collect();
        finding.note(format!("in {place}, bound to the accounts {}", accounts.join(", ")));
    }
    finding.note("`pods`: create, get, list, watch, patch, delete; `pods/log`: get; `pods/exec`: create, get; `events`: list, watch");
    finding.help(format!("`gen ... --set {key}=true --show-only 'rbac/pod-launcher-*'` prints the Role and its binding"));
}

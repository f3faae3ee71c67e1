//! The address of the repository has a user or token in it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::GitUrl;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G208",
    name: "token-in-address",
    level: Level::Warning,
    what: "The address of the repository has a user or token in it.",
    why: "It stands in the manifests, readable.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"https://user:token@example.com/dags.git\""),
        instead: git_sync_values!("repo: \"https://example.com/dags.git\"", "credentialsSecret: login"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    if git.enabled && git.repo.has_user() {
        found
            .in_value("dags.gitSync.repo", "`dags.gitSync.repo` has a user or token in it", "this address")
            .note("it stands in the manifests of the pods, readable")
            .help("give them as `dags.gitSync.credentials`, or name a Secret in `dags.gitSync.credentialsSecret`");
    }
    let repository = subject.values.application().and_then(|own| own.repo_url.as_ref());
    if repository.is_some_and(GitUrl::has_user) {
        found
            .in_value("argocd.application.repoURL", "`argocd.application.repoURL` has a user or token in it", "this address")
            .note("it stands in the Application, readable, and in the directory, which is committed")
            .help("Argo CD has them in a Secret of its own, which `argocd repo add` makes");
    }
}

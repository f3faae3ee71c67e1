//! The GitHub App that logs in has both a key and a Secret with one.

use super::git_login::{GitLogin, is_given};
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G204",
    name: "github-app-with-two-keys",
    level: Level::ErrorUnlessForHelm,
    what: "The GitHub App that logs in has both a key and a Secret with one.",
    why: "git-sync takes one of them.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!(
            "repo: \"https://example.com/dags.git\"",
            "githubApp: {clientId: Iv23, installationId: \"1\", privateKeySecret: key, privateKey: key}"
        ),
        instead: git_sync_values!(
            "repo: \"https://example.com/dags.git\"",
            "githubApp: {clientId: Iv23, installationId: \"1\", privateKeySecret: key}"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(app) = GitLogin::of(subject.values).and_then(GitLogin::app) else { return };

    if is_given(app.private_key.as_ref()) && app.private_key_secret.is_some() {
        found
            .in_value("dags.gitSync.githubApp", "`privateKey` and `privateKeySecret` exclude each other", "the App")
            .help("drop one of the two");
    }
}

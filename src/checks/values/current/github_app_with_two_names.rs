//! The GitHub App that logs in has two names.

use super::git_login::GitLogin;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G203",
    name: "github-app-with-two-names",
    level: Level::ErrorUnlessForHelm,
    what: "The GitHub App that logs in has two names.",
    why: "git-sync takes one of them.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!(
            "repo: \"https://example.com/dags.git\"",
            "githubApp: {clientId: Iv23, applicationId: \"2\", installationId: \"1\", privateKeySecret: key}"
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

    if app.client_id.is_some() && app.application_id.is_some() {
        found
            .in_value("dags.gitSync.githubApp", "`clientId` and `applicationId` exclude each other", "the App")
            .help("drop `applicationId`");
    }
}

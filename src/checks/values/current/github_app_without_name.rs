//! The GitHub App that logs in has no name.

use super::git_login::GitLogin;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G202",
    name: "github-app-without-name",
    level: Level::ErrorUnlessForHelm,
    what: "The GitHub App that logs in has no name.",
    why: "GitHub knows the App by its client ID or by its application ID.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"https://example.com/dags.git\"", "githubApp: {installationId: \"1\", privateKeySecret: key}"),
        instead: git_sync_values!(
            "repo: \"https://example.com/dags.git\"",
            "githubApp: {clientId: Iv23, installationId: \"1\", privateKeySecret: key}"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(app) = GitLogin::of(subject.values).and_then(GitLogin::app) else { return };

    if app.client_id.is_none() && app.application_id.is_none() {
        found
            .in_value("dags.gitSync.githubApp", "the GitHub App has no name", "the App")
            .help("give `clientId` or `applicationId`, as the App's settings show them");
    }
}

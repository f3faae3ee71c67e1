//! A GitHub App logs in, which this git-sync does not know.

use super::git_login::GitLogin;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::git_sync::Version;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G213",
    name: "github-app-of-later-version",
    level: Level::ErrorUnlessForHelm,
    what: "A GitHub App logs in, which this git-sync does not know.",
    why: "git-sync logs in as a GitHub App since 4.4; before that it does not log in at all.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!(of "v4.3.0", "repo: \"https://example.com/dags.git\"", "githubApp: {clientId: Iv23, installationId: \"1\", privateKeySecret: key}"),
        instead: git_sync_values!(of "v4.4.2", "repo: \"https://example.com/dags.git\"", "githubApp: {clientId: Iv23, installationId: \"1\", privateKeySecret: key}"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let app = GitLogin::of(subject.values).and_then(GitLogin::app);
    if app.is_some() && !Version::of(subject.values).knows_github_apps() {
        found
            .in_value("dags.gitSync.githubApp", "git-sync before 4.4 does not know GitHub Apps", "the App")
            .help("set `images.gitSync.tag` to `v4.4.0` or later");
    }
}

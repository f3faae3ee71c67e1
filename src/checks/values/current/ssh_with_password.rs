//! The address of the repository is for ssh, and a password, a token or a GitHub App is given.

use super::git_login::GitLogin;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G207",
    name: "ssh-with-password",
    level: Level::ErrorUnlessForHelm,
    what: "The address of the repository is for ssh, and a password, a token or a GitHub App is given.",
    why: "These log in by https.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"git@example.com:dags.git\"", "credentialsSecret: login"),
        instead: git_sync_values!("repo: \"https://example.com/dags.git\"", "credentialsSecret: login"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(login) = GitLogin::of(subject.values) else { return };
    if login.git.repo.is_ssh() && login.is_by_https() && !login.has_key() {
        found
            .in_value("dags.gitSync.repo", "a password, a token and a GitHub App log in by https", "an address for ssh")
            .help("give the `https://` address, or an ssh key in their place");
    }
}

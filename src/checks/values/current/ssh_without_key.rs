//! The address of the repository is for ssh, and no key is given.

use super::git_login::GitLogin;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G205",
    name: "ssh-without-key",
    level: Level::ErrorUnlessForHelm,
    what: "The address of the repository is for ssh, and no key is given.",
    why: "Over ssh git logs in with a key.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"git@example.com:dags.git\""),
        instead: git_sync_values!("repo: \"git@example.com:dags.git\"", "sshKeySecret: key"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(login) = GitLogin::of(subject.values) else { return };
    if login.git.repo.is_ssh() && !login.has_key() && !login.is_by_https() && !login.is_own() {
        found
            .in_value("dags.gitSync.repo", "an address for ssh needs a key", "this address")
            .help("set `dags.gitSync.sshKeySecret` or `dags.gitSync.sshKey`, or give the `https://` address");
    }
}

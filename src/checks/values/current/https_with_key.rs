//! The address of the repository is for https, and an ssh key is given.

use super::git_login::GitLogin;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G206",
    name: "https-with-key",
    level: Level::Warning,
    what: "The address of the repository is for https, and an ssh key is given.",
    why: "Over https git does not log in with an ssh key, and git-sync does not look at it there: a public repository is fetched all the same, and \
          a private one is refused.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"https://example.com/dags.git\"", "sshKeySecret: key"),
        instead: git_sync_values!("repo: \"git@example.com:dags.git\"", "sshKeySecret: key"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(login) = GitLogin::of(subject.values) else { return };
    if login.git.repo.is_https() && login.has_key() {
        found
            .in_value("dags.gitSync.repo", "over https git does not log in with the ssh key", "this address")
            .help("drop `dags.gitSync.sshKeySecret` or `dags.gitSync.sshKey`, or give the `git@` address");
    }
}

//! git is given more than one way to log in.

use super::git_login::GitLogin;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G201",
    name: "git-logins",
    level: Level::ErrorUnlessForHelm,
    what: "git is given more than one way to log in.",
    why: "git-sync logs in one way only.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"git@example.com:dags.git\"", "credentialsSecret: login", "sshKeySecret: key"),
        instead: git_sync_values!("repo: \"git@example.com:dags.git\"", "sshKeySecret: key"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    const GIT: &str = "dags.gitSync";
    let Some(login) = GitLogin::of(subject.values) else { return };
    if let [first, second, ..] = login.ways()[..] {
        let help = match (first.starts_with("credentials"), second.starts_with("ssh")) {
            (true, true) => format!("drop `{first}` for `ssh://` and `git@` addresses, `{second}` for `https://`"),
            _ => format!("drop `{first}` or `{second}`; `null` drops a key that another file sets"),
        };
        let title = format!("`{GIT}.{first}` and `{GIT}.{second}` exclude each other");
        found.in_value(format!("{GIT}.{second}"), title, "a second way to log in").help(help);
    }
}

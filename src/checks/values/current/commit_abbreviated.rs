//! The commit of DAGs is abbreviated.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::git_sync::{Revision, Version};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G215",
    name: "commit-abbreviated",
    level: Level::Warning,
    what: "The commit of DAGs is abbreviated.",
    why: "git-sync 4 asks the server for the commit, and a server knows it by its whole name alone.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"https://example.com/dags.git\"", "ref: 54c2fb3bd"),
        instead: git_sync_values!("repo: \"https://example.com/dags.git\"", "ref: 54c2fb3bdb6d9a0227ecdb2a394a98e23824e8d6"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    let revision = Revision::of(git);
    if git.enabled && !Version::of(subject.values).is_3() && !revision.is_branch && is_abbreviated(revision.name) {
        let key = if git.reference.as_deref() == Some(revision.name) { "dags.gitSync.ref" } else { "dags.gitSync.rev" };
        found
            .in_value(key, "git-sync does not find a commit by the beginning of its name", "unless it is the name of a branch or tag")
            .help("give the whole name: `git rev-parse` prints it");
    }
}

/// Whether a name looks like the beginning of a commit's: hexadecimal, but neither a number nor a word.
fn is_abbreviated(name: &str) -> bool {
    let is = |kind: fn(&char) -> bool| name.chars().any(|c| kind(&c));
    (7..40).contains(&name.len())
        && name.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f'))
        && is(char::is_ascii_digit)
        && is(char::is_ascii_lowercase)
}

//! A ref is named, which git-sync 3 does not read.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::git_sync::Version;
use crate::values::GitSync;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G209",
    name: "ref-without-effect",
    level: Level::Warning,
    what: "A ref is named, which git-sync 3 does not read.",
    why: "git-sync 3 takes the commit from `dags.gitSync.branch` and `dags.gitSync.rev`.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!(of "v3.6.9", "repo: \"https://example.com/dags.git\"", "ref: main"),
        instead: git_sync_values!(of "v3.6.9", "repo: \"https://example.com/dags.git\"", "branch: main"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git @ GitSync { branch, rev, reference, .. } = &subject.values.dags.git_sync;
    if git.enabled && Version::of(subject.values).is_3() && reference.is_some() && reference != branch && reference != rev {
        found
            .in_value("dags.gitSync.ref", "git-sync 3 does not read `dags.gitSync.ref`", "for git-sync 4")
            .help("set `dags.gitSync.branch`, or for a tag or a commit `dags.gitSync.rev`");
    }
}

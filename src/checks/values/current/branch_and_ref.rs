//! A branch and another ref are named.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::git_sync::{BRANCH_OF_THE_CHART, Revision, Version};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G212",
    name: "branch-and-ref",
    level: Level::Warning,
    what: "A branch and another ref are named.",
    why: "One commit is fetched, that of the ref; the chart leaves it to git-sync 4, which takes the branch.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"https://example.com/dags.git\"", "branch: main", "ref: v1.0.0"),
        instead: git_sync_values!("repo: \"https://example.com/dags.git\"", "ref: v1.0.0"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    let named = git.branch.as_deref().filter(|branch| git.enabled && *branch != BRANCH_OF_THE_CHART);
    let (Some(branch), Some(reference)) = (named, git.reference.as_deref()) else { return };
    if !Version::of(subject.values).is_3() && reference == Revision::of(git).name && reference != branch {
        found
            .in_value("dags.gitSync.ref", format!("`{reference}` is fetched, not the branch `{branch}`"), "this one is fetched")
            .note("with Helm, git-sync 4 fetches the branch")
            .help("leave out `dags.gitSync.branch` or `dags.gitSync.ref`");
    }
}

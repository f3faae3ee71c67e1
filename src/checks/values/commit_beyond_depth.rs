//! A tag or commit is pinned, and git-sync 3 fetches only the newest of the branch.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::git_sync::Version;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G216",
    name: "commit-beyond-depth",
    level: Level::Warning,
    what: "A tag or commit is pinned, and git-sync 3 fetches only the newest of the branch.",
    why: "git-sync 3 ends at once where the tag or commit is not among the commits that it fetches.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!(of "v3.6.9", "repo: \"https://example.com/dags.git\"", "branch: main", "rev: v1.0.0"),
        instead: git_sync_values!(of "v3.6.9", "repo: \"https://example.com/dags.git\"", "branch: main", "rev: v1.0.0", "depth: 0"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    let pinned = git.rev.as_deref().filter(|rev| git.enabled && *rev != "HEAD");
    if let (Some(rev), Version::Three { .. }) = (pinned, Version::of(subject.values))
        && git.depth > 0
    {
        let commits = if git.depth == 1 { "the newest commit".to_owned() } else { format!("the newest {} commits", git.depth) };
        found
            .in_value(
                "dags.gitSync.rev",
                format!("git-sync 3 fetches {commits} of the branch, and looks for `{rev}` there"),
                "may be older",
            )
            .help("set `dags.gitSync.depth: 0`, so that all are fetched");
    }
}

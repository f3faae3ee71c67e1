//! A probe asks a git-sync that is well only after a new commit.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::git_sync::Version;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G217",
    name: "git-probe-of-older-version",
    level: Level::Warning,
    what: "A probe asks a git-sync that is well only after a new commit.",
    why: "Before 3.5 its health check fails until a commit comes that its init container has not fetched, and the kubelet restarts it.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!(of "v3.4.0", "repo: \"https://example.com/dags.git\"", "branch: main"),
        instead: git_sync_values!(of "v3.6.9", "repo: \"https://example.com/dags.git\"", "branch: main"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    let is_asked = git.startup_probe.enabled == Some(true) || git.recommended_probe_setting && git.liveness_probe.enabled != Some(false);
    if git.enabled && is_asked && !Version::of(subject.values).is_well_without_news() {
        found
            .in_value("images.gitSync.tag", "a probe asks this git-sync, which is well only after a new commit", "before 3.5")
            .help("set it to `v3.6.9` or later, or `dags.gitSync.startupProbe.enabled: false`");
    }
}

//! The time between two fetches is too short.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::git_sync::Version;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G214",
    name: "git-period-too-short",
    level: Level::Error,
    what: "The time between two fetches is too short.",
    why: "git-sync 4 ends at once where it is below 10 milliseconds.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"https://example.com/dags.git\"", "period: \"0\""),
        instead: git_sync_values!("repo: \"https://example.com/dags.git\"", "period: 5s"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    const LEAST: f64 = 0.01;
    let git = &subject.values.dags.git_sync;
    if git.enabled && git.seconds_to_wait().is_none() && git.period.seconds() < LEAST && !Version::of(subject.values).is_3() {
        found
            .in_value("dags.gitSync.period", "the time between two fetches is too short for git-sync", "below 10 milliseconds")
            .help("set it to `10ms` at least, such as `5s`");
    }
}

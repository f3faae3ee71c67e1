//! A branch is named, which git-sync 4 does not read.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G209",
    name: "branch-without-effect",
    level: Level::Warning,
    what: "A branch is named, which git-sync 4 does not read.",
    why: "git-sync 4 takes the commit from `dags.gitSync.ref`, whose default is another one.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  gitSync:\n",
            "    enabled: true\n",
            "    repo: \"https://example.com/dags.git\"\n",
            "    branch: main\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  gitSync:\n",
            "    enabled: true\n",
            "    repo: \"https://example.com/dags.git\"\n",
            "    ref: main\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    /// The chart's default of both the branch and the reference, which nobody chose.
    const UNMEANT: &str = "v2-2-stable";
    let git = &subject.values.dags.git_sync;
    if git.enabled && &*git.reference == UNMEANT && !matches!(&*git.branch, UNMEANT | "") {
        found
            .in_value("dags.gitSync.branch", "git-sync 4 does not read `dags.gitSync.branch`", "for git-sync 3")
            .help("set `dags.gitSync.ref`");
    }
}

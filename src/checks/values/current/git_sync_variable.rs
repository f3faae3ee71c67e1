//! A variable of git-sync says what a key of the values says.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Path, Step};
use crate::values::Variable;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "G218",
    name: "git-sync-variable",
    level: Level::Warning,
    what: "A variable of git-sync says what a key of the values says.",
    why: "The variable has precedence; checks, probes and Airflow's own options go by the key.",
    example: Example {
        of: Of::Values,
        refused: git_sync_values!("repo: \"https://example.com/dags.git\"", "env: [{name: GITSYNC_PERIOD, value: 60s}]"),
        instead: git_sync_values!("repo: \"https://example.com/dags.git\"", "period: 60s"),
    },
    check: Check::Values(check),
};

/// The variables that the manifests have in any case, by the keys below `dags.gitSync` that say them; without a key, the
/// manifests rely on what they say.
const SAID: [(&[&str], Option<&str>); 12] = [
    (&["GIT_SYNC_REPO", "GITSYNC_REPO"], Some("repo")),
    (&["GIT_SYNC_BRANCH"], Some("branch")),
    (&["GIT_SYNC_REV"], Some("rev")),
    (&["GITSYNC_REF"], Some("ref")),
    (&["GIT_SYNC_DEPTH", "GITSYNC_DEPTH"], Some("depth")),
    (&["GIT_SYNC_WAIT", "GITSYNC_PERIOD"], Some("period")),
    (&["GIT_SYNC_MAX_SYNC_FAILURES", "GITSYNC_MAX_FAILURES"], Some("maxFailures")),
    (&["GIT_SYNC_HTTP_BIND", "GITSYNC_HTTP_BIND"], Some("httpPort")),
    (&["GIT_SYNC_ROOT", "GITSYNC_ROOT"], None),
    (&["GIT_SYNC_DEST", "GITSYNC_LINK"], None),
    (&["GIT_SYNC_ADD_USER", "GITSYNC_ADD_USER"], None),
    (&["GIT_SYNC_ONE_TIME", "GITSYNC_ONE_TIME"], None),
];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let git = &subject.values.dags.git_sync;
    for (index, Variable(variable)) in git.env.iter().enumerate().filter(|_| git.enabled) {
        let Some(name) = variable.get("name").and_then(serde_json::Value::as_str) else { continue };
        let Some((_, key)) = SAID.iter().find(|(names, _)| names.contains(&name)) else { continue };
        let mut at = Path::of_keys("dags.gitSync.env");
        at.0.extend([Step::Index(index), Step::Key("name".to_owned())]);
        match key {
            Some(key) => found
                .in_value(at, format!("`{name}` says what `dags.gitSync.{key}` says"), "has precedence over the key")
                .help(format!("set `dags.gitSync.{key}` instead: it is checked, and all sides go by it")),
            None => found
                .in_value(at, format!("the manifests rely on what they say in `{name}`"), "has precedence over it")
                .help("leave it out"),
        };
    }
}

//! The user of pods is given, and the cluster decides it.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::camel_case;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "R101",
    name: "user-without-effect",
    level: Level::Warning,
    what: "The user of pods is given, and the cluster decides it.",
    why: "With `openshift.enabled` no pod says as whom it runs.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "openshift: {enabled: true}\n", "uid: 1000\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "openshift: {enabled: true}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    if !values.openshift.enabled {
        return;
    }
    let of_components = values.enabled_components().into_iter().filter(|(_, component)| component.user().is_some());
    let keys = ["uid", "gid", "dags.gitSync.uid"].map(str::to_owned).into_iter();
    for key in keys.chain(of_components.map(|(key, _)| format!("{}.uid", camel_case(key)))) {
        if Path::of_keys(&key).get(subject.given).is_some_and(|node| !node.says_nothing()) {
            found
                .in_value(&key, format!("`{key}` has no effect beside `openshift.enabled`"), "given here")
                .help("leave it out; a user of one component's pods stands in its `securityContexts.pod`");
        }
    }
}

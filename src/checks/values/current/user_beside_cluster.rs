//! A user or a group of files is given by number, and the cluster decides both.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Path, Step};
use crate::yaml::{Data, Node};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "R104",
    name: "user-beside-cluster",
    level: Level::Warning,
    what: "A user or a group of files is given by number, and the cluster decides both.",
    why: "OpenShift's `restricted-v2` takes a number of the namespace's own range alone, and no pod is made with another.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "openshift: {enabled: true}\n",
            "scheduler: {securityContexts: {pod: {runAsUser: 50000}}}"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "openshift: {enabled: true}\n",
            "scheduler: {securityContexts: {pod: {runAsNonRoot: true}}}"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let mut given = Vec::new();
    if subject.values.openshift.enabled {
        look(subject.given, &mut Path::default(), &mut given);
    }
    for key in given {
        let title = format!("`{key}` is a number of your own beside `openshift.enabled`");
        found.in_value(key, title, "given here").help("leave it out, unless the account is bound to a constraint that takes it");
    }
}

/// The users and groups of files in the security contexts of the values.
fn look(node: &Node, path: &mut Path, given: &mut Vec<Path>) {
    let entries: Vec<(Step, &Node)> = match &node.data {
        Data::Map(entries) => entries.iter().map(|(key, entry)| (Step::Key(key.clone()), &entry.value)).collect(),
        Data::List(items) => items.iter().enumerate().map(|(index, item)| (Step::Index(index), item)).collect(),
        _ => return,
    };
    for (step, value) in entries {
        let is_number = matches!(&step, Step::Key(key) if key == "runAsUser" || key == "fsGroup") && !value.says_nothing();
        path.0.push(step);
        let is_in_context = path.0.iter().any(|step| matches!(step, Step::Key(key) if key.starts_with("securityContext")));
        if is_number && is_in_context {
            given.push(path.clone());
        }
        look(value, path, given);
        path.0.pop();
    }
}

//! An object that the values name has to be in the cluster.

use super::targets::{Referrer, Target};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use std::collections::BTreeMap;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "W201",
    name: "provided-by-others",
    level: Level::Note,
    what: "An object that the values name has to be in the cluster.",
    why: "It is not among the manifests, and what refers to it waits for it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "scheduler: {priorityClassName: urgent}"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "priorityClasses: [{name: urgent, value: 1000}]\n",
            "scheduler: {priorityClassName: airflow-urgent}"
        ),
    },
    check: Check::Referrers(check),
};

fn check(referrers: &[Referrer<'_>], release: &Release<'_>, found: &mut Findings) {
    let mut users: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for Referrer { manifest, needed } in referrers {
        for (reference, target) in needed {
            // Those of which only a name is missing are told with how to make them.
            let is_told = reference.kind == "Secret" && release.missing.iter().any(|one| one.name == reference.name);
            if matches!(target, Target::Others) && !is_told {
                let users = users.entry((reference.kind.to_owned(), reference.name.to_owned())).or_default();
                if !users.contains(&manifest.path) {
                    users.push(manifest.path.clone());
                }
            }
        }
    }
    for ((kind, name), users) in users {
        let others = if users.len() == 1 { String::new() } else { format!(" and {} more", users.len() - 1) };
        found.in_all(format_args!("{kind} {name}")).of_text(&name, "name").help(format!("needed by `{}`{others}", users[0]));
    }
}

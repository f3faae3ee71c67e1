//! A key is read of a Secret that has to exist with other keys.

use super::targets::{Referrer, Target};
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "S104",
    name: "key-not-told",
    level: Level::Warning,
    what: "A key is read of a Secret that has to exist with other keys.",
    why: "Who makes the Secret as `missing-secrets` says it makes none with this key, and the pod does not start.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "env: [{name: A, valueFrom: {secretKeyRef: {name: airflow-fernet-key, key: other}}}]"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "env: [{name: A, valueFrom: {secretKeyRef: {name: airflow-fernet-key, key: fernet-key}}}]"
        ),
    },
    check: Check::References(check),
};

fn check(referrer: &Referrer<'_>, release: &Release<'_>, found: &mut Findings) {
    for (reference, target) in &referrer.needed {
        if reference.kind != "Secret" || !matches!(target, Target::Others) {
            continue;
        }
        let Some(missing) = release.missing.iter().find(|one| one.name == reference.name) else { continue };
        for key in reference.keys.iter().filter(|key| !missing.literals.iter().any(|(known, _)| known == *key)) {
            let name = reference.name;
            let others = missing.literals.iter().map(|(known, _)| format!("`{known}`")).collect::<Vec<_>>().join(" and ");
            let fault = format_args!("it reads the key `{key}` of the Secret `{name}`, which has to exist with {others}");
            found.in_manifest(referrer.manifest, fault).of_text(key, reference.said_at).help("name a Secret of your own that has the key");
        }
    }
}

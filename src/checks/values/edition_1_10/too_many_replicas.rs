//! A component has more replicas than can run at once.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "O102",
    name: "too-many-replicas",
    level: Level::Warning,
    what: "A component has more replicas than can run at once.",
    why: "Several at once do the same work several times: tasks run twice.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "scheduler: {replicas: 2}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "scheduler: {replicas: 1}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let edition = subject.values.edition();
    for (section, component) in subject.values.components() {
        let Some(most) = component.too_many(edition) else { continue };
        let key = format!("{section}.replicas");
        found
            .in_value(&key, format!("`{key}` is more than Airflow {} can take", edition.name()), format!("at most {most} may run"))
            .note("several at once do the same work several times: tasks run twice")
            .help(format!("set `{key}: {most}`"));
    }
}

//! The repository of an image is empty.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "I101",
    name: "image-without-repository",
    level: Level::Error,
    what: "The repository of an image is empty.",
    why: "No image has this name.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "defaultAirflowRepository: \"\"\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "defaultAirflowRepository: registry.example.com/airflow\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let images = &subject.values.images;
    let named = [("images.statsd.repository", &images.statsd), ("images.gitSync.repository", &images.git_sync)];
    let named = named.into_iter().filter(|(_, image)| image.repository.is_none()).map(|(key, _)| key);
    let general = subject.values.default_airflow_repository.is_empty().then_some("defaultAirflowRepository");
    for key in named.chain(general) {
        found.in_value(key, format!("`{key}` is empty"), "no image has this name");
    }
}

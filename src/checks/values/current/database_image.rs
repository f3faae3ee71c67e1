//! The image of the bundled PostgreSQL is for another chart.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "B102",
    name: "database-image",
    level: Level::Error,
    what: "The image of the bundled PostgreSQL is for another chart.",
    why: "Bitnami's images are not laid out as the official one, whose paths and variables the pod has.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "postgresql: {image: {repository: registry.example.com/bitnami-postgres}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "postgresql: {image: {repository: registry.example.com/postgres}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let postgresql = &subject.values.postgresql;
    let repository: &str = postgresql.image.repository.as_deref().unwrap_or_default();
    if postgresql.enabled && repository.contains("bitnami") {
        let title = format!("`{repository}` is not laid out as the official image of PostgreSQL");
        found
            .in_value("postgresql.image.repository", title, "an image for another chart")
            .help("leave it out, or name a copy of the official image `postgres`");
    }
}

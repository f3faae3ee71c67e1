//! The image of Airflow has another version than the manifests are for.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::AirflowImage;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "I102",
    name: "image-of-another-version",
    level: Level::Warning,
    what: "The image of Airflow has another version than the manifests are for.",
    why: "The commands, options and variables of the pods are those of one version.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "defaultAirflowTag: 2.11.0\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "defaultAirflowTag: 3.2.0\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let AirflowImage { name: image, tag } = &subject.known.airflow_image;
    let mut numbers = tag.split(['.', '-']).map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else { return };
    let wanted = values.airflow_version.numbers();
    // A tag of its own, such as a date, says nothing of the version, and that of an own image neither.
    if (major, minor) != (wanted.0, wanted.1) && (1..10).contains(&major) && is_of_airflow(image, tag) {
        let version = values.airflow_version.as_str();
        found
            .in_value("airflowVersion", format!("the manifests are for Airflow {version}, and the image is `{image}`"), "this version")
            .help("set `airflowVersion` and `defaultAirflowTag` (or `images.airflow.tag`) to the same version");
    }
}

/// Whether an image is named for Airflow, or its tag has the form of Airflow's own: `2.11.0-python3.12`.
fn is_of_airflow(image: &str, tag: &str) -> bool {
    let name = image.strip_suffix(tag).unwrap_or(image);
    name.rsplit('/').next().is_some_and(|name| name.contains("airflow")) || tag.contains("-python3.")
}

//! The image of Airflow has the version that the manifests are for.

use super::Finding;
use crate::model::current::airflow_image;
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let (image, tag) = airflow_image(values);
    let mut numbers = tag.split(['.', '-']).map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else { return };
    let wanted = values.airflow_version.numbers();
    // A tag of its own, such as a date, says nothing of the version.
    if (major, minor) != (wanted.0, wanted.1) && (1..10).contains(&major) {
        let version = values.airflow_version.as_str();
        let warning = Finding::warning(
            "airflowVersion",
            format!("the manifests are for Airflow {version}, and the image is `{image}`"),
            "this version",
        );
        findings.push(warning.help("set `airflowVersion` and `defaultAirflowTag` (or `images.airflow.tag`) to the same version"));
    }
}

//! The image of Airflow has the version that the manifests are for.

use super::Finding;
use crate::model::{AirflowImage, Model};
use crate::values::Values;

pub fn check(values: &Values, model: &Model, findings: &mut Vec<Finding>) {
    let AirflowImage { name: image, tag } = &model.known.airflow_image;
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

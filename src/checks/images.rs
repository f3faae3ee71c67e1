//! Every image has a repository.

use super::Finding;
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let images = &values.images;
    let named = [("images.statsd.repository", &images.statsd), ("images.gitSync.repository", &images.git_sync)];
    let named = named.into_iter().filter(|(_, image)| image.repository.as_ref().is_some_and(|text| text.is_empty())).map(|(key, _)| key);
    let general = values.default_airflow_repository.is_empty().then_some("defaultAirflowRepository");
    for key in named.chain(general) {
        findings.push(Finding::error(key, format!("`{key}` is empty"), "no image has this name"));
    }
}

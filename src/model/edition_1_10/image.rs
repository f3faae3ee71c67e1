//! References to images.

use crate::model::image::Reference;
use crate::values::{Image, PullPolicy, Values};

/// The image of Airflow: its own keys, then the general defaults, then the version.
pub fn airflow(values: &Values) -> Reference {
    let image = &values.images.airflow;
    let repository = image.repository.as_deref().unwrap_or(&values.default_airflow_repository);
    let general = values.default_airflow_tag.as_deref();
    let tag = image.tag.as_deref().or(general).unwrap_or(values.airflow_version.as_str());
    reference(repository, tag, image.pull_policy)
}

/// An image whose keys say all.
pub fn of(image: &Image) -> Reference {
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let (repository, tag) = (image.repository.as_deref(), image.tag.as_deref());
    reference(&text(repository), &text(tag), image.pull_policy)
}

fn reference(repository: &str, tag: &str, pull_policy: PullPolicy) -> Reference {
    let name = if tag.is_empty() { repository.to_owned() } else { format!("{repository}:{tag}") };
    Reference { repository: repository.to_owned(), tag: tag.to_owned(), name, pull_policy }
}

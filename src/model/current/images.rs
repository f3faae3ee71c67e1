//! References to images.

use serde::Serialize;

use super::names::Names;
use crate::model::image::{NameReference, Reference};
use crate::values::yaml_value;
use crate::values::{Component, Delivery, Image, ImageKeys, PullPolicy, Values};

/// The chart's image tag, which does not follow `airflowVersion`.
const CHART_TAG: &str = "3.2.2";

/// The images that are run, those of components aside.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Images {
    pub airflow: Reference,
    /// The image that migrates the database, and that waits for the migration.
    pub migrations: Reference,
    pub task_pod: Reference,
    pub git_sync: Reference,
    pub cloud_sql_proxy: Reference,
    pub pgbouncer_exporter: Reference,
}

impl Images {
    pub fn of(values: &Values) -> Self {
        let keys = &values.images;
        let digest = keys.airflow.digest.as_deref().or(values.default_airflow_digest.as_deref());
        let airflow = reference(airflow_repository(values), airflow_tag(values), digest, keys.airflow.pull_policy);
        let general = Image { pull_policy: keys.airflow.pull_policy, ..Image::default() };
        Self {
            migrations: if keys.use_default_image_for_migration { of_airflow(values, &general) } else { airflow.clone() },
            task_pod: of_task_pod(values, &airflow),
            git_sync: of(&keys.git_sync),
            cloud_sql_proxy: of(&values.data.cloud_sql_proxy.image),
            pgbouncer_exporter: of(&keys.pgbouncer_exporter),
            airflow,
        }
    }

    /// Whether airflow.cfg says the image of a task's pod. Where it does, Airflow does not look at the one in the template: so
    /// it must be the same, unless the user says it there.
    pub fn task_pod_is_said_by_options(&self, values: &Values) -> bool {
        let section = values.config.0.get("kubernetes_executor").and_then(Option::as_ref);
        let is_of_user = |option: &str| section.is_some_and(|options| options.contains_key(option));
        let image = match values.own_pod_template() {
            Some(text) => yaml_value(text).and_then(|pod| pod["spec"]["containers"][0]["image"].as_str().map(str::to_owned)),
            None => Some(self.task_pod.name.clone()),
        };
        ["worker_container_repository", "worker_container_tag"].into_iter().any(is_of_user)
            || image.is_none_or(|image| image == format!("{}:{}", airflow_repository(values), airflow_tag(values)))
    }

    /// The image of a component's main container.
    pub fn of_component(&self, values: &Values, component: &dyn Component) -> Reference {
        match component.image(values) {
            ImageKeys::Airflow => self.airflow.clone(),
            ImageKeys::AirflowBy(image) => of_airflow(values, image),
            ImageKeys::Own(image) => of(image),
        }
    }
}

/// The repository of Airflow's image.
pub fn airflow_repository(values: &Values) -> &str {
    values.images.airflow.repository.as_deref().unwrap_or(&values.default_airflow_repository)
}

/// The tag of Airflow's image.
pub fn airflow_tag(values: &Values) -> &str {
    values.images.airflow.tag.as_deref().unwrap_or_else(|| general_tag(values))
}

/// The tag of Airflow's image, where none is said for it alone: the general one, or the version of Airflow.
fn general_tag(values: &Values) -> &str {
    let version = if values.delivery == Delivery::Helm { CHART_TAG } else { values.airflow_version.as_str() };
    values.default_airflow_tag.as_deref().unwrap_or(version)
}

/// An image with Airflow in it, by keys of its own: what they leave out, the general keys say. The general digest is that
/// of the general image, not of one from another repository or with another tag.
fn of_airflow(values: &Values, image: &Image) -> Reference {
    let repository = image.repository.as_deref().unwrap_or(&values.default_airflow_repository);
    let tag = image.tag.as_deref().unwrap_or_else(|| general_tag(values));
    let is_general = image.repository.is_none() && image.tag.is_none();
    let general = values.default_airflow_digest.as_deref().filter(|_| is_general);
    reference(repository, tag, image.digest.as_deref().or(general), image.pull_policy)
}

/// The image of a task's pod: by keys of its own, or else Airflow's.
fn of_task_pod(values: &Values, airflow: &Reference) -> Reference {
    let own = &values.images.pod_template;
    let says_one = own.repository.is_some() || own.tag.is_some() || own.digest.is_some();
    if says_one { of_airflow(values, own) } else { Reference { pull_policy: own.pull_policy, ..airflow.clone() } }
}

/// An image whose keys say all.
fn of(image: &Image) -> Reference {
    let repository = image.repository.as_deref().unwrap_or_default();
    let tag = image.tag.as_deref().unwrap_or_default();
    reference(repository, tag, image.digest.as_deref(), image.pull_policy)
}

fn reference(repository: &str, tag: &str, digest: Option<&str>, pull_policy: PullPolicy) -> Reference {
    let name = match digest {
        Some(digest) => format!("{repository}@{digest}"),
        None if tag.is_empty() => repository.to_owned(),
        None => format!("{repository}:{tag}"),
    };
    Reference { repository: repository.to_owned(), tag: tag.to_owned(), name, pull_policy }
}

/// The Secrets with registry credentials, as pods have them.
pub fn pull_secrets(values: &Values, names: &Names) -> Vec<NameReference> {
    let reference = |name: String| NameReference { name };
    if !values.image_pull_secrets.is_empty() {
        return values.image_pull_secrets.iter().map(|secret| reference(secret.name().to_owned())).collect();
    }
    let existing = values.registry.secret_name.as_deref().map(str::to_owned);
    let made = values.registry.connection.host.as_ref().map(|_| names.of("registry"));
    existing.or(made).into_iter().map(reference).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images(values: &str) -> Images {
        Images::of(&serde_json::from_str(values).unwrap())
    }

    fn airflow(values: &str) -> String {
        images(values).airflow.name
    }

    #[test]
    fn an_image_has_its_own_keys_then_the_general_ones_then_the_version() {
        let general = r#""airflowVersion": "3.1.0", "defaultAirflowRepository": "a/b""#;
        assert_eq!(airflow(&format!("{{{general}}}")), "a/b:3.1.0");
        assert_eq!(airflow(&format!(r#"{{{general}, "defaultAirflowTag": "t"}}"#)), "a/b:t");
        assert_eq!(airflow(&format!(r#"{{{general}, "images": {{"airflow": {{"repository": "c/d", "tag": "u"}}}}}}"#)), "c/d:u");
        let digest = format!("sha256:{}", "0".repeat(64));
        let pinned = format!(r#"{general}, "defaultAirflowDigest": "{digest}""#);
        assert_eq!(airflow(&format!("{{{pinned}}}")), format!("a/b@{digest}"));
        // As Helm has it: the empty text says nothing, and a digest has precedence over a tag.
        let own = r#""images": {"airflow": {"tag": "u", "digest": ""}}"#;
        assert_eq!(airflow(&format!("{{{pinned}, {own}}}")), format!("a/b@{digest}"));
    }

    #[test]
    fn an_image_of_airflow_with_keys_of_its_own_has_the_general_ones_for_what_they_leave_out() {
        let digest = format!("sha256:{}", "0".repeat(64));
        let general = r#""airflowVersion": "3.1.0", "defaultAirflowRepository": "a/b""#;
        let of = |general: &str, own: &str| {
            // What is said for Airflow's own image says nothing about one with keys of its own.
            let airflow = r#""airflow": {"repository": "e/f", "tag": "v"}"#;
            images(&format!(r#"{{{general}, "images": {{{airflow}, "pod_template": {{{own}}}}}}}"#)).task_pod.name
        };
        assert_eq!(of(general, r#""repository": "c/d""#), "c/d:3.1.0");
        assert_eq!(of(general, r#""tag": "u""#), "a/b:u");
        let pinned = format!(r#"{general}, "defaultAirflowDigest": "{digest}""#);
        assert_eq!(of(&pinned, r#""tag": "u""#), "a/b:u");
        assert_eq!(of(&pinned, r#""repository": "c/d""#), "c/d:3.1.0");
        assert_eq!(of(&pinned, &format!(r#""tag": "u", "digest": "{digest}""#)), format!("a/b@{digest}"));
    }

    #[test]
    fn tasks_run_airflows_image_unless_theirs_has_keys_of_its_own() {
        let digest = format!("sha256:{}", "0".repeat(64));
        let of = |own: &str, airflow: &str| {
            let text = format!(r#"{{"airflowVersion": "3.1.0", "images": {{"airflow": {{{airflow}}}, "pod_template": {{{own}}}}}}}"#);
            let values = serde_json::from_str(&text).unwrap();
            let images = Images::of(&values);
            (images.task_pod.name.clone(), images.task_pod_is_said_by_options(&values))
        };
        let dags = r#""repository": "c/d", "tag": "v""#;
        assert_eq!(of("", dags), ("c/d:v".to_owned(), true));
        // The options can say no digest.
        assert_eq!(of("", &format!(r#"{dags}, "digest": "{digest}""#)), (format!("c/d@{digest}"), false));
        assert_eq!(of(r#""repository": "e/f""#, dags), ("e/f:3.1.0".to_owned(), false));
        assert_eq!(of(r#""pullPolicy": "Always""#, dags), ("c/d:v".to_owned(), true));
    }
}

//! There is a database, and no second one that nobody talks to.

use super::Finding;
use crate::values::{Delivery, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let connection = &values.data.metadata_connection;
    let elsewhere = connection.host.as_ref().is_some_and(|host| host.given().is_some())
        || values.data.existing_secret().is_some()
        || values.data.cloud_sql_proxy.enabled;
    if values.postgresql.enabled && elsewhere {
        let warning =
            Finding::warning("data.metadataConnection.host", "the bundled PostgreSQL runs, and nobody talks to it", "another database");
        findings.push(warning.help("set `postgresql.enabled: false`"));
    }
    let repository: &str = values.postgresql.image.repository.as_deref().unwrap_or_default();
    if values.postgresql.enabled && repository.contains("bitnami") {
        let title = format!("`{repository}` is not laid out as the official image of PostgreSQL");
        let error = Finding::error("postgresql.image.repository", title, "an image for another chart");
        findings.push(error.help("leave it out, or name a copy of the official image `postgres`"));
    }
    // Every other way asks for the Secret by its name.
    let for_helm = values.delivery == Delivery::Helm;
    if for_helm && !values.postgresql.enabled && !elsewhere && connection.open_placeholder().is_none() {
        let warning = Finding::warning("postgresql.enabled", "no database is given", "the bundled one is not wanted");
        let warning = warning.note("the connection leads to the bundled PostgreSQL all the same");
        findings.push(warning.help("set `data.metadataConnection.host`, `.user` and `.pass`, or `data.metadataSecretName`"));
    }
}

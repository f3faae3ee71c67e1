//! The PostgreSQL to try Airflow out with.

use serde::Serialize;

use crate::model::current::basis::Basis;
use crate::model::current::network::Policy;
use crate::model::current::placement::{self, Placement};
use crate::model::current::security::PodSecurity;
use crate::model::labels::Labels;
use crate::values::{Annotations, Component as _, Postgresql};

/// What the templates of its StatefulSet and Service see.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BundledDatabase<'v> {
    name: String,
    labels: Labels,
    selector: Labels,
    user: &'v str,
    database: &'v str,
    port: u16,
    annotations: Annotations,
    policy: Policy<'v>,
    security_context: PodSecurity<'v>,
    #[serde(flatten)]
    placement: Placement<'v>,
    priority_class_name: Option<String>,
}

/// The user that the image has for the server.
const USER: u32 = 999;

/// What the templates of its StatefulSet and Service see.
pub fn seen<'v>(basis: &Basis<'v>) -> BundledDatabase<'v> {
    let values = basis.values;
    let keys = &values.postgresql;
    let database = keys.auth.database.as_deref();
    BundledDatabase {
        name: basis.names.of_component(keys),
        labels: basis.labelling.of_own(keys),
        selector: basis.labelling.selector(keys.name()),
        user: keys.user(values),
        database: database.unwrap_or(&values.data.metadata_connection.db),
        port: Postgresql::PORT,
        annotations: keys.annotations(values),
        policy: Policy::of(basis, keys),
        security_context: PodSecurity::of_user(basis, USER),
        placement: Placement::given(basis, &keys.scheduling),
        priority_class_name: placement::priority_class(basis, &keys.scheduling),
    }
}

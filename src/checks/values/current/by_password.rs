//! Connections to databases whose password is in a Secret of the user's.

use crate::values::{Connection, Values};

/// A connection that names a Secret with the password alone.
pub(super) struct ByPassword<'v> {
    /// The key of the connection.
    pub at: &'static str,
    pub connection: &'v Connection,
    /// The key that would name a Secret with the whole connection.
    pub whole: &'static str,
    /// Whether it does.
    pub has_whole: bool,
    /// Whether the pods go through the Cloud SQL Auth Proxy, and need no host.
    pub through_proxy: bool,
}

impl<'v> ByPassword<'v> {
    /// Those of the values.
    pub fn all(values: &'v Values) -> impl Iterator<Item = Self> {
        let data = &values.data;
        let metadata = Self {
            at: "data.metadataConnection",
            connection: &data.metadata_connection,
            whole: "data.metadataSecretName",
            has_whole: data.metadata_secret_name.is_some(),
            through_proxy: data.cloud_sql_proxy.enabled,
        };
        let result_backend = data.result_backend_connection.as_ref().map(|connection| Self {
            at: "data.resultBackendConnection",
            connection,
            whole: "data.resultBackendSecretName",
            has_whole: data.result_backend_secret_name.is_some(),
            through_proxy: false,
        });
        [metadata].into_iter().chain(result_backend).filter(|one| one.connection.pass_secret_name.is_some())
    }
}

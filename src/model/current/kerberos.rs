//! Kerberos: the cache of tickets that tasks read, and the containers that fill it.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use super::env::AirflowEnv;
use super::security::{self, Security};
use crate::model::variable::{self, Env, plain};
use crate::values::{KerberosContainer, Resources, Values};

/// What a pod has of Kerberos.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Kerberos<'v> {
    keytab_path: &'v str,
    config_path: &'v str,
    cache_path: &'v str,
    /// Whether the values have a `krb5.conf`.
    has_config: bool,
    /// The container that fills the cache before all others.
    init: Option<Container<'v>>,
    /// The container that renews the ticket.
    sidecar: Option<Container<'v>>,
}

/// A container that fills the cache.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Container<'v> {
    resources: &'v Resources,
    security_context: Security<'v>,
    lifecycle: Option<&'v Value>,
    env: Env<'v>,
}

/// The containers of a pod that run Kerberos, where they are asked for.
#[derive(Clone, Copy)]
pub struct Containers<'v> {
    pub init: &'v KerberosContainer,
    pub sidecar: &'v KerberosContainer,
}

impl<'v> Kerberos<'v> {
    /// What a pod with these containers has, if there is Kerberos.
    pub fn of(basis: &Basis<'v>, airflow: &AirflowEnv<'v>, containers: Containers<'v>) -> Option<Self> {
        let keys = &basis.values.kerberos;
        keys.enabled.then(|| Self {
            keytab_path: &keys.keytab_path,
            config_path: &keys.config_path,
            cache_path: &keys.ccache_mount_path,
            has_config: config(basis.values).is_some(),
            init: Container::of(basis, airflow, containers.init),
            sidecar: Container::of(basis, airflow, containers.sidecar),
        })
    }

    /// The variables by which the main container finds its tickets, where a container of the pod gets some.
    pub fn variables(&self, values: &'v Values) -> Env<'v> {
        if self.init.is_some() || self.sidecar.is_some() { variables(values) } else { Env::new() }
    }
}

impl<'v> Container<'v> {
    fn of(basis: &Basis<'v>, airflow: &AirflowEnv<'v>, keys: &'v KerberosContainer) -> Option<Self> {
        (keys.enabled == Some(true)).then(|| Self {
            resources: &keys.resources,
            security_context: security::of_container(basis, &keys.security_contexts.container),
            lifecycle: security::lifecycle(basis, &keys.container_lifecycle_hooks),
            env: variable::joined([variables(basis.values), airflow.custom.clone(), airflow.standard.clone()]),
        })
    }
}

/// Where programs find the configuration and the cache (MIT Kerberos).
fn variables(values: &Values) -> Env<'_> {
    vec![plain("KRB5_CONFIG", &*values.kerberos.config_path), plain("KRB5CCNAME", cache(values))]
}

/// The file with the tickets.
pub fn cache(values: &Values) -> String {
    format!("{}/{}", &*values.kerberos.ccache_mount_path, &*values.kerberos.ccache_file_name)
}

/// The text of `krb5.conf`, if there is Kerberos.
pub fn config(values: &Values) -> Option<&str> {
    let keys = &values.kerberos;
    keys.config.as_deref().filter(|text| keys.enabled && !text.is_empty())
}

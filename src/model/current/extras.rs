//! What the user adds: files of the config map, Secrets, config maps, and classes of importance.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use super::airflow_cfg;
use super::basis::Basis;
use super::kerberos;
use crate::checksum;
use crate::model::external::External;
use crate::model::labels::Labels;
use crate::values::yaml_entries;
use crate::values::{self, Annotations, LimitRangeItem, Ordered, PreemptionPolicy, ResourceAmount};

/// What is in the config map: airflow.cfg, and the files that go with it.
pub fn config(basis: &Basis<'_>) -> IndexMap<&'static str, String> {
    let values = basis.values;
    let git = &values.dags.git_sync;
    let known_hosts = git.known_hosts.clone().filter(|hosts| git.enabled && !hosts.is_empty());
    let files = [
        ("airflow.cfg", Some(airflow_cfg::text(basis))),
        ("airflow_local_settings.py", values.airflow_local_settings.clone()),
        ("known_hosts", known_hosts),
        ("krb5.conf", kerberos::config(values).map(str::to_owned)),
    ];
    files.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
}

/// The objects that the user adds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Extras<'v> {
    secrets: Vec<ExtraSecret<'v>>,
    config_maps: Vec<ExtraConfigMap<'v>>,
    priority_classes: Vec<PriorityClass>,
    quotas: &'v Ordered<ResourceAmount>,
    has_quotas: bool,
    limits: &'v [LimitRangeItem],
    has_limits: bool,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ExtraSecret<'v> {
    name: &'v str,
    #[serde(rename = "type")]
    kind: Option<&'v str>,
    labels: Labels,
    annotations: IndexMap<String, String>,
    data: Map<String, Value>,
    string_data: Map<String, Value>,
}

#[derive(Serialize)]
struct ExtraConfigMap<'v> {
    name: &'v str,
    labels: Labels,
    annotations: IndexMap<String, String>,
    data: Map<String, Value>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PriorityClass {
    name: String,
    preemption_policy: Option<PreemptionPolicy>,
    value: i32,
}

/// With which Helm makes an object before all others, where the user asks for that; and the user's own annotations.
fn hooks(basis: &Basis<'_>, wanted: Option<bool>, own: Option<&Annotations>) -> IndexMap<String, String> {
    let hook =
        [("helm.sh/hook", "pre-install,pre-upgrade"), ("helm.sh/hook-delete-policy", "before-hook-creation"), ("helm.sh/hook-weight", "0")];
    let hook = hook.into_iter().filter(|_| basis.is_for_helm() && wanted != Some(false));
    let own = own.into_iter().flat_map(|annotations| annotations.0.clone());
    hook.map(|(key, value)| (key.to_owned(), value.to_owned())).chain(own).collect()
}

impl<'v> Extras<'v> {
    pub fn of(basis: &Basis<'v>) -> Self {
        let values = basis.values;
        let labels = |own: Option<&values::Labels>| {
            let mut labels = basis.labelling.plain();
            labels.extend(own.into_iter().flat_map(|labels| labels.0.clone()));
            labels
        };
        let secret = |(name, keys): (&'v String, &'v values::ExtraSecret)| ExtraSecret {
            name,
            kind: keys.kind.as_deref(),
            labels: labels(keys.labels.as_ref()),
            annotations: hooks(basis, keys.use_helm_hooks, keys.annotations.as_ref()),
            data: yaml_entries(keys.data.as_deref()),
            string_data: yaml_entries(keys.string_data.as_deref()),
        };
        let config_map = |(name, keys): (&'v String, &values::ExtraConfigMap)| ExtraConfigMap {
            name,
            labels: labels(keys.labels.as_ref()),
            annotations: hooks(basis, keys.use_helm_hooks, keys.annotations.as_ref()),
            data: yaml_entries(keys.data.as_deref()),
        };
        let class = |class: &values::PriorityClass| PriorityClass {
            name: basis.names.priority_class(&class.name),
            preemption_policy: class.preemption_policy,
            value: class.value,
        };
        Self {
            secrets: values.extra_secrets.iter().map(secret).collect(),
            config_maps: values.extra_config_maps.iter().map(config_map).collect(),
            priority_classes: values.priority_classes.iter().map(class).collect(),
            quotas: &values.quotas,
            has_quotas: !values.quotas.is_empty(),
            limits: &values.limits,
            has_limits: !values.limits.is_empty(),
        }
    }
}

/// What the user says that others provide: the config maps with `webserver_config.py`, and Redis' claim.
pub fn external(values: &values::Values) -> impl Iterator<Item = External> {
    let (api, web) = (&values.api_server.api_server_config_config_map_name, &values.webserver.webserver_config_config_map_name);
    let named = [("ConfigMap", api), ("ConfigMap", web), ("PersistentVolumeClaim", &values.redis.persistence.existing_claim)];
    named.into_iter().filter_map(|(kind, name)| Some(External::object(kind, name.as_deref()?)))
}

/// Checksums of the Secrets and config maps that the user adds, since pods may refer to them.
pub fn checksums(basis: &Basis<'_>) -> Vec<(&'static str, String)> {
    let values = basis.values;
    let mut sums = Vec::new();
    let of = |parts: Vec<(&str, &str)>| checksum::of(parts);
    if !values.extra_config_maps.is_empty() {
        let parts = values.extra_config_maps.iter().map(|(name, keys)| (name.as_str(), keys.data.as_deref().unwrap_or_default()));
        sums.push(("extra-configmaps", of(parts.collect())));
    }
    if !values.extra_secrets.is_empty() {
        let parts = values
            .extra_secrets
            .iter()
            .flat_map(|(name, keys)| [&keys.data, &keys.string_data].map(|text| (name.as_str(), text.as_deref().unwrap_or_default())));
        sums.push(("extra-secrets", of(parts.collect())));
    }
    sums
}

//! What the user adds: files of the config map, Secrets, config maps, and parts that are given as YAML.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::yaml_texts::{entries, yaml_list};
use super::{Basis, airflow_cfg};
use crate::checksum;
use crate::model::External;
use crate::values::{ExtraConfigMap, ExtraSecret, Values};

/// Sources of environment variables of every Airflow container.
pub fn env_from(values: &Values) -> Value {
    yaml_list(values.extra_env_from.as_deref()).into()
}

/// What is in the config map: airflow.cfg, and the files that go with it.
pub fn config(basis: &Basis<'_>) -> IndexMap<&'static str, String> {
    let values = basis.values;
    let git = &values.dags.git_sync;
    let known_hosts = git.known_hosts.clone().filter(|hosts| git.enabled && !hosts.is_empty());
    let files = [
        ("airflow.cfg", Some(airflow_cfg::text(basis))),
        ("airflow_local_settings.py", values.airflow_local_settings.clone()),
        ("known_hosts", known_hosts),
    ];
    files.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
}

/// The file `webserver_config.py`: the config map that has it, and those that are made.
pub fn webserver_config(basis: &Basis<'_>) -> Value {
    let values = basis.values;
    let (api, web) = (&values.api_server, &values.webserver);
    let part =
        |text: &Option<String>, existing: &Option<crate::values::DnsSubdomain>, base: &str, annotations: &crate::values::Annotations| {
            let existing = existing.as_ref().and_then(|name| name.given()).map(str::to_owned);
            let text = text.as_ref().filter(|text| !text.is_empty());
            let made = basis.names.of(&format!("{base}-config"));
            json!({
                "configMap": existing.clone().or_else(|| text.map(|_| made.clone())),
                "text": text.filter(|_| existing.is_none()),
                "name": made,
                "volume": format!("{base}-config"),
                "labels": basis.labelling.of("config"),
                "annotations": annotations,
            })
        };
    json!({
        "apiServer": part(&api.api_server_config, &api.api_server_config_config_map_name, "api-server", &api.server.config_map_annotations),
        "webserver": part(&web.webserver_config, &web.webserver_config_config_map_name, "webserver", &web.server.config_map_annotations),
    })
}

/// With which Helm makes an object before all others, where the user asks for that.
fn hooks(basis: &Basis<'_>, wanted: Option<bool>, annotations: Option<&crate::values::Annotations>) -> IndexMap<String, String> {
    let hook =
        [("helm.sh/hook", "pre-install,pre-upgrade"), ("helm.sh/hook-delete-policy", "before-hook-creation"), ("helm.sh/hook-weight", "0")];
    let hook = hook.into_iter().filter(|_| basis.is_for_helm() && wanted != Some(false));
    let own = annotations.iter().flat_map(|annotations| annotations.0.clone());
    hook.map(|(key, value)| (key.to_owned(), value.to_owned())).chain(own).collect()
}

/// The objects that the user adds.
pub fn facts(basis: &Basis<'_>) -> Value {
    let values = basis.values;
    let labels = |own: &Option<crate::values::Labels>| {
        let mut labels = basis.labelling.plain();
        labels.extend(own.iter().flat_map(|labels| labels.0.clone()));
        labels
    };
    let secret = |(name, keys): (&String, &ExtraSecret)| {
        json!({
            "name": name,
            "type": keys.kind,
            "labels": labels(&keys.labels),
            "annotations": hooks(basis, keys.use_helm_hooks, keys.annotations.as_ref()),
            "data": entries(keys.data.as_deref()),
            "stringData": entries(keys.string_data.as_deref()),
        })
    };
    let config_map = |(name, keys): (&String, &ExtraConfigMap)| {
        json!({
            "name": name,
            "labels": labels(&keys.labels),
            "annotations": hooks(basis, keys.use_helm_hooks, keys.annotations.as_ref()),
            "data": entries(keys.data.as_deref()),
        })
    };
    let class = |class: &crate::values::PriorityClass| json!({"name": format!("{}-{}", basis.names.release, &*class.name), "preemptionPolicy": class.preemption_policy, "value": class.value});
    json!({
        "secrets": values.extra_secrets.iter().map(secret).collect::<Vec<_>>(),
        "configMaps": values.extra_config_maps.iter().map(config_map).collect::<Vec<_>>(),
        "priorityClasses": values.priority_classes.iter().map(class).collect::<Vec<_>>(),
        "quotas": values.quotas,
        "limits": values.limits,
    })
}

/// What the user says that others provide: the config maps with `webserver_config.py`, and Redis' claim.
pub fn external(basis: &Basis<'_>) -> Vec<External> {
    let values = basis.values;
    let (api, web) = (&values.api_server.api_server_config_config_map_name, &values.webserver.webserver_config_config_map_name);
    let named = [("ConfigMap", api), ("ConfigMap", web), ("PersistentVolumeClaim", &values.redis.persistence.existing_claim)];
    named.into_iter().filter_map(|(kind, name)| Some(External::object(kind, name.as_ref()?.given()?))).collect()
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

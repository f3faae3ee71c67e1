//! The facts of the edition for Airflow 2.11 and 3: what the official chart renders, from the same values.

mod airflow_cfg;
mod broker;
pub mod bundled_database;
mod checksums;
mod component;
mod containers;
mod dags;
mod database_proxy;
mod databases;
mod env;
mod extras;
mod images;
mod ingress;
mod jobs;
mod keda;
mod labels;
mod names;
mod network;
mod rbac;
mod ready;
mod secrets;
mod statsd;
mod task_pods;
mod workers;
mod yaml_texts;

use serde_json::{Map, Value, json};

use super::{External, KnownSecret};
use crate::values::{Component, Delivery, Values, camel_case};
use images::Images;
use labels::Labelling;
use names::Names;
use secrets::Secrets;
pub use yaml_texts::yaml_value;

/// The chart that objects say they come from.
pub const CHART: &str = "airflow-1.21.0";

/// What everything else is made from.
struct Basis<'v> {
    values: &'v Values,
    names: Names,
    labelling: Labelling,
    images: Images,
    secrets: Secrets,
}

impl<'v> Basis<'v> {
    fn of(values: &'v Values) -> Self {
        let names = Names::for_values(values);
        Self {
            labelling: Labelling::for_values(values, &names),
            images: Images::of(values),
            secrets: Secrets::of(values, &names),
            names,
            values,
        }
    }

    /// Whether the manifests are to be as Helm would have them, to the letter.
    fn is_for_helm(&self) -> bool {
        self.values.delivery == Delivery::Helm
    }

    /// Whether the version of Airflow is 3 or later.
    fn is_3(&self) -> bool {
        self.values.airflow_version.major() >= 3
    }
}

/// Derives all facts of this edition from the values.
pub(super) fn model(values: &Values) -> super::Model {
    let basis = Basis::of(values);
    let namespace = basis.names.namespace.as_str();
    let config = extras::config(&basis);
    let checksums = checksums::of(&basis, &config);
    let base_path = super::airflow_cfg::base_path(values);
    let mut facts = Map::new();
    let mut add = |name: &str, fact: Value| facts.insert(name.to_owned(), fact);
    add("release", json!({"name": basis.names.release, "namespace": namespace}));
    // Helm says the namespace when it installs, and not in the manifests.
    add("namespace", json!((!basis.is_for_helm()).then_some(namespace)));
    add("createNamespace", json!(values.create_namespace));
    add("isForHelm", json!(basis.is_for_helm()));
    add("home", json!(basis.names.home));
    add("labels", json!(basis.labelling.plain()));
    add("images", json!(basis.images));
    add("imagePullSecrets", images::pull_secrets(&basis));
    add("ports", json!(values.ports));
    add("databaseProxy", json!(database_proxy::container(&basis)));
    add("envFrom", extras::env_from(values));
    add("volumes", json!(values.volumes));
    add("volumeMounts", json!(values.volume_mounts));
    add(
        "waitForMigrationsArgs",
        json!(["airflow", "db", "check-migrations", format!("--migration-wait-timeout={}", values.images.migrations_wait_timeout)]),
    );
    add(
        "config",
        json!({
            "name": basis.names.of("config"),
            "labels": basis.labelling.of("config"),
            "annotations": values.airflow_config_annotations,
            "hasLocalSettings": config.contains_key("airflow_local_settings.py"),
            "data": config,
        }),
    );
    add("webserverConfig", extras::webserver_config(&basis));
    add("secrets", basis.secrets.manifests(&basis));
    add("logs", dags::logs(&basis));
    add("dags", dags::dags(&basis));
    add("gitSync", json!(dags::git_sync(&basis)));
    add("rbac", rbac::facts(&basis));
    add("networkPolicies", network::facts(&basis));
    add("ingress", ingress::facts(&basis));
    add(
        "health",
        json!({"apiServer": "/api/v2/monitor/health", "webserver": base_path.clone() + "/health", "headers": host_header(values)}),
    );
    add("executorLabel", json!(labels::Labelling::of_executor(&values.executor)));
    add("runsTasks", json!(values.executor.uses_local()));
    add("workerPersistence", json!(workers::persistence(&basis)));
    add("redisPasswordSecret", json!(basis.secrets.redis_password.name));
    add("limitRangeName", json!(basis.names.of("limit-range")));
    add("resourceQuotaName", json!(basis.names.of("resource-quota")));
    add("taskPod", task_pods::facts(&basis));
    add("mappings", statsd::facts(&basis));
    add("extras", extras::facts(&basis));
    add("bundledDatabase", bundled_database::facts(&basis));
    let shared = component::Shared { basis: &basis, checksums: &checksums };
    for (key, component) in values.components() {
        facts.insert(camel_case(key), shared.see(component));
    }
    for (job, more) in [("migrateDatabaseJob", jobs::migration(&basis)), ("createUserJob", jobs::first_user(&basis))] {
        if let (Some(Value::Object(seen)), Value::Object(more)) = (facts.get_mut(job), more) {
            seen.extend(more);
        }
    }
    facts["triggerer"]["trigger"] = keda::trigger(&basis, &values.triggerer.keda, || keda::query_for_triggers(values));
    facts.insert("workerSets".to_owned(), workers::facts(&shared));
    ready::extend(&mut facts, values);
    super::Model {
        edition: values.edition(),
        delivery: values.delivery,
        external: external(&basis),
        secrets: basis.secrets.all().map(known).collect(),
        missing: basis.secrets.missing(&basis),
        placeholders: basis.secrets.placeholders(&basis),
        facts,
    }
}

/// Whether Redis is among the manifests, and Celery's tasks go through another broker.
#[must_use]
pub fn redis_is_idle(values: &Values) -> bool {
    broker::is_bundled(values) && broker::is_elsewhere(values, &Names::for_values(values))
}

/// Whether an autoscaler asks the metadata database, which it does from outside of Airflow's pods.
#[must_use]
pub fn keda_asks(values: &Values) -> bool {
    databases::keda_asks(values)
}

/// A Secret as checks know it.
fn known(secret: &secrets::Secret) -> KnownSecret {
    KnownSecret { key: secret.values_key.clone(), is_given: secret.is_given, is_wanted: secret.wanted }
}

/// The image of Airflow's containers, as they have it.
#[must_use]
pub fn airflow_image(values: &Values) -> (String, String) {
    let image = Images::of(values).airflow;
    (image.name, image.tag)
}

/// The header with which the kubelet asks a webserver that has a name: it serves no other.
fn host_header(values: &Values) -> Vec<Value> {
    super::airflow_cfg::base_host(values).into_iter().map(|host| json!({"name": "Host", "value": host})).collect()
}

/// What the manifests refer to and others provide.
fn external(basis: &Basis<'_>) -> Vec<External> {
    let mut external = basis.secrets.external(basis);
    external.extend(dags::external(basis));
    external.extend(component::external(basis));
    external.extend(workers::external(basis));
    external.extend(task_pods::external(basis));
    external.extend(extras::external(basis));
    external
}

/// The components that are part of the set.
fn active(values: &Values) -> impl Iterator<Item = &dyn Component> {
    values.components().into_iter().map(|(_, component)| component).filter(|component| component.enabled(values))
}

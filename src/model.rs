//! The facts that templates place: each derived once from the values.
//!
//! Everything here is a pure function of the values. A template reads these facts and nothing else.

mod airflow_cfg;
mod checksums;
mod component;
pub mod connection;
mod env;
pub mod fernet;
mod git_sync;
mod image;
mod labels;
pub mod name;
mod secrets;
pub mod storage;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::values::{Edition, Values};
use image::Reference;
use labels::Labels;
use name::Names;
use secrets::Secret;
use storage::Storage;

/// All facts; serialised, they are what a template sees.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    /// The edition whose templates place the facts.
    #[serde(skip)]
    pub edition: Edition,
    namespace: String,
    create_namespace: bool,
    /// Labels of an object that belongs to no component.
    labels: IndexMap<String, String>,
    /// Airflow's home in its image.
    home: String,
    uid: u32,
    gid: u32,
    images: Images,
    image_pull_secrets: Value,
    ports: Value,
    config_map: ConfigMap,
    fernet_key: Secret,
    metadata: Secret,
    storage_secrets: Vec<Secret>,
    dags: Storage,
    dags_folder: String,
    logs: Storage,
    git_sync: Option<git_sync::GitSync>,
    rbac: Rbac,
    /// Objects that the manifests refer to and that others provide.
    #[serde(skip)]
    pub external: Vec<External>,
    /// What each component's templates see, by the component's key.
    #[serde(flatten)]
    components: IndexMap<&'static str, Map<String, Value>>,
    /// The keys of the components that are not part of the set.
    #[serde(skip)]
    disabled: Vec<&'static str>,
}

/// An object that the manifests refer to and that others provide.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct External {
    /// The object's kind.
    pub kind: &'static str,
    /// The object's name.
    pub name: String,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Images {
    airflow: Reference,
    statsd: Reference,
    git_sync: Reference,
}

#[derive(Clone, Debug, Serialize)]
struct ConfigMap {
    name: String,
    labels: IndexMap<String, String>,
    data: IndexMap<&'static str, String>,
}

#[derive(Clone, Debug, Serialize)]
struct Rbac {
    create: bool,
    role: String,
    binding: String,
    /// The accounts of the components that make pods.
    accounts: Vec<String>,
}

impl Model {
    /// Derives all facts from the values.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        let names = Names::for_values(values);
        let labels = Labels::of(values);
        let images = Images {
            airflow: image::airflow(values),
            statsd: image::of(&values.images.statsd),
            git_sync: image::of(&values.images.git_sync),
        };
        let namespace = name::namespace(values).to_owned();
        let (dags, logs) = (storage::dags(values, &names), storage::logs(values, &names));
        let git_sync = git_sync::of(values, &names);
        let dags_folder = git_sync.as_ref().map_or_else(|| storage::dags_path(values), |git_sync| git_sync.dags_folder.clone());
        let fernet_key = secrets::fernet_key(values, &names, &labels);
        let metadata = secrets::metadata(values, &names, &labels);
        let storage_secrets = secrets::storage(values, &labels);
        let mut external: Vec<External> = [&fernet_key, &metadata].into_iter().filter_map(Secret::external).collect();
        external.extend(storage::external(values));
        external.extend(git_sync.iter().flat_map(git_sync::GitSync::external));

        let mut config = IndexMap::new();
        let facts = airflow_cfg::Facts {
            names: &names,
            images: [&images.airflow, &images.git_sync],
            namespace: &namespace,
            dags: &dags,
            logs: &logs,
            git_sync: git_sync.as_ref(),
            dags_folder: &dags_folder,
            secrets: [&fernet_key, &metadata],
        };
        config.insert("airflow.cfg", airflow_cfg::text(values, &facts));
        config.extend(values.airflow_local_settings.clone().map(|code| ("airflow_local_settings.py", code)));
        config.extend(values.dags.git_sync.known_hosts.clone().filter(|_| git_sync.is_some()).map(|keys| ("known_hosts", keys)));

        let shared = component::Shared {
            values,
            names: &names,
            labels: &labels,
            checksums: checksums::of_pods(&config, &fernet_key, &metadata),
            env: env::of_airflow(values, &fernet_key, &metadata),
        };
        let mut model = Self {
            edition: values.edition(),
            create_namespace: values.create_namespace,
            labels: labels.plain(),
            home: values.airflow_home.to_string(),
            uid: values.uid,
            gid: values.gid,
            images,
            image_pull_secrets: serde_json::to_value(&values.image_pull_secrets).unwrap_or_default(),
            ports: serde_json::to_value(&values.ports).unwrap_or_default(),
            config_map: ConfigMap { name: names.config(), labels: labels.of_component("config"), data: config },
            rbac: Rbac {
                create: values.rbac.create,
                role: names.of("pod-launcher-role"),
                binding: names.of("pod-launcher-rolebinding"),
                accounts: Vec::new(),
            },
            namespace,
            fernet_key,
            metadata,
            storage_secrets,
            dags,
            dags_folder,
            logs,
            git_sync,
            external,
            components: IndexMap::new(),
            disabled: Vec::new(),
        };
        for (key, component) in values.components() {
            shared.add(key, component, &mut model);
        }
        model
    }

    /// Whether the templates of a folder are rendered: all but those of components that are not part of the set.
    #[must_use]
    pub fn renders(&self, folder: &str) -> bool {
        !self.disabled.contains(&folder)
    }
}

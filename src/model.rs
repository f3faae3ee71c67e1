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

use crate::values::{Edition, Need, Ports, PullSecret, Values};
use git_sync::GitSync;
use image::Reference;
use labels::{Labelling, Labels};
use name::Names;
use secrets::Secret;
use storage::Storage;

/// All that templates see, once it is serialised.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Model {
    /// The edition whose templates place the facts.
    #[serde(skip)]
    pub edition: Edition,
    #[serde(flatten)]
    facts: Facts,
    config_map: ConfigMap,
    rbac: Rbac,
    /// What each component's templates see, by the component's key.
    #[serde(flatten)]
    components: IndexMap<&'static str, Map<String, Value>>,
    /// The keys of the components that are not part of the set.
    #[serde(skip)]
    disabled: Vec<&'static str>,
    /// Objects that the manifests refer to and that others provide.
    #[serde(skip)]
    pub external: Vec<External>,
}

/// What is derived from the values alone, and what the config map and the components are then made from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts {
    #[serde(skip)]
    names: Names,
    #[serde(skip)]
    labelling: Labelling,
    namespace: String,
    create_namespace: bool,
    /// Labels of an object that belongs to no component.
    labels: Labels,
    /// Airflow's home in its image.
    home: String,
    uid: u32,
    gid: u32,
    images: Images,
    image_pull_secrets: Vec<PullSecret>,
    ports: Ports,
    fernet_key: Secret,
    metadata: Secret,
    storage_secrets: Vec<Secret>,
    dags: Storage,
    /// Where Airflow looks for DAGs.
    dags_folder: String,
    /// Where the webserver says whether it is well.
    health_path: String,
    logs: Storage,
    git_sync: Option<GitSync>,
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
    labels: Labels,
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

impl Facts {
    fn of(values: &Values) -> Self {
        let names = Names::for_values(values);
        let labelling = Labelling::of(values);
        let git_sync = git_sync::of(values, &names);
        Self {
            namespace: name::namespace(values).to_owned(),
            create_namespace: values.create_namespace,
            labels: labelling.plain(),
            home: storage::home(values),
            uid: values.uid,
            gid: values.gid,
            images: Images {
                airflow: image::airflow(values),
                statsd: image::of(&values.images.statsd),
                git_sync: image::of(&values.images.git_sync),
            },
            image_pull_secrets: values.image_pull_secrets.clone(),
            ports: values.ports.clone(),
            fernet_key: secrets::fernet_key(values, &names, &labelling),
            metadata: secrets::metadata(values, &names, &labelling),
            storage_secrets: secrets::storage(values, &labelling),
            dags: storage::dags(values, &names),
            dags_folder: git_sync.as_ref().map_or_else(|| storage::dags_path(values), |git_sync| git_sync.dags_folder.clone()),
            health_path: airflow_cfg::base_path(values) + "/health",
            logs: storage::logs(values, &names),
            git_sync,
            names,
            labelling,
        }
    }

    /// Objects that are referred to and that others provide.
    fn external(&self, values: &Values) -> Vec<External> {
        let secrets = [&self.fernet_key, &self.metadata].into_iter().filter_map(Secret::external);
        secrets.chain(storage::external(values)).chain(self.git_sync.iter().flat_map(GitSync::external)).collect()
    }

    /// What is in the config map: airflow.cfg, and the files that go with it.
    fn config(&self, values: &Values) -> IndexMap<&'static str, String> {
        let known_hosts = values.dags.git_sync.known_hosts.clone().filter(|keys| self.git_sync.is_some() && !keys.is_empty());
        let files = [
            ("airflow.cfg", Some(airflow_cfg::text(values, self))),
            ("airflow_local_settings.py", values.airflow_local_settings.clone().filter(|code| !code.is_empty())),
            ("known_hosts", known_hosts),
        ];
        files.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
    }
}

impl Model {
    /// Derives all facts from the values.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        let facts = Facts::of(values);
        let config = facts.config(values);
        let shared = component::Shared {
            values,
            facts: &facts,
            checksums: checksums::of_pods(&config, &facts),
            env: env::of_airflow(values, &facts),
        };
        let components = || values.components().into_iter();
        let active = || components().map(|(_, component)| component).filter(|component| component.enabled());
        let launchers = active().filter(|component| component.needs().contains(&Need::LaunchPods));
        Self {
            edition: values.edition(),
            config_map: ConfigMap { name: facts.names.config(), labels: facts.labelling.of_component("config"), data: config },
            rbac: Rbac {
                create: values.rbac.create,
                role: facts.names.of("pod-launcher-role"),
                binding: facts.names.of("pod-launcher-rolebinding"),
                accounts: launchers.map(|component| component::account_name(&facts.names, component)).collect(),
            },
            components: components().map(|(key, component)| (key, shared.see(component))).collect(),
            disabled: components().filter(|(_, component)| !component.enabled()).map(|(key, _)| key).collect(),
            external: facts.external(values).into_iter().chain(active().filter_map(|component| shared.external(component))).collect(),
            facts,
        }
    }

    /// Whether the templates of a folder are rendered: all but those of components that are not part of the set.
    #[must_use]
    pub fn renders(&self, folder: &str) -> bool {
        !self.disabled.contains(&folder)
    }
}

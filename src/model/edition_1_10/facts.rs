//! The facts that all other facts need.

use serde::Serialize;

use super::git_sync::{self, GitSync};
use super::image;
use super::labels::Labelling;
use super::name::{self, Names};
use super::secrets::{self, Secret};
use super::storage::{self, Storage};
use crate::model::airflow_cfg;
use crate::model::external::External;
use crate::model::image::{NameReference, Reference};
use crate::model::labels::Labels;
use crate::values::{Ports, Values};

/// What is derived from the values alone, and what the config map and the components are then made from.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Facts<'v> {
    #[serde(skip)]
    pub names: Names,
    #[serde(skip)]
    pub labelling: Labelling,
    pub namespace: String,
    pub create_namespace: bool,
    /// Labels of an object that belongs to no component.
    pub labels: Labels,
    /// Airflow's home in its image.
    pub home: String,
    pub uid: Option<u32>,
    pub gid: Option<u32>,
    pub images: Images,
    pub image_pull_secrets: Vec<NameReference>,
    pub ports: Ports,
    pub fernet_key: Secret,
    pub metadata: Secret,
    pub storage_secrets: Vec<Secret>,
    pub dags: Storage,
    /// Where Airflow looks for DAGs.
    pub dags_folder: String,
    /// Where the webserver says whether it is well.
    pub health_path: String,
    pub logs: Storage,
    pub git_sync: Option<GitSync<'v>>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Images {
    pub airflow: Reference,
    pub statsd: Reference,
    pub git_sync: Reference,
}

impl<'v> Facts<'v> {
    /// Derives them from the values.
    pub fn of(values: &'v Values) -> Self {
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
            image_pull_secrets: values.image_pull_secrets.iter().map(|secret| NameReference { name: secret.name().to_owned() }).collect(),
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
    pub fn external(&self, values: &Values) -> Vec<External> {
        let secrets = [&self.fernet_key, &self.metadata].into_iter().filter_map(Secret::external);
        let pulls = values.image_pull_secrets.iter().map(|secret| External::object("Secret", secret.name()));
        secrets.chain(storage::external(values)).chain(self.git_sync.iter().flat_map(GitSync::external)).chain(pulls).collect()
    }
}

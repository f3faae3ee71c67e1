//! The facts of edition 1.10: the stack of the article.

mod airflow_cfg;
mod checksums;
mod component;
mod env;
mod git_sync;
mod image;
mod labels;
pub mod name;
mod ready;
mod secrets;
pub mod storage;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::External;
use super::connection::{self, Reader};
use super::missing::{Fresh, Missing};
use super::placeholders::{self, Placeholder};
use super::volume;
use crate::model::image::Reference;
use crate::model::labels::Labels;
use crate::values::{Component, Need, Ports, Values};
use git_sync::GitSync;
use labels::Labelling;
use name::Names;
use secrets::Secret;
use storage::Storage;

/// All that templates see, once it is serialised.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Stack {
    #[serde(flatten)]
    facts: Facts,
    config_map: ConfigMap,
    rbac: Rbac,
    /// What each component's templates see, by the component's key.
    #[serde(flatten)]
    components: IndexMap<&'static str, Map<String, Value>>,
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
    image_pull_secrets: Vec<Value>,
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
            image_pull_secrets: values.image_pull_secrets.iter().map(|secret| json!({"name": secret.name()})).collect(),
            ports: values.ports.clone(),
            fernet_key: secrets::fernet_key(values, &names, &labelling),
            metadata: secrets::metadata(values, &names, &labelling),
            storage_secrets: secrets::storage(values, &labelling),
            dags: storage::dags(values, &names),
            dags_folder: git_sync.as_ref().map_or_else(|| storage::dags_path(values), |git_sync| git_sync.dags_folder.clone()),
            health_path: super::airflow_cfg::base_path(values) + "/health",
            logs: storage::logs(values, &names),
            git_sync,
            names,
            labelling,
        }
    }

    /// Objects that are referred to and that others provide.
    fn external(&self, values: &Values) -> Vec<External> {
        let secrets = [&self.fernet_key, &self.metadata].into_iter().filter_map(Secret::external);
        let pulls = values.image_pull_secrets.iter().map(|secret| External::object("Secret", secret.name()));
        secrets.chain(storage::external(values)).chain(self.git_sync.iter().flat_map(GitSync::external)).chain(pulls).collect()
    }

    /// The placeholders that are left in the Secrets.
    fn placeholders(&self, values: &Values) -> Vec<Placeholder> {
        let section = volume::shares_with_key(values).map(|(section, _)| section).next().unwrap_or_default();
        let share = format!("{section}.persistence.volume.azureFile.storageAccountKey");
        let named = [("fernetKey", &self.fernet_key), ("data.metadataConnection", &self.metadata)].into_iter();
        let made = named.chain(self.storage_secrets.iter().map(|secret| (share.as_str(), secret)));
        made.filter(|(_, secret)| secret.create).filter_map(|(key, secret)| placeholders::of(key, &secret.keys)).collect()
    }

    /// What is in the config map: airflow.cfg, and the files that go with it.
    fn config(&self, values: &Values) -> IndexMap<&'static str, String> {
        let known_hosts = values.dags.git_sync.known_hosts.clone().filter(|keys| self.git_sync.is_some() && !keys.is_empty());
        let files = [
            ("airflow.cfg", Some(super::airflow_cfg::text(&super::airflow_cfg::with_own(values, airflow_cfg::sections(values, self))))),
            ("airflow_local_settings.py", values.airflow_local_settings.clone().filter(|code| !code.is_empty())),
            ("known_hosts", known_hosts),
        ];
        files.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
    }
}

/// The Secrets that have to exist, for which the user gave neither a value nor a name.
fn missing(values: &Values, facts: &Facts) -> Vec<Missing> {
    let of = |key: &str, secret: &Secret, example: &str, fresh| Missing {
        key: key.to_owned(),
        name: secret.name.clone(),
        namespace: facts.namespace.clone(),
        literals: vec![(secret.key.to_owned(), example.to_owned())],
        fresh,
    };
    let key = of("fernetKey", &facts.fernet_key, "KEY", Some(Fresh::FernetKey));
    let uri = of(
        "data.metadataConnection",
        &facts.metadata,
        &connection::example(Reader::Sqlalchemy, values.data.metadata_connection.protocol),
        None,
    );
    let mut missing = Vec::new();
    missing.extend(Some(key).filter(|_| !facts.fernet_key.create && values.keys.existing_fernet_key_secret().is_none()));
    missing.extend(Some(uri).filter(|_| !facts.metadata.create && values.data.existing_secret().is_none()));
    for (section, share) in volume::shares_with_key(values).filter(|(_, share)| share.lacks_key()) {
        let name = share.secret().to_owned();
        if missing.iter().all(|one: &Missing| one.name != name) && facts.storage_secrets.iter().all(|one| one.name != name) {
            missing.push(Missing {
                key: format!("{section}.persistence.volume.azureFile.storageAccountKey"),
                name,
                namespace: volume::secret_namespace(share, values, &facts.namespace),
                literals: vec![
                    (volume::ACCOUNT_NAME.to_owned(), share.storage_account.to_string()),
                    (volume::ACCOUNT_KEY.to_owned(), "KEY".to_owned()),
                ],
                fresh: None,
            });
        }
    }
    missing
}

/// The components that this edition has.
fn components(values: &Values) -> impl Iterator<Item = (&'static str, &dyn Component)> {
    values.components().into_iter().filter(|(key, _)| ["scheduler", "webserver", "statsd", "workers"].contains(key))
}

/// Derives all facts of this edition from the values.
pub(super) fn model(values: &Values) -> super::Model {
    let facts = Facts::of(values);
    let config = facts.config(values);
    let shared =
        component::Shared { values, facts: &facts, checksums: checksums::of_pods(&config, &facts), env: env::of_airflow(values, &facts) };
    let active = || components(values).map(|(_, component)| component).filter(|component| component.enabled(values));
    let launchers = active().filter(|component| component.needs().contains(&Need::LaunchPods));
    let stack = Stack {
        config_map: ConfigMap { name: facts.names.config(), labels: facts.labelling.of_component("config"), data: config },
        rbac: Rbac {
            create: values.rbac.create,
            role: facts.names.of("pod-launcher-role"),
            binding: facts.names.of("pod-launcher-rolebinding"),
            accounts: launchers.map(|component| component::account_name(&facts.names, component)).collect(),
        },
        components: components(values).map(|(key, component)| (key, shared.see(component))).collect(),
        facts: facts.clone(),
    };
    let external = facts.external(values).into_iter().chain(active().filter_map(|component| shared.external(component))).collect();
    let mut facts_of_templates = super::facts(&stack);
    ready::extend(&mut facts_of_templates, values);
    super::Model {
        edition: values.edition(),
        delivery: values.delivery,
        facts: facts_of_templates,
        external,
        secrets: Vec::new(),
        missing: missing(values, &facts),
        placeholders: facts.placeholders(values),
    }
}

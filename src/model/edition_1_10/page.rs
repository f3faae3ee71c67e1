//! What templates see.

use indexmap::IndexMap;
use serde::Serialize;

use super::component::{Seen, Shared};
use super::exporter::Exporter;
use super::facts::Facts;
use super::{airflow_cfg, component};
use crate::model::airflow_cfg as cfg;
use crate::model::labels::Labels;
use crate::values::{Need, Values};

/// What templates see, by the names that they have for it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page<'v> {
    #[serde(flatten)]
    facts: Facts<'v>,
    config_map: ConfigMap,
    rbac: Rbac,
    exporter: Exporter,
    /// The components, by their keys.
    #[serde(flatten)]
    components: IndexMap<&'static str, Seen<'v>>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct ConfigMap {
    name: String,
    labels: Labels,
    has_local_settings: bool,
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

impl<'v> Page<'v> {
    /// Derives it from the values.
    pub fn of(values: &'v Values, facts: Facts<'v>) -> Self {
        let data = config(values, &facts);
        let shared = Shared::of(values, &facts, &data);
        let launchers = component::active(values).filter(|component| component.needs().contains(&Need::LaunchPods));
        let components = component::all(values).map(|(key, component)| (key, shared.see(component))).collect();
        Self {
            config_map: ConfigMap {
                name: facts.names.config(),
                labels: facts.labelling.of_component("config"),
                has_local_settings: data.contains_key("airflow_local_settings.py"),
                data,
            },
            rbac: Rbac {
                create: values.rbac.create,
                role: facts.names.of("pod-launcher-role"),
                binding: facts.names.of("pod-launcher-rolebinding"),
                accounts: launchers.map(|component| component::account_name(&facts.names, component)).collect(),
            },
            exporter: Exporter::of(values),
            components,
            facts,
        }
    }
}

/// What is in the config map: airflow.cfg, and the files that go with it.
fn config(values: &Values, facts: &Facts<'_>) -> IndexMap<&'static str, String> {
    let known_hosts = values.dags.git_sync.known_hosts.clone().filter(|keys| facts.git_sync.is_some() && !keys.is_empty());
    let files = [
        ("airflow.cfg", Some(cfg::text(&cfg::with_own(values, airflow_cfg::sections(values, facts))))),
        ("airflow_local_settings.py", values.airflow_local_settings.clone().filter(|code| !code.is_empty())),
        ("known_hosts", known_hosts),
    ];
    files.into_iter().filter_map(|(name, text)| Some((name, text?))).collect()
}

//! What components declare about themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Annotations, DnsSubdomain, Edition, Workload};

/// A part of Airflow that runs in pods of its own.
///
/// A component declares here what the rest of the house needs to know of it; nothing else names it.
pub trait Component {
    /// The value of its label `component`, which also begins its names.
    fn name(&self) -> &'static str;

    /// Its own values, as its templates see them.
    fn values(&self) -> Value;

    /// Whether it is part of the set at all.
    fn enabled(&self) -> bool {
        true
    }

    /// What it needs or does that others have to provide for.
    fn needs(&self) -> &'static [Need] {
        &[]
    }

    /// The account that its pods run as; `None`: the namespace's default one.
    fn service_account(&self) -> Option<&ServiceAccount> {
        None
    }

    /// How many of it may run at once in an edition, if the user wants more.
    fn too_many(&self, _edition: Edition) -> Option<u32> {
        None
    }

    /// What its workload has in common with others', if it has one.
    fn workload(&self) -> Option<&Workload> {
        None
    }

    /// Annotations of its pods that the user asks for, directly or by another key.
    fn pod_annotations(&self) -> Annotations {
        self.workload().map(|workload| workload.pod_annotations.clone()).unwrap_or_default()
    }
}

/// What a component needs or does that others have to provide for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It runs Airflow: it gets airflow.cfg and the environment that goes with it.
    Airflow,
    /// It reads and writes the metadata database, so that a change of the connection has to restart it.
    Database,
    /// It makes pods and watches them.
    LaunchPods,
}

/// The account that pods run as.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceAccount {
    /// Whether the account is among the manifests; if not, it has to exist. Default: `true`.
    pub create: bool,
    /// The account's name. Default: made from the component's; `default` for one that is not made.
    pub name: Option<DnsSubdomain>,
    /// Annotations of the account, such as a cloud's role. Default: none.
    pub annotations: Annotations,
}

impl Default for ServiceAccount {
    fn default() -> Self {
        Self { create: true, name: None, annotations: Annotations::default() }
    }
}

/// A component's values as its templates see them.
pub(super) fn as_template_sees(component: &impl Serialize) -> Value {
    serde_json::to_value(component).expect("values are plain data")
}

//! What components declare about themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Annotations, DnsLabel, DnsSubdomain, Edition, Line, Optional, Values, Workload};

/// A part of Airflow that runs in pods of its own.
///
/// A component declares here what the rest of the house needs to know of it; nothing else names it.
pub trait Component {
    /// The value of its label `component`.
    fn name(&self) -> &'static str;

    /// What its objects' names end with.
    fn object_name(&self) -> &'static str {
        self.name()
    }

    /// What its account's name ends with.
    fn account_name(&self) -> &'static str {
        self.object_name()
    }

    /// Its own values, as its templates see them.
    fn values(&self) -> Value;

    /// Whether it is part of the set at all.
    fn enabled(&self, _values: &Values) -> bool {
        true
    }

    /// What it needs or does that others have to provide for.
    fn needs(&self) -> &'static [Need] {
        &[]
    }

    /// How many of it may run at once in an edition, if the user wants more.
    fn too_many(&self, _edition: Edition) -> Option<u32> {
        None
    }

    /// What its workload has in common with others', if it has one.
    fn workload(&self) -> Option<&Workload> {
        None
    }

    /// The user that its pods run as, where that is not Airflow's.
    fn user(&self) -> Option<u32> {
        None
    }

    /// Whether each of its pods has a volume of its own (Kubernetes: StatefulSet).
    fn is_stateful(&self, _values: &Values) -> bool {
        false
    }

    /// Whether an autoscaler decides how many of it run.
    fn is_scaled(&self) -> bool {
        false
    }

    /// Whether the cluster autoscaler may move its pods, if it says so.
    fn safe_to_evict(&self) -> Option<bool> {
        None
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
    /// It makes tokens, or checks them: it gets the secret that signs them.
    Tokens,
    /// It runs in several copies, which should not share a node.
    Apart,
    /// It reads DAGs.
    Dags,
    /// It reads DAGs before all others do.
    DagsFirst,
    /// It reads DAGs where no DAG processor does, or where tasks run in it.
    DagsIfAlone,
}

/// The account that pods run as.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ServiceAccount {
    /// Whether the account is among the manifests; if not, it has to exist. Default: `true`.
    pub create: Option<bool>,
    /// The account's name. Default: made from the component's; `default` for one that is not made.
    pub name: Optional<DnsSubdomain>,
    /// Annotations of the account, such as a cloud's role. Default: none.
    pub annotations: Annotations,
    /// Whether pods have the account's token, with which they may use the Kubernetes API. Default: `true`.
    pub automount_service_account_token: Option<bool>,
    /// A token that is mounted by hand, where it is not mounted by itself.
    pub service_account_token_volume: TokenVolume,
}

/// A token of the account that is mounted by hand.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct TokenVolume {
    /// Whether it is mounted, where `automountServiceAccountToken` is `false`. Default: `false`.
    pub enabled: bool,
    /// The folder of the token. Default: where Kubernetes has it by itself.
    pub mount_path: Optional<Line>,
    /// The volume's name. Default: `kube-api-access`.
    pub volume_name: Option<DnsLabel>,
    /// Seconds that a token is valid. Default: 3600.
    #[schemars(range(min = 600))]
    pub expiration_seconds: Option<u32>,
    /// For whom the token is. Default: the Kubernetes API.
    pub audience: Optional<Line>,
}

/// A component's values as its templates see them.
pub(super) fn as_template_sees(component: &impl Serialize) -> Value {
    serde_json::to_value(component).expect("values are plain data")
}

/// Writes the parts of [`Component`] that are the same for every component with a [`Workload`].
macro_rules! workload {
    () => {
        fn values(&self) -> serde_json::Value {
            $crate::values::component::as_template_sees(self)
        }

        fn workload(&self) -> Option<&$crate::values::Workload> {
            Some(&self.workload)
        }
    };
}
pub(super) use workload;

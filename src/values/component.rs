//! What components declare about themselves.

use super::{
    Annotations, DnsSubdomain, Edition, Image, Ingress, Job, Keda, LogGroomer, NetworkPolicyPeer, NetworkPolicyPort, OwnVolume,
    SecretValue, Values, WaitForMigrations, Workload,
};

/// A part of Airflow that runs in pods of its own.
///
/// A component declares here what the rest of the house needs to know of it; nothing else names it. Serialised, it is its
/// own values, as templates see them.
pub trait Component: erased_serde::Serialize {
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

    /// Labels of its objects besides those that every object has.
    fn labels(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Whether its objects' names begin with the release's name, however others are named.
    fn is_named_by_release(&self) -> bool {
        false
    }

    /// The keys of its Job, if it is one, and when that runs.
    fn job(&self) -> Option<(&Job, JobStep)> {
        None
    }

    /// The keys of its image, where that is not Airflow's.
    fn image<'v>(&'v self, _values: &'v Values) -> Option<&'v Image> {
        None
    }

    /// The user that its pods run as, where that is not Airflow's.
    fn user(&self) -> Option<u32> {
        None
    }

    /// The container that removes its old logs, if it can have one.
    fn log_groomer(&self) -> Option<&LogGroomer> {
        None
    }

    /// The container that waits for the database, if it can have one.
    fn wait_for_migrations(&self) -> Option<&WaitForMigrations> {
        None
    }

    /// The volume for logs that each of its pods may have.
    fn own_volume(&self) -> Option<&OwnVolume> {
        None
    }

    /// KEDA's autoscaler, if it can have one, and what it goes by.
    fn keda(&self) -> Option<(&Keda, Demand<'_>)> {
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

    /// The Secrets that it alone reads.
    fn secrets<'v>(&'v self, _values: &'v Values) -> Vec<OwnSecret<'v>> {
        Vec::new()
    }

    /// The Ingress that may lead to it.
    fn ingress<'v>(&'v self, _values: &'v Values) -> Option<Exposure<'v>> {
        None
    }

    /// Who may connect to which of its ports, where network policies are asked for.
    fn admits<'v>(&'v self, _values: &'v Values) -> Admission<'v> {
        Admission::default()
    }
}

erased_serde::serialize_trait_object!(Component);

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
    SeparateNodes,
    /// It reads DAGs.
    Dags,
    /// It reads DAGs before all others do.
    DagsFirst,
    /// It reads DAGs where no DAG processor does, or where tasks run in it.
    DagsIfAlone,
}

/// When a Job runs: one step after the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobStep {
    /// The database is brought to the version of Airflow, which all others wait for.
    Migration,
    /// The first user is made.
    FirstUser,
}

/// What decides how many pods are needed.
#[derive(Clone, Copy, Debug)]
pub enum Demand<'v> {
    /// The triggers that wait.
    Triggers,
    /// The tasks that wait or run in queues, with commas between several.
    Tasks(&'v str),
}

/// A Secret that one component alone reads, with one key.
pub struct OwnSecret<'v> {
    /// The key of the values that gives it: `redis.password`.
    pub values_key: &'static str,
    /// How the component's templates call it.
    pub id: &'static str,
    /// What its name ends with.
    pub object_name: &'static str,
    /// The key in it.
    pub key: &'static str,
    /// What stands under that key before the secret, such as `user:`.
    pub before: String,
    /// What the values give for it.
    pub value: Option<&'v SecretValue>,
    /// The name of a Secret that exists and takes its place.
    pub existing: Option<&'v DnsSubdomain>,
    /// Whether a pod reads it.
    pub is_wanted: bool,
    /// Whether any text will do that nobody can guess.
    pub any_will_do: bool,
    /// How a placeholder for it stands in the Secret.
    pub placeholder: PlaceholderForm,
    /// Whether Helm makes it once, before all else (Helm: `pre-install`).
    pub is_made_once: bool,
    /// Its annotations.
    pub annotations: Annotations,
    /// Among which others it is told of.
    pub group: SecretGroup,
}

/// How a placeholder stands in a Secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlaceholderForm {
    /// Among what is base64 (Kubernetes: `data`).
    Data,
    /// As a text (Kubernetes: `stringData`): another Secret has the same placeholder in a text of its own.
    Text,
}

/// What Secrets are for: the order in which they are told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SecretGroup {
    /// Logging in to a database.
    Database,
    /// Logging in to Celery's broker.
    Broker,
    /// Encrypting, signing, and logging in to Airflow.
    Keys,
    /// Logging in to a git repository.
    Git,
    /// Mounting a volume.
    Storage,
}

/// How a component is reached from outside by name.
pub struct Exposure<'v> {
    /// The section of `ingress` that describes it.
    pub keys: &'v Ingress,
    /// Whether the general `ingress.enabled` makes it as well.
    pub by_general_key: bool,
    /// What the Ingress' name ends with.
    pub object_name: &'static str,
    /// The value of the Ingress' label `component`.
    pub label: &'static str,
    /// The name of the port of the component's Service.
    pub port: &'static str,
}

/// Who may connect to which ports of a component; nobody, where there is no caller.
#[derive(Default)]
pub struct Admission<'v> {
    /// Who may connect.
    pub callers: Vec<Caller<'v>>,
    /// To which ports.
    pub ports: Vec<Port<'v>>,
}

/// A port that callers may connect to.
#[derive(Clone, Copy, Debug)]
pub enum Port<'v> {
    /// A port by TCP.
    Tcp(u16),
    /// A port by UDP.
    Udp(u16),
    /// A port by the protocol that Kubernetes takes where none is said, which is TCP.
    Any(u16),
    /// One that the user names.
    Given(&'v NetworkPolicyPort),
}

impl<'v> Port<'v> {
    /// The ports that the user names, or else a component's own.
    #[must_use]
    pub fn given_or(given: &'v [NetworkPolicyPort], own: u16) -> Vec<Self> {
        if given.is_empty() { vec![Self::Any(own)] } else { given.iter().map(Self::Given).collect() }
    }
}

/// Who may connect to a component.
#[derive(Clone, Copy, Debug)]
pub enum Caller<'v> {
    /// The component that serves the user interface.
    UserInterface,
    /// The pods of a component, by its name.
    Component(&'static str),
    /// All pods of the release.
    Release,
    /// Whom the user names.
    Peer(&'v NetworkPolicyPeer),
}

//! What checks know of a release besides its manifests.

use super::external::External;
use super::missing::Missing;
use super::placeholders::Placeholder;
use crate::schema::Path;
use crate::values::Heard;

/// What follows from the values besides what templates place.
#[derive(Clone, Debug)]
pub struct Known {
    /// The namespace that objects say they are in.
    pub namespace: Option<String>,
    /// Objects that the manifests refer to and that others provide.
    pub external: Vec<External>,
    /// The Secrets that pods refer to.
    pub secrets: Vec<KnownSecret>,
    /// The Secrets that have to exist, for which the user gave neither a value nor a name.
    pub missing: Vec<Missing>,
    /// The placeholders that are left in the Secrets.
    pub placeholders: Vec<Placeholder>,
    /// The options that airflow.cfg has besides those of the values, as section and name.
    pub options: Vec<(String, String)>,
    /// The variables that gen sets in Airflow's containers.
    pub variables: Vec<String>,
    /// The image of Airflow's containers.
    pub airflow_image: AirflowImage,
    /// Whether Redis is among the manifests, and Celery's tasks go through another broker.
    pub redis_is_idle: bool,
    /// Which autoscalers ask the metadata database, which they do from outside of Airflow's pods.
    pub keda: KnownKeda,
    /// Whether the pool in front of the metadata database, if there is one, knows who logs in.
    pub pool_has_logins: bool,
    /// Who has to be able to make pods, for the Kubernetes executor and for tasks.
    pub launchers: Vec<Launchers>,
    /// The namespaces that pods of tasks run in, besides the release's.
    pub task_namespaces: Vec<String>,
    /// Whether Airflow sends its metrics to StatsD unless it is told otherwise.
    pub has_statsd: bool,
    /// The address of the server that serves the user interface; none in edition 1.10.
    pub server: Option<KnownServer>,
}

/// Which autoscalers ask the metadata database.
#[derive(Clone, Copy, Debug, Default)]
pub struct KnownKeda {
    /// Whether any asks.
    pub asks: bool,
    /// Whether one asks the database itself, and not a pool in front of it.
    pub asks_itself: bool,
    /// Whether one asks by the URI of Airflow's own connection.
    pub asks_as_airflow: bool,
}

/// What is said of the address of the server that serves the user interface.
#[derive(Clone, Debug)]
pub struct KnownServer {
    /// The address that users know it by (Airflow: `base_url`).
    pub base_url: Heard<'static>,
    /// The path of its certificate.
    pub certificate: Heard<'static>,
    /// The path of the certificate's key.
    pub key: Heard<'static>,
    /// The path that its Ingress leads to it, if it has one, and the key of the values that says so.
    pub ingress_path: Option<(Path, String)>,
    /// The path below which it serves, without a slash at its end.
    pub path: String,
    /// Where pods of the set reach it, such as `http://airflow-api-server:8080/airflow`.
    pub url: String,
    /// The names of its host inside of the cluster.
    pub hosts: [String; 4],
    /// All ports of its Service.
    pub ports: Vec<u16>,
}

/// A Secret that a release may have.
#[derive(Clone, Debug)]
pub struct KnownSecret {
    /// The key of the values that gives it, or would.
    pub key: String,
    /// Whether the values give it, or name a Secret that exists.
    pub is_given: bool,
    /// Whether a pod refers to it.
    pub is_wanted: bool,
}

/// The accounts that have to be able to make pods in a namespace.
#[derive(Clone, Debug)]
pub struct Launchers {
    /// The namespace; none stands for every one of the cluster.
    pub namespace: Option<String>,
    /// The accounts, as `namespace:name`.
    pub accounts: Vec<String>,
}

/// The image of Airflow's containers.
#[derive(Clone, Debug)]
pub struct AirflowImage {
    /// The whole of it, as a container has it.
    pub name: String,
    /// The tag.
    pub tag: String,
}

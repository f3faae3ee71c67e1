//! The values: what a user decides, typed, with its meaning and default.
//!
//! Each field's doc comment is its manual. Keys are the official Airflow chart's, in camel case; a field here that
//! the chart lacks says so. Which components exist is said in this file alone, see [`Values::components`].

mod airflow;
mod component;
mod dags;
mod data;
mod edition;
mod file;
mod hiding;
mod images;
mod kubernetes;
pub mod layers;
mod logs;
mod persistence;
mod scheduler;
mod secret;
mod set;
mod statsd;
mod text;
mod webserver;
mod workers;
mod workload;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use airflow::{AirflowConfig, EnvironmentSecret, Executor, OptionValue, Ports, PullSecret, Rbac};
pub use component::{Component, Need, ServiceAccount};
pub use dags::{Dags, GitSync};
pub use data::{Data, MetadataConnection, Protocol};
pub use edition::{AirflowVersion, Edition};
pub use images::{Image, Images, PullPolicy};
pub use kubernetes::*;
pub use layers::{Given, Layer, Layers};
pub use logs::Logs;
pub use persistence::{AccessMode, AzureFile, Persistence, ReclaimPolicy, Volume};
pub use scheduler::Scheduler;
pub use secret::{Password, Placeholder, SecretValue};
pub use statsd::Statsd;
pub use text::*;
pub use webserver::Webserver;
pub use workers::Workers;
pub use workload::{Extras, Placement, Probe, Scheduling, Workload};

/// Declares [`Values`]: the general keys, then the components, a line each.
macro_rules! values {
    (
        general { $( $(#[$general_doc:meta])* $general:ident: $general_type:ty $(= $default:expr)?, )* }
        components { $( $(#[$component_doc:meta])* $component:ident: $component_type:ty, )* }
    ) => {
        /// The whole values file. Every key has a default; a file says only what differs.
        #[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
        #[serde(rename_all = "camelCase", default)]
        pub struct Values {
            $( $(#[$general_doc])* pub $general: $general_type, )*
            $( $(#[$component_doc])* pub $component: $component_type, )*
        }

        impl Default for Values {
            fn default() -> Self {
                Self {
                    $( $general: values!(@default $($default)?), )*
                    $( $component: <$component_type>::default(), )*
                }
            }
        }

        impl Values {
            /// The components that exist, by their keys.
            #[must_use]
            pub fn components(&self) -> Vec<(&'static str, &dyn Component)> {
                vec![ $( (stringify!($component), &self.$component as &dyn Component), )* ]
            }
        }
    };
    (@default) => { Default::default() };
    (@default $default:expr) => { $default };
}

values! {
    general {
        /// The version of Airflow, such as `1.10.12`; it decides which edition of the manifests is written.
        /// Default: `3.2.0`, the chart's. The edition that exists so far is 1.10.
        airflow_version: AirflowVersion,
        /// The name of the release, as Helm's: it goes into the label `release`. `--release-name` has precedence.
        /// Default: `airflow`. The chart has it from Helm's command line only.
        release_name: Option<LabelValue>,
        /// The namespace of every object that has one. `--namespace` has precedence. Default of edition 1.10:
        /// `airflow-on-k8s`. The chart has it from Helm's command line only.
        namespace: Option<DnsLabel>,
        /// Whether the Namespace itself is among the manifests, as with Helm's `--create-namespace`.
        /// Default of edition 1.10: `true`.
        create_namespace: bool,
        /// What every name begins with, with a hyphen behind it. Default: nothing, so that the scheduler is `scheduler`.
        fullname_override: NamePrefix,
        /// The folder in which the image has Airflow's home. Default: `/opt/airflow`.
        airflow_home: AbsolutePath = "/opt/airflow".into(),
        /// The image repository of Airflow, where `images.airflow.repository` says nothing. Default: `apache/airflow`.
        default_airflow_repository: ImageRepository = "apache/airflow".into(),
        /// The image tag of Airflow, where `images.airflow.tag` says nothing. Default: the Airflow version.
        default_airflow_tag: Option<ImageTag>,
        /// The images that are run.
        images: Images,
        /// The names of Secrets with registry credentials, for all pods, the executor's workers included. Default: none.
        image_pull_secrets: Vec<PullSecret>,
        /// The numeric user that Airflow's containers run as. Default: 50000, the image's.
        uid: u32 = 50000,
        /// The numeric group that owns the files of mounted volumes. Default: 0; of edition 1.10: 50000.
        gid: u32 = 0,
        /// The executor. Edition 1.10 has `KubernetesExecutor`, which makes a pod for each task.
        executor: Executor,
        /// Labels for every object. Default: none.
        labels: Labels,
        /// Where pods run, unless their component says otherwise.
        #[serde(flatten)]
        scheduling: Scheduling,
        /// Environment variables of every Airflow container, the executor's workers included. Default: none.
        env: Vec<Variable>,
        /// Environment variables of every Airflow container whose values are keys of Secrets that exist. Default: none.
        secret: Vec<EnvironmentSecret>,
        /// The ports that the components listen on.
        ports: Ports,
        /// Roles and bindings.
        rbac: Rbac,
        /// Options of airflow.cfg: `config.<section>.<option>`. They come on top of what the edition and the other
        /// values give; `null` leaves an option out. Text, numbers and booleans are written as they are.
        config: AirflowConfig,
        /// Python code for the file `airflow_local_settings.py`, which Airflow reads when it starts. Default: none.
        airflow_local_settings: Option<String>,
        /// The metadata database.
        data: Data,
        /// The key that encrypts connections and variables in the database: 44 characters of url-safe base64, as
        /// `cryptography.fernet.Fernet.generate_key()` makes it, or several with commas between, the newest first.
        fernet_key: Option<SecretValue>,
        /// The name of a Secret that exists and holds the key as `fernet-key`, in the place of `fernetKey`.
        #[schemars(extend("writeOnly" = true))]
        fernet_key_secret_name: Option<DnsSubdomain>,
        /// Where DAGs come from: a volume, git, or (where neither is asked for) the image.
        dags: Dags,
        /// Where the logs of tasks are kept.
        logs: Logs,
    }
    components {
        /// The scheduler.
        scheduler: Scheduler,
        /// The webserver.
        webserver: Webserver,
        /// The StatsD exporter, which takes Airflow's metrics and shows them to Prometheus.
        statsd: Statsd,
        /// The workers: pods that the Kubernetes executor makes, one a task.
        workers: Workers,
    }
}

impl Values {
    /// The Secret with the fernet key that exists, in the place of one that is made.
    #[must_use]
    pub fn existing_fernet_key_secret(&self) -> Option<&str> {
        self.fernet_key_secret_name.as_ref()?.given()
    }

    /// The edition of the manifests that the Airflow version asks for.
    ///
    /// # Panics
    ///
    /// Never on values from [`Layers::values`], which refuses versions that have no edition.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.airflow_version.edition().expect("layers refuse other versions")
    }
}

/// The JSON Schema of the values: from their types, closed everywhere but in free maps.
#[must_use]
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Values).to_value();
    close(&mut schema);
    schema
}

/// Closes every map whose keys are listed.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(entries) => {
            // Kubernetes' own whole numbers have 32 bits and a sign.
            if entries.get("format").is_some_and(|format| format == "uint32") && !entries.contains_key("maximum") {
                entries.insert("maximum".to_owned(), i32::MAX.into());
            }
            if entries.get("properties").is_some_and(Value::is_object) && !entries.contains_key("additionalProperties") {
                entries.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            entries.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// A free map in the order in which it was written.
pub type Ordered<T> = IndexMap<String, T>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_has_a_manual() {
        fn walk(at: &str, schema: &Value, found: &mut Vec<String>) {
            for (key, property) in schema["properties"].as_object().into_iter().flatten() {
                if property.get("description").is_none() {
                    found.push(format!("{at}.{key}"));
                }
            }
        }
        let schema = schema();
        let mut found = Vec::new();
        walk("values", &schema, &mut found);
        for (name, definition) in schema["$defs"].as_object().unwrap() {
            walk(name, definition, &mut found);
        }
        assert_eq!(found, Vec::<String>::new());
    }
}

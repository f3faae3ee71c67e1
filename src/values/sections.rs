//! What concerns Airflow as a whole: a file for each section of the values.

mod airflow;
mod dags;
mod data;
mod delivery;
mod edition;
mod executor;
mod external_secrets;
mod extras;
mod images;
mod ingress;
mod keys;
mod later;
mod logs;

pub use airflow::*;
pub use dags::{Dags, GitCredentials, GitHubApp, GitSync};
pub use data::{CloudSqlProxy, Connection, Data, Parameters, Protocol};
pub use delivery::Delivery;
pub use edition::{AirflowVersion, Edition};
pub use executor::{Executor, Executors};
pub use external_secrets::{ExternalSecrets, RemoteKey, RemoteReference, SecretSettings, SecretStore, StoreReference};
pub use extras::*;
pub use images::{Image, Images, PullPolicy};
pub use ingress::*;
pub use keys::Keys;
pub use later::*;
pub use logs::Logs;

//! The facts that templates place: each derived once from the values.
//!
//! Everything here is a pure function of the values. A template reads these facts and nothing else. Each edition has
//! facts of its own, for its own templates; what both have in common stands beside them.

mod airflow_cfg;
pub mod connection;
pub mod current;
pub mod edition_1_10;
pub mod external;
pub mod fernet;
mod image;
mod known_secret;
mod labels;
pub mod missing;
pub mod placeholders;
mod scrape;
pub mod secret_data;
mod variable;
pub mod volume;

use serde::Serialize;

use crate::values::{Delivery, Edition, Values};
pub use external::External;
pub use known_secret::KnownSecret;
use missing::Missing;
use placeholders::Placeholder;

/// All that follows from the values.
pub struct Model<'v> {
    /// The edition whose templates place the facts.
    pub edition: Edition,
    /// How the manifests reach the cluster.
    pub delivery: Delivery,
    /// What templates see.
    pub page: Page<'v>,
    /// Objects that the manifests refer to and that others provide.
    pub external: Vec<External>,
    /// The Secrets that pods refer to.
    pub secrets: Vec<KnownSecret>,
    /// The Secrets that have to exist, for which the user gave neither a value nor a name.
    pub missing: Vec<Missing>,
    /// The placeholders that are left in the Secrets.
    pub placeholders: Vec<Placeholder>,
}

/// What templates see, in each edition.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Page<'v> {
    /// In edition 1.10.
    V1_10(Box<edition_1_10::Page<'v>>),
    /// In the edition for Airflow 2.11 and 3.
    Current(Box<current::Page<'v>>),
}

impl<'v> Model<'v> {
    /// Derives all facts from the values.
    #[must_use]
    pub fn of(values: &'v Values) -> Self {
        match values.edition() {
            Edition::V1_10 => edition_1_10::model(values),
            Edition::Current => current::model(values),
        }
    }
}

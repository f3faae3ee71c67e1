//! The facts that follow from the values, each derived once.
//!
//! Everything here is a pure function of the values. Templates read the [`Page`] and nothing else; checks read
//! [`Known`]. Each edition has facts of its own, for its own templates; what both have in common stands beside them.

mod airflow_cfg;
pub(crate) mod connection;
pub(crate) mod current;
pub(crate) mod edition_1_10;
pub(crate) mod external;
pub(crate) mod fernet;
pub(crate) mod git_sync;
mod image;
mod known;
mod labels;
pub(crate) mod missing;
pub(crate) mod placeholders;
mod scrape;
pub(crate) mod secret_data;
mod variable;
pub(crate) mod volume;

use serde::Serialize;

use crate::values::{Delivery, Edition, Values};
pub use external::External;
pub use known::{AirflowImage, Known, KnownSecret, Launchers};

/// Everything that follows from the values.
pub struct Model<'v> {
    /// The edition whose templates place the facts.
    pub edition: Edition,
    /// How the manifests reach the cluster.
    pub delivery: Delivery,
    /// What templates see.
    pub page: Page<'v>,
    /// What checks know.
    pub known: Known,
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
        let edition = values.edition();
        let (page, known) = match edition {
            Edition::V1_10 => {
                let (page, known) = edition_1_10::derived(values);
                (Page::V1_10(Box::new(page)), known)
            }
            Edition::Current => {
                let (page, known) = current::derived(values);
                (Page::Current(Box::new(page)), known)
            }
        };
        Self { edition, delivery: values.delivery, page, known }
    }
}

//! The facts that templates place: each derived once from the values.
//!
//! Everything here is a pure function of the values. A template reads these facts and nothing else. Each edition has
//! facts of its own, for its own templates; what both have in common stands beside them.

mod airflow_cfg;
pub mod connection;
pub mod current;
pub mod edition_1_10;
pub mod fernet;
mod image;
mod labels;
pub mod missing;
pub mod placeholders;
mod scrape;
pub mod secret_data;
pub mod volume;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};

use crate::values::{Delivery, Edition, Values};
use missing::Missing;
use placeholders::Placeholder;

/// All that templates see, once it is serialised.
#[derive(Clone, Debug)]
pub struct Model {
    /// The edition whose templates place the facts.
    pub edition: Edition,
    /// How the manifests reach the cluster.
    pub delivery: Delivery,
    /// The facts, by the names that templates have for them.
    facts: Map<String, Value>,
    /// Objects that the manifests refer to and that others provide.
    pub external: Vec<External>,
    /// The Secrets that pods refer to.
    pub secrets: Vec<KnownSecret>,
    /// The Secrets that have to exist, for which the user gave neither a value nor a name.
    pub missing: Vec<Missing>,
    /// The placeholders that are left in the Secrets.
    pub placeholders: Vec<Placeholder>,
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

/// An object, or a key of one, that the manifests refer to and that others provide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct External {
    /// The object's kind.
    pub kind: &'static str,
    /// The object's name.
    pub name: String,
    /// The key of its data, where the object is known and this key may be missing.
    pub key: Option<&'static str>,
}

impl External {
    /// A whole object.
    #[must_use]
    pub fn object(kind: &'static str, name: impl Into<String>) -> Self {
        Self { kind, name: name.into(), key: None }
    }

    /// Whether it is what a reference asks for: an object, or a key of one.
    #[must_use]
    pub fn provides(&self, kind: &str, name: &str, key: Option<&str>) -> bool {
        self.kind == kind && self.name == name && self.key == key
    }
}

impl Model {
    /// Derives all facts from the values.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        match values.edition() {
            Edition::V1_10 => edition_1_10::model(values),
            Edition::Current => current::model(values),
        }
    }
}

impl Serialize for Model {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.facts.serialize(serializer)
    }
}

/// Facts as templates see them.
fn facts(of: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(of) {
        Ok(Value::Object(facts)) => facts,
        _ => unreachable!("facts are plain data by name"),
    }
}

//! What the page asks.

use airflow_gen::layers::Layer;
use airflow_gen::manual;
use airflow_gen::migrate::migrate;
use airflow_gen::values::Edition;
use serde::Deserialize;

use crate::answer::{Migrated, Rendered};

/// A request.
#[derive(Deserialize)]
#[serde(tag = "ask", rename_all = "lowercase", deny_unknown_fields)]
pub enum Request {
    /// What values give.
    Render {
        /// How messages name the values.
        name: String,
        /// The text of the values file.
        text: String,
    },
    /// The values in today's keys.
    Migrate {
        /// How messages name the values.
        name: String,
        /// The text of the values file.
        text: String,
    },
    /// The JSON Schema of the values of an edition: that of 1.10, or the current one.
    Schema {
        /// Whether it is that of 1.10.
        old: bool,
    },
}

impl Request {
    /// The answer, as JSON.
    pub fn answered(self) -> String {
        let answer = match self {
            Self::Render { name, text } => serde_json::to_string(&Rendered::of(&Layer::Text(name, text))),
            Self::Migrate { name, text } => serde_json::to_string(&Migrated::of(migrate(vec![Layer::Text(name, text)]))),
            Self::Schema { old } => serde_json::to_string(&manual::schema(if old { Edition::V1_10 } else { Edition::Current })),
        };
        answer.expect("an answer is plain data")
    }
}

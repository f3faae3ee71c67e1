//! Options of airflow.cfg.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::schema::FREE;
use crate::values::{OptionName, SectionName};

/// Options of airflow.cfg, by section and option.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct AirflowConfig(pub IndexMap<String, Option<IndexMap<String, Option<OptionValue>>>>);

/// The value of an option of airflow.cfg.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum OptionValue {
    /// A boolean, written as `true` or `false`; Airflow reads any case.
    Boolean(bool),
    /// A whole number, or a decimal one.
    Number(serde_json::Number),
    /// Any text.
    Text(String),
}

impl OptionValue {
    /// The text, if it is one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }
}

impl JsonSchema for AirflowConfig {
    fn schema_name() -> Cow<'static, str> {
        "AirflowConfig".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (section, option) = (generator.subschema_for::<SectionName>(), generator.subschema_for::<OptionName>());
        json_schema!({
            "type": "object",
            "propertyNames": section,
            "additionalProperties": {
                "type": ["object", "null"],
                "x-expected": "a map of the options of a section, `config.<section>.<option>`",
                "propertyNames": option,
                "additionalProperties": {
                    "type": ["string", "number", "boolean", "null"],
                    // What counts is the text.
                    "x-exact": true,
                    FREE: true,
                    // Passwords stand among them.
                    "writeOnly": true,
                    // Control characters other than tab and line feed: no reader keeps them.
                    "pattern": r"^[^\x00-\x08\x0b-\x1f\x7f-\x9f\x{2028}\x{2029}\x{feff}]*$",
                    "x-expected": "a string without control characters, a number, `true` or `false`",
                }
            }
        })
    }
}

//! Whole objects that the user adds.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::schema::OBJECT;
use crate::values::yaml_values;

/// A Kubernetes object as it is, or a text of YAML that holds one or several.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub struct ExtraObject(Value);

impl ExtraObject {
    /// The objects; none, if it is a text that is not YAML.
    #[must_use]
    pub fn objects(&self) -> Option<Vec<Value>> {
        match &self.0 {
            Value::String(text) => yaml_values(text),
            object => Some(vec![object.clone()]),
        }
    }
}

impl JsonSchema for ExtraObject {
    fn schema_name() -> Cow<'static, str> {
        "ExtraObject".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let object = json_schema!({"type": "object", "x-expected": "an object of Kubernetes"});
        let text = json_schema!({"type": "string", "writeOnly": true, "x-expected": "a text of YAML that holds some"});
        json_schema!({"anyOf": [object, text], OBJECT: true})
    }
}

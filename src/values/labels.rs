//! Labels and annotations.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::text::{AnnotationKey, LabelKey, LabelValue};

/// Labels: keys and values of a label's form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Labels(pub IndexMap<String, String>);

impl JsonSchema for Labels {
    fn schema_name() -> Cow<'static, str> {
        "Labels".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (key, value) = (generator.subschema_for::<LabelKey>(), generator.subschema_for::<LabelValue>());
        json_schema!({"type": "object", "propertyNames": key, "additionalProperties": value})
    }
}

/// Annotations: keys of a label's form, any text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(transparent)]
pub struct Annotations(pub IndexMap<String, String>);

impl JsonSchema for Annotations {
    fn schema_name() -> Cow<'static, str> {
        "Annotations".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let key = generator.subschema_for::<AnnotationKey>();
        json_schema!({"type": "object", "propertyNames": key, "additionalProperties": {"type": "string"}})
    }
}

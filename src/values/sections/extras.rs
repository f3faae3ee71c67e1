//! Objects that the user adds.

use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, Labels, Line, ObjectName, Ordered, SecretText};

/// A priority class of pods (Kubernetes: PriorityClass).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct PriorityClass {
    /// The class's name.
    pub name: ObjectName,
    /// Whether its pods preempt others: `PreemptLowerPriority` or `Never`. Default: Kubernetes' `PreemptLowerPriority`.
    #[serde(default)]
    pub preemption_policy: Option<PreemptionPolicy>,
    /// The priority of its pods; higher numbers come first. Default: 0.
    #[serde(default)]
    pub value: i32,
}

/// Whether pods preempt others (Kubernetes: `preemptionPolicy`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum PreemptionPolicy {
    /// They preempt pods of lower priority.
    PreemptLowerPriority,
    /// They wait for free resources.
    Never,
}

/// Objects of a kind that the user adds, by their names.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(transparent)]
pub struct ByName<T>(Ordered<T>);

impl<T> Deref for ByName<T> {
    type Target = Ordered<T>;
    fn deref(&self) -> &Ordered<T> {
        &self.0
    }
}

impl<'v, T> IntoIterator for &'v ByName<T> {
    type Item = (&'v String, &'v T);
    type IntoIter = indexmap::map::Iter<'v, String, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<T: JsonSchema> JsonSchema for ByName<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("{}ByName", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (name, object) = (generator.subschema_for::<ObjectName>(), generator.subschema_for::<T>());
        json_schema!({"type": "object", "propertyNames": name, "additionalProperties": object})
    }
}

/// A Secret that the user adds; its key is its name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ExtraSecret {
    /// The Secret's type. Default: `Opaque`.
    #[serde(rename = "type")]
    pub kind: Option<Line>,
    /// Its labels. Default: those of every object.
    pub labels: Option<Labels>,
    /// Its annotations. Default: none.
    pub annotations: Option<Annotations>,
    /// With `delivery: helm`: whether Helm creates it before everything else. Default: `true`.
    pub use_helm_hooks: Option<bool>,
    /// Its entries in base64, as YAML.
    pub data: Option<SecretText>,
    /// Its entries in plain text, as YAML.
    pub string_data: Option<SecretText>,
}

/// A config map that the user adds; its key is its name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ExtraConfigMap {
    /// Its labels. Default: those of every object.
    pub labels: Option<Labels>,
    /// Its annotations. Default: none.
    pub annotations: Option<Annotations>,
    /// With `delivery: helm`: whether Helm creates it before everything else. Default: `true`.
    pub use_helm_hooks: Option<bool>,
    /// Its entries, as YAML.
    pub data: Option<String>,
}

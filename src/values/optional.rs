//! Texts that may be left out.

use std::borrow::Cow;
use std::ops::Deref;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::{Deserialize, Deserializer, Serialize};

/// A text that may be left out: `null` and the empty text mean that it is not given, as in the chart.
///
/// Where the empty text says something, the type is a plain [`Option`]: it asks for no class (a claim's `storageClassName`),
/// it takes away what is said further up (a worker set's `priorityClassName`), or it goes into an object as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Optional<T>(Option<T>);

impl<T> Default for Optional<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'t, T: From<&'t str> + Deref<Target = str>> From<&'t str> for Optional<T> {
    fn from(text: &'t str) -> Self {
        Self((!text.is_empty()).then(|| text.into()))
    }
}

impl<T> Deref for Optional<T> {
    type Target = Option<T>;
    fn deref(&self) -> &Option<T> {
        &self.0
    }
}

impl<'de, T: Deserialize<'de> + Deref<Target = str>> Deserialize<'de> for Optional<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Option::<T>::deserialize(deserializer)?;
        Ok(Self(text.filter(|text| !text.is_empty())))
    }
}

impl<T: JsonSchema> JsonSchema for Optional<T> {
    fn inline_schema() -> bool {
        Option::<T>::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        Option::<T>::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        Option::<T>::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        Option::<T>::json_schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Line;

    #[test]
    fn nothing_and_the_empty_text_are_not_given() {
        #[derive(Deserialize)]
        struct Keys {
            #[serde(default)]
            name: Optional<Line>,
        }
        for (text, expected) in [("{}", None), (r#"{"name": null}"#, None), (r#"{"name": ""}"#, None), (r#"{"name": "x"}"#, Some("x"))] {
            let keys: Keys = serde_json::from_str(text).unwrap();
            assert_eq!(keys.name.as_deref(), expected, "{text}");
        }
    }
}

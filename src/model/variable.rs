//! Environment variables of containers, in every edition.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use crate::literal;
use crate::values;

/// A variable of a container (Kubernetes: `EnvVar`).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum EnvVar<'v> {
    /// One of the user's.
    Own(Cow<'v, Value>),
    /// One whose value is a text.
    Plain { name: Cow<'v, str>, value: Cow<'v, str> },
    /// One whose value is the key of a Secret.
    #[serde(rename_all = "camelCase")]
    FromSecret { name: Cow<'v, str>, value_from: ValueFrom },
}

/// Where a variable's value comes from (Kubernetes: `EnvVarSource`).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ValueFrom {
    secret_key_ref: SecretKeyRef,
}

#[derive(Clone, Debug, Serialize)]
struct SecretKeyRef {
    name: String,
    key: String,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    optional: bool,
}

/// The variables of a container.
pub type Env<'v> = Vec<EnvVar<'v>>;

impl<'v> EnvVar<'v> {
    /// The variable's name; of what has none, nothing.
    pub fn name(&self) -> &str {
        match self {
            Self::Own(variable) => variable["name"].as_str().unwrap_or_default(),
            Self::Plain { name, .. } | Self::FromSecret { name, .. } => name,
        }
    }

    /// A variable whose value is a key of a Secret.
    pub fn of_key(name: impl Into<Cow<'v, str>>, secret: &str, key: &str) -> Self {
        Self::from_secret(name, secret, key, false)
    }

    /// A variable whose value is a key of a Secret, and which is not there without the key.
    pub fn of_key_if_any(name: impl Into<Cow<'v, str>>, secret: &str, key: &str) -> Self {
        Self::from_secret(name, secret, key, true)
    }

    fn from_secret(name: impl Into<Cow<'v, str>>, secret: &str, key: &str, optional: bool) -> Self {
        let secret_key_ref = SecretKeyRef { name: secret.to_owned(), key: key.to_owned(), optional };
        Self::FromSecret { name: name.into(), value_from: ValueFrom { secret_key_ref } }
    }
}

/// A variable whose value is a text, which the container gets as it is.
pub fn plain<'v>(name: impl Into<Cow<'v, str>>, value: impl Into<Cow<'v, str>>) -> EnvVar<'v> {
    EnvVar::Plain { name: name.into(), value: literal::of(value) }
}

/// The user's variables.
pub fn own(variables: &[values::Variable]) -> Env<'_> {
    variables.iter().map(|variable| EnvVar::Own(Cow::Borrowed(&variable.0))).collect()
}

/// One after the other; a variable that is given twice has its last value, in the place of its first.
pub fn joined<'v>(parts: impl IntoIterator<Item = Env<'v>>) -> Env<'v> {
    let by_name = parts.into_iter().flatten().map(|variable| (variable.name().to_owned(), variable));
    by_name.collect::<IndexMap<_, _>>().into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_given_twice_has_its_last_value_in_its_first_place() {
        let env = joined([vec![plain("A", "1"), plain("B", "2")], vec![plain("A", "3"), EnvVar::of_key("C", "s", "k")]]);
        let text = serde_json::to_string(&env).unwrap();
        assert_eq!(
            text,
            r#"[{"name":"A","value":"3"},{"name":"B","value":"2"},{"name":"C","valueFrom":{"secretKeyRef":{"name":"s","key":"k"}}}]"#
        );
    }
}

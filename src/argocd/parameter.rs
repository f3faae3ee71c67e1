//! The parameters that an Application may have.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use serde::Deserialize;

use crate::error::{Diagnostic, code};
use crate::schema::nearest;

/// The variable that has the parameters, in JSON.
pub const VARIABLE: &str = "ARGOCD_APP_PARAMETERS";

/// The names of the parameters.
pub const ENVIRONMENT: &str = "environment";
pub const VALUES_FILES: &str = "values-files";
pub const SET: &str = "set";
pub const SET_STRING: &str = "set-string";

/// A parameter as Argo CD gives it (`ApplicationSourcePluginParameter`).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Parameter {
    pub name: String,
    pub string: Option<String>,
    pub array: Option<Vec<String>>,
    pub map: Option<IndexMap<String, String>>,
}

/// What an Application says.
#[derive(Debug, Default)]
pub struct Parameters {
    pub environment: Option<String>,
    pub values_files: Option<Vec<String>>,
    pub set: IndexMap<String, String>,
    pub set_string: IndexMap<String, String>,
}

impl Parameters {
    /// From the text of the variable; none at all, if it is empty or `null`.
    pub fn read(text: &str) -> Result<Self, Vec<Diagnostic>> {
        let given: Option<Vec<Parameter>> =
            if text.trim().is_empty() { None } else { serde_json::from_str(text).map_err(|_| unreadable())? };
        let mut parameters = Self::default();
        let mut errors = Vec::new();
        let mut seen = BTreeSet::new();
        for parameter in given.unwrap_or_default() {
            let Parameter { name, string, array, map } = parameter;
            if !seen.insert(name.clone()) {
                errors.push(twice(&name));
                continue;
            }
            let wrong = |form: &str| Diagnostic::new(format!("the parameter `{name}` must be {form}")).coded(code::USAGE);
            match (name.as_str(), string, array, map) {
                // A field that was emptied says nothing.
                (ENVIRONMENT, Some(name), None, None) => parameters.environment = Some(name).filter(|name| !name.is_empty()),
                (VALUES_FILES, None, Some(files), None) => parameters.values_files = Some(files),
                (SET, None, None, map) => parameters.set = map.unwrap_or_default(),
                (SET_STRING, None, None, map) => parameters.set_string = map.unwrap_or_default(),
                (ENVIRONMENT, ..) => errors.push(wrong("a `string`, the name of an environment")),
                (VALUES_FILES, ..) => errors.push(wrong("an `array` of paths")),
                (SET | SET_STRING, ..) => errors.push(wrong("a `map` of keys and values")),
                _ => errors.push(stranger(&name)),
            }
        }
        if errors.is_empty() { Ok(parameters) } else { Err(errors) }
    }
}

/// What the parser says of it may hold a secret.
fn unreadable() -> Vec<Diagnostic> {
    let error = Diagnostic::new(format!("`{VARIABLE}` is no list of parameters")).coded(code::USAGE);
    vec![error.help("Argo CD sets it, as JSON: `[{\"name\": \"environment\", \"string\": \"prod\"}]`")]
}

fn twice(name: &str) -> Diagnostic {
    let error = Diagnostic::new(format!("the parameter `{name}` is there twice")).coded(code::USAGE);
    error.help("put what both say into one: gen would have to guess which one counts")
}

fn stranger(name: &str) -> Diagnostic {
    let error = Diagnostic::new(format!("unknown parameter `{name}`")).coded(code::USAGE);
    let known = [ENVIRONMENT, VALUES_FILES, SET, SET_STRING];
    match nearest(name, known.into_iter()) {
        Some(nearest) => error.help(format!("did you mean `{nearest}`?")),
        None => error.help(format!("there are {}", known.map(|name| format!("`{name}`")).join(", "))),
    }
}

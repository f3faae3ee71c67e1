//! What the API server checks beyond types, `src/schema/kubernetes-rules.yaml` and `kubernetes-cluster-rules.yaml`, as a part of the schema
//! of Kubernetes.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde_json::{Value, json};

use airflow_gen::checks::Cluster;
use airflow_gen::error::Severity;

use crate::foreign_kinds::{said_for, told_for};
use crate::support::home;

/// The definitions of the Kubernetes API, by name.
type Definitions = BTreeMap<String, Value>;

/// The words that fields take, by definition and field, as the API server itself says (the part `words` of `tests/real/run`).
const WORDS: &str = include_str!("../src/schema/kubernetes-words.json");

/// What the types of the values say (the test in `src/values/schema.rs`).
static OF_VALUES: LazyLock<Value> = LazyLock::new(|| serde_json::from_str(include_str!("../src/values/schema.json")).unwrap());

/// The form of a type of text of the values.
fn of_values(name: &str) -> &'static Value {
    OF_VALUES["$defs"].get(name).unwrap_or_else(|| panic!("the values have no type `{name}`"))
}

/// All that the file says.
#[derive(serde::Deserialize)]
struct Rules {
    forms: BTreeMap<String, Value>,
    derived: BTreeMap<String, String>,
    definitions: BTreeMap<String, BTreeMap<String, Value>>,
}

/// Adds it to the definitions.
pub fn tightened(mut definitions: Definitions) -> Definitions {
    let mut rules: Rules = yaml_serde::from_str(include_str!("../src/schema/kubernetes-rules.yaml")).unwrap();
    rules.add(yaml_serde::from_str(include_str!("../src/schema/kubernetes-cluster-rules.yaml")).unwrap());
    let words: BTreeMap<String, BTreeMap<String, Vec<String>>> = serde_json::from_str(WORDS).unwrap();
    definitions.get_mut("io.k8s.api.core.v1.Container").unwrap()["required"] = json!(["name", "image"]);
    for (name, fields) in words {
        // A later version of Kubernetes may have more.
        let Some(definition) = definitions.get_mut(&name) else { continue };
        for (field, words) in fields {
            let Some(property) = definition["properties"].get_mut(&field) else { continue };
            let place = if property["type"] == "array" { &mut property["items"] } else { property };
            place["enum"] = words.into();
        }
    }
    let is_derived = |name: &str| rules.derived.contains_key(name);
    for (name, said) in rules.definitions.iter().filter(|(name, _)| !is_derived(name)) {
        let definition = rules.applied(&definitions, &definitions[&full(name)], name, said);
        definitions.insert(full(name), definition);
    }
    for (name, from) in &rules.derived {
        let definition = rules.applied(&definitions, &definitions[&full(from)], name, &rules.definitions[name]);
        definitions.insert(full(name), definition);
    }
    definitions
}

/// The name of a definition, whole.
fn full(name: &str) -> String {
    let group = match name.split('.').next() {
        Some("meta") => return format!("io.k8s.apimachinery.pkg.apis.meta.v1.{}", &name["meta.".len()..]),
        Some("apiextensions") => "apiextensions-apiserver.pkg.apis",
        Some("apiregistration") => "kube-aggregator.pkg.apis",
        _ => "api",
    };
    format!("io.k8s.{group}.{name}")
}

/// A schema with the marks that another has.
fn with_marks(mut schema: Value, other: &Value) -> Value {
    let marks = other.as_object().unwrap().iter().filter(|(key, _)| key.starts_with("x-"));
    marks.for_each(|(key, mark)| schema[key] = mark.clone());
    schema
}

impl Rules {
    /// Adds others, about other definitions.
    fn add(&mut self, others: Self) {
        let has_one = others.definitions.keys().any(|name| self.definitions.contains_key(name));
        assert!(!has_one && !others.forms.keys().any(|name| self.forms.contains_key(name)), "it is said twice");
        self.forms.extend(others.forms);
        self.derived.extend(others.derived);
        self.definitions.extend(others.definitions);
    }

    fn applied(&self, all: &Definitions, definition: &Value, name: &str, said: &BTreeMap<String, Value>) -> Value {
        let mut definition = definition.clone();
        for (field, said) in said {
            match field.as_str() {
                "checks" => {
                    for check in said.as_array().unwrap() {
                        definition[format!("x-check-{}", check.as_str().unwrap())] = true.into();
                    }
                }
                "unchecked" => {
                    for check in said.as_array().unwrap() {
                        definition.as_object_mut().unwrap().remove(&format!("x-check-{}", check.as_str().unwrap())).unwrap();
                    }
                }
                "rules" if said.is_array() => {
                    let mut all_rules = definition["x-rules"].as_array().cloned().unwrap_or_default();
                    all_rules.extend(said.as_array().unwrap().iter().map(|rule| self.rule(all, rule)));
                    definition["x-rules"] = all_rules.into();
                }
                "older" => {
                    for (field, text) in said.as_object().unwrap() {
                        definition["x-later"][field]["older"] = text.clone();
                    }
                }
                "required" if said.is_array() => definition["required"] = said.clone(),
                _ => {
                    let property = &mut definition["properties"][field];
                    assert!(!property.is_null(), "{name} has no {field}");
                    *property = self.tightened(all, property, said);
                }
            }
        }
        definition
    }

    /// A rule whose schemas are whole.
    fn rule(&self, all: &Definitions, rule: &Value) -> Value {
        let mut rule = rule.clone();
        for said in rule.get_mut("then").and_then(Value::as_object_mut).into_iter().flat_map(serde_json::Map::values_mut) {
            *said = self.tightened(all, &json!({}), said);
        }
        rule
    }

    /// A schema with what is said of it: the name of a form or of a definition, or keys of a schema.
    fn tightened(&self, all: &Definitions, schema: &Value, said: &Value) -> Value {
        let said = match said {
            Value::String(name) => match self.forms.get(name) {
                Some(form) => form.as_str().map_or(form, |text| of_values(text)),
                None if all.contains_key(&full(name)) || self.derived.contains_key(name) => {
                    return with_marks(json!({"$ref": format!("#/definitions/{}", full(name))}), schema);
                }
                None => panic!("there is no form and no definition `{name}`"),
            },
            said => said,
        };
        let mut schema = match schema["$ref"].as_str() {
            Some(reference) => with_marks(all[reference.trim_start_matches("#/definitions/")].clone(), schema),
            None => schema.clone(),
        };
        if let Some(form) = said.get("form") {
            schema = self.tightened(all, &schema, form);
        }
        for (key, said) in said.as_object().unwrap() {
            match key.as_str() {
                // What a type is for, a field knows itself.
                "form" | "x-or-empty" | "description" => {}
                "items" | "additionalProperties" | "propertyNames" => {
                    let below = if schema[key].is_null() { json!({}) } else { schema[key].clone() };
                    schema[key] = self.tightened(all, &below, said);
                }
                _ => schema[key] = said.clone(),
            }
        }
        if said.get("x-or-empty").is_some() {
            match schema["pattern"].as_str() {
                Some(pattern) => schema["pattern"] = format!("^$|{pattern}").into(),
                None => schema["x-or-empty"] = true.into(),
            }
        }
        if schema["type"].is_array() {
            schema.as_object_mut().unwrap().remove("x-kubernetes-int-or-string");
        }
        schema
    }
}

/// Objects with one fault each, and their neighbours without: `tests/real/rules.py` lets API servers judge the same.
///
/// `UPDATE_GOLDEN=1 cargo test` writes what the check says, and not whether it does. Of what is taken since a version, it says for the version
/// before it that it is not; and of what is refused since one, it does not say that for the version before it.
#[test]
fn objects_are_taken_or_refused_as_an_api_server_does() {
    let path = home().join("tests/kubernetes-rules.yaml");
    let text = std::fs::read_to_string(&path).unwrap();
    let mut written = Vec::new();
    for case in text.split("\n---\n") {
        let (above, object) = case.rsplit_once('\n').map_or(("", case), |(above, object)| (above, object));
        let (above, object) = if object.is_empty() { above.rsplit_once('\n').unwrap() } else { (above, object) };
        let (header, wanted) = above.rsplit_once("# ").unwrap();
        let (wanted, since) = wanted.split_at(wanted.rfind(" (since ").unwrap_or(wanted.len()));
        let found = said_for(object, Cluster::default()).into_iter().next();
        if let Some((_, minor)) = since.trim_end_matches(')').rsplit_once('.') {
            let minor: u32 = minor.parse().unwrap();
            let told = |minor| told_for(object, Cluster { version: Some(format!("1.{minor}").parse().unwrap()), ..Cluster::default() });
            if wanted == "taken" {
                assert_eq!((told(minor), told(minor - 1).is_empty()), (Vec::new(), false), "{case}");
            } else {
                let is_same = |(severity, said): &(Severity, String)| *severity == Severity::Error && Some(said) == found.as_ref();
                assert!(!told(minor).is_empty() && !told(minor - 1).iter().any(is_same), "{case}");
            }
        }
        assert_eq!(found.is_none(), wanted == "taken", "{case}: {found:?}");
        written.push(format!("{header}# {}{since}\n{object}", found.as_deref().unwrap_or("taken")));
    }
    let written = written.join("\n---\n") + "\n";
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return std::fs::write(path, written).unwrap();
    }
    assert!(written == text, "{}", similar::TextDiff::from_lines(&text, &written).unified_diff());
}

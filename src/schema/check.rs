//! The walk that finds everything in a tree that its schema does not allow.

use regex_lite::Regex;
use serde_json::Value;

use super::fault::{self, Fault, nearest};
use super::{Finding, Path, Schema, Step};
use crate::yaml::{Data, Map, Node};

impl Schema<'_> {
    /// Everything in `node` that the schema does not allow.
    #[must_use]
    pub fn check(self, node: &Node) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.walk(node, &mut Path::default(), &mut findings);
        findings
    }

    fn walk(self, node: &Node, path: &mut Path, findings: &mut Vec<Finding>) {
        let alternatives = self.alternatives();
        let constants: Vec<&str> = alternatives.iter().filter_map(|one| one.node.get("const").and_then(Value::as_str)).collect();
        if !constants.is_empty() && constants.len() == alternatives.len() {
            return check_variant(node, &constants, path, findings);
        }
        if node.is_null() && self.takes_null() {
            return;
        }
        let fitting: Vec<Self> = alternatives.iter().copied().filter(|one| fits(node, &one.types())).collect();
        if fitting.is_empty() {
            let expected = fault::list(&alternatives.iter().flat_map(|one| one.describe()).collect::<Vec<_>>(), "or");
            let bare =
                matches!(node.data, Data::Bool(_) | Data::Number(..)) && alternatives.iter().any(|one| one.types().contains(&"string"));
            findings.push(Finding { path: path.clone(), fault: Fault::WrongType { expected, found: node.kind(), bare } });
            return;
        }
        let mut first = None;
        for one in fitting {
            let mut found = Vec::new();
            one.check_one(node, path, &mut found);
            if found.is_empty() {
                return;
            }
            first.get_or_insert(found);
        }
        if self.is_secret() && node.as_map().is_some() {
            // Not even its keys are told: the secret may have become one, by a slip of braces.
            let expected = fault::list(&alternatives.iter().flat_map(|one| one.describe()).collect::<Vec<_>>(), "or");
            return findings.push(Finding { path: path.clone(), fault: Fault::Malformed { expected, nearest: None } });
        }
        findings.extend(first.unwrap_or_default());
    }

    /// What it takes, in words.
    fn describe(self) -> Vec<String> {
        if let Some(expected) = self.node.get("x-expected").and_then(Value::as_str) {
            return vec![expected.to_owned()];
        }
        let types = self.types();
        types.iter().filter(|name| **name != "null").map(|name| fault::type_in_words(name).to_owned()).collect()
    }

    fn check_one(self, node: &Node, path: &mut Path, findings: &mut Vec<Finding>) {
        match &node.data {
            Data::Map(entries) => self.check_map(entries, path, findings),
            Data::List(items) => {
                let Some(schema) = self.items() else { return };
                for (index, item) in items.iter().enumerate() {
                    path.within(Step::Index(index), |path| schema.walk(item, path, findings));
                }
            }
            Data::String(text) => self.check_text(text, path, findings),
            Data::Number(number, text) => {
                if self.node.get("x-exact").is_some() && number.to_string() != *text {
                    findings.push(Finding { path: path.clone(), fault: Fault::Respelt });
                }
                let value = number.as_f64().unwrap_or_default();
                let bound = |key: &str| self.node.get(key).and_then(Value::as_f64);
                let (least, most) = (bound("minimum"), bound("maximum"));
                if least.is_some_and(|least| value < least) || most.is_some_and(|most| value > most) {
                    findings.push(Finding { path: path.clone(), fault: Fault::OutOfRange { least, most } });
                }
            }
            Data::Null | Data::Bool(_) => {}
        }
    }

    fn check_text(self, text: &str, path: &Path, findings: &mut Vec<Finding>) {
        if let Some(variants) = self.node.get("enum").and_then(Value::as_array) {
            let variants: Vec<&str> = variants.iter().filter_map(Value::as_str).collect();
            if !variants.contains(&text) {
                findings.push(Finding { path: path.clone(), fault: Fault::variant(text, &variants) });
            }
        }
        let too_long = self.node.get("maxLength").and_then(Value::as_u64).is_some_and(|most| text.len() as u64 > most);
        let matches = self.node.get("pattern").and_then(Value::as_str).is_none_or(|pattern| matches(pattern, text));
        if too_long || !matches {
            let expected = self.describe().into_iter().next().unwrap_or_else(|| "another text".to_owned());
            findings.push(Finding { path: path.clone(), fault: Fault::Malformed { expected, nearest: self.nearest_word(text) } });
        }
    }

    /// Of the words that a text mostly consists of, the one that looks most like what stands in it.
    fn nearest_word(self, text: &str) -> Option<String> {
        let words = || self.node.get("x-words").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
        let strange = text.split(',').find(|part| words().all(|word| word != *part))?;
        nearest(strange.trim(), words()).map(str::to_owned)
    }

    fn check_map(self, entries: &Map, path: &mut Path, findings: &mut Vec<Finding>) {
        let known = || self.node["properties"].as_object().into_iter().flatten().map(|(key, _)| key.as_str());
        for (key, entry) in entries {
            if let Some(names) = self.node.get("propertyNames") {
                let mut found = Vec::new();
                path.within(Step::Key(key.clone()), |path| self.within(names).check_text(key, path, &mut found));
                findings.extend(found.into_iter().map(|finding| Finding { fault: finding.fault.of_key(), ..finding }));
            }
            let closed = self.node.get("additionalProperties") == Some(&Value::Bool(false));
            match self.property(key) {
                Some(schema) => path.within(Step::Key(key.clone()), |path| schema.walk(&entry.value, path, findings)),
                None if closed => {
                    let fault = Fault::unknown_key(key, known());
                    path.within(Step::Key(key.clone()), |path| findings.push(Finding { path: path.clone(), fault }));
                }
                None => {}
            }
        }
        for key in self.node["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !entries.contains_key(key) {
                findings.push(Finding { path: path.clone(), fault: Fault::Missing { key: key.to_owned() } });
            }
        }
    }
}

/// Whether a node is of one of the JSON types.
fn fits(node: &Node, types: &[&str]) -> bool {
    types.is_empty()
        || types.iter().any(|name| match &node.data {
            Data::Null => *name == "null",
            Data::Bool(_) => *name == "boolean",
            Data::Number(number, _) => *name == "number" || *name == "integer" && !number.is_f64(),
            Data::String(_) => *name == "string",
            Data::List(_) => *name == "array",
            Data::Map(_) => *name == "object",
        })
}

fn check_variant(node: &Node, variants: &[&str], path: &Path, findings: &mut Vec<Finding>) {
    let fault = match node.as_str() {
        Some(text) if variants.contains(&text) => return,
        Some(text) => Fault::variant(text, variants),
        None => Fault::WrongType { expected: fault::choice(variants), found: node.kind(), bare: false },
    };
    findings.push(Finding { path: path.clone(), fault });
}

/// Whether a text matches a pattern of a schema.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    Regex::new(pattern).expect("the patterns of a schema are valid").is_match(text)
}

//! What the API server reads where a manifest says `null`, and what it gets of a number.

use serde_json::Number;

use super::form::Rest;
use super::{Kind, Schema, Types};
use crate::yaml::{self, Data, Node};

/// Makes of an object of any kind what its API server reads; of kinds that are not Kubernetes' own only the fields that are `null` go.
pub fn read_as_api_server(object: &mut Node) {
    let text = |key: &str| object.text(&[key]).unwrap_or_default();
    match Kind::find(text("apiVersion"), text("kind")) {
        Ok(Kind { schema: Some(schema), origin: None, .. }) => schema.read(object),
        _ => yaml::drop_nulls(object),
    }
}

impl Schema<'_> {
    /// Makes of a manifest what the API server reads: a field that is `null` is not there, unless there is no such field; an item, or
    /// the value of a key of the user's own, is then what it is where nothing is said. A number is as JSON has it.
    fn read(self, node: &mut Node) {
        if !self.0.alternatives.is_empty() {
            return yaml::drop_nulls(node);
        }
        match &mut node.data {
            Data::Map(entries) => {
                let is_free = matches!(self.0.rest, Rest::Open);
                entries.retain(|key, entry| !entry.value.is_null() || self.0.property(key).is_none() && !is_free);
                for (key, entry) in entries {
                    match (self.0.property(key), &self.0.rest) {
                        (Some(property), _) => property.schema.read(&mut entry.value),
                        (None, Rest::Like(rest)) => rest.read_item(&mut entry.value),
                        (None, Rest::Open | Rest::Closed) => yaml::drop_nulls(&mut entry.value),
                    }
                }
            }
            Data::List(items) => match self.0.items {
                // An empty text has no form that an item has to have.
                Some(schema) if schema.0.words.is_some() || !schema.has_form("") => {
                    for item in items {
                        schema.read(item);
                    }
                }
                Some(schema) => items.iter_mut().for_each(|item| schema.read_item(item)),
                None => items.iter_mut().for_each(yaml::drop_nulls),
            },
            Data::Number(number, text) => *text = number.to_string(),
            Data::Null | Data::Bool(_) | Data::String(_) => {}
        }
    }

    fn read_item(self, node: &mut Node) {
        if node.is_null()
            && let Some(zero) = self.zero()
        {
            node.data = zero;
        }
        self.read(node);
    }

    /// What Go has of the type where nothing is said.
    fn zero(self) -> Option<Data> {
        let is_one_of = |types: Types| self.0.types.meet(types);
        Some(match self.0.types {
            types if types.is_any() => return None,
            _ if self.0.marks.contains(&"x-quantity") => Data::String("0".to_owned()),
            _ if is_one_of(Types::OBJECT) => Data::Map(yaml::Map::default()),
            _ if is_one_of(Types::ARRAY) => Data::List(Vec::new()),
            _ if is_one_of(Types::INTEGER.or(Types::NUMBER)) => Data::Number(Number::from(0), "0".to_owned()),
            _ if is_one_of(Types::STRING) => Data::String(String::new()),
            _ => Data::Bool(false),
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::schema::Kind;
    use crate::yaml::read;

    #[test]
    fn nulls_are_what_the_api_server_reads() {
        for (kind, text, expected) in [
            (
                "Pod",
                "{spec: {a: null, hostname: null, containers: [{args: [null]}, null]}}",
                json!({"spec": {"a": null, "containers": [{"args": [""]}, {}]}}),
            ),
            ("PersistentVolumeClaim", "{spec: {accessModes: [null]}}", json!({"spec": {"accessModes": [null]}})),
            ("ConfigMap", "{data: {a: null}, immutable: null, b: {c: null}}", json!({"data": {"a": ""}, "b": {}})),
            ("ResourceQuota", "{spec: {hard: {a: null, b: 0x10}}}", json!({"spec": {"hard": {"a": "0", "b": 16}}})),
        ] {
            let mut object = read(text, 0).unwrap().remove(0);
            Kind::find("v1", kind).unwrap().schema.unwrap().read(&mut object);
            assert_eq!(json!(object), expected, "{text}");
        }
    }
}

//! What the API server keeps of an object, where its types alone do not say it.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

use super::Manifest;
use crate::schema::Schema;
use crate::yaml::{Data, Entry, Map, Node};

impl Manifest {
    /// Writes the object as the API server keeps it, so that `kubectl` finds it unchanged when it is applied again.
    pub fn keep(&mut self) {
        match self.kind() {
            "Secret" => encode(&mut self.object),
            "LimitRange" => limit(&mut self.object),
            _ => {}
        }
        if let Some(schema) = Schema::of_kind(self.api_version(), self.kind()) {
            schema.keep(&mut self.object);
        }
    }
}

/// A Secret's `stringData` is kept as `data`, of which it has precedence.
fn encode(secret: &mut Node) {
    let Data::Map(fields) = &mut secret.data else { return };
    let Some(at) = fields.get_index_of("stringData") else { return };
    let Some(Data::Map(texts)) = fields.shift_remove("stringData").map(|entry| entry.value.data) else { return };
    if !fields.contains_key("data") {
        fields.shift_insert(at, "data".to_owned(), Entry { key: None, value: Node::new(Data::Map(Map::default())) });
    }
    let Some(Data::Map(data)) = fields.get_mut("data").map(|entry| &mut entry.value.data) else { return };
    for (key, mut entry) in texts {
        if let Data::String(text) = &mut entry.value.data {
            *text = BASE64_STANDARD.encode(&*text);
        }
        data.insert(key, entry);
    }
}

/// What is unsaid of a container's bounds follows from what is said (Kubernetes: `SetDefaults_LimitRangeItem`): the default
/// limit from the most, the default request from that limit, and then from the least.
fn limit(range: &mut Node) {
    let Some(Data::List(bounds)) = range.at_mut(&["spec", "limits"]).map(|limits| &mut limits.data) else { return };
    for bound in bounds.iter_mut().filter(|bound| bound.text(&["type"]) == Some("Container")) {
        let Data::Map(fields) = &mut bound.data else { continue };
        for (unsaid, said) in [("default", "max"), ("defaultRequest", "default"), ("defaultRequest", "min")] {
            let Some(Data::Map(said)) = fields.get(said).map(|entry| entry.value.data.clone()) else { continue };
            let entry = fields.entry(unsaid.to_owned()).or_insert_with(|| Entry { key: None, value: Node::new(Data::Map(Map::default())) });
            let Data::Map(unsaid) = &mut entry.value.data else { continue };
            for (resource, amount) in said {
                unsaid.entry(resource).or_insert(amount);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubernetes::Secrecy;
    use crate::yaml;

    /// An object, written as it is kept, and another one, written as it is.
    fn compared(text: &str, wanted: &str) -> [String; 2] {
        let [object, wanted] = [text, wanted].map(|text| yaml::read(text, 0).unwrap().remove(0));
        let mut manifest = Manifest { path: String::new(), object, secrecy: Secrecy::None, given: None, patches: Vec::new() };
        manifest.keep();
        [yaml::write(&manifest.object), yaml::write(&wanted)]
    }

    #[test]
    fn texts_of_a_secret_are_its_data() {
        let [kept, wanted] = compared(
            "{apiVersion: v1, kind: Secret, stringData: {a: text, b: text}, data: {a: eA==, c: eA==}}",
            "{apiVersion: v1, kind: Secret, data: {a: dGV4dA==, c: eA==, b: dGV4dA==}}",
        );
        assert_eq!(kept, wanted);
    }

    #[test]
    fn bounds_follow_from_each_other() {
        let range = |bounds: &str| format!("{{apiVersion: v1, kind: LimitRange, spec: {{limits: [{{type: Container, {bounds}}}]}}}}");
        let [kept, wanted] = compared(
            &range("max: {cpu: 1}, min: {cpu: 100m, memory: 1024Mi}"),
            &range("max: {cpu: '1'}, min: {cpu: 100m, memory: 1Gi}, default: {cpu: '1'}, defaultRequest: {cpu: '1', memory: 1Gi}"),
        );
        assert_eq!(kept, wanted);
    }
}

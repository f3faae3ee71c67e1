//! Whole objects that the user adds: as they were written, in a namespace.

use crate::checksum;
use crate::kubernetes::{Manifest, Secrecy};
use crate::schema::Kind;
use crate::yaml::{self, Data, Entry, Node, Origin};

/// The manifests of the user's own objects: maps, or texts of YAML. What is in a namespace gets this one, unless it says
/// another or that it has none: `""`.
///
/// What is no object is left out: a rule over the values says so.
#[must_use]
pub fn extra(items: &[Node], namespace: Option<&str>) -> Vec<Manifest> {
    let objects = items.iter().flat_map(|item| match &item.data {
        Data::String(text) => {
            let documents = yaml::read(text, 0).unwrap_or_default().into_iter();
            documents.map(|document| (document.unwritten(), item.origin)).collect()
        }
        _ => vec![(item.clone(), item.origin)],
    });
    objects.filter_map(|(object, origin)| manifest(object, origin, namespace)).collect()
}

fn manifest(mut object: Node, origin: Option<Origin>, namespace: Option<&str>) -> Option<Manifest> {
    yaml::drop_nulls(&mut object);
    let mut manifest =
        Manifest { path: String::new(), object, secrecy: Secrecy::None, given: origin.or(Some(Origin::new(0, 0..0))), patches: Vec::new() };
    if manifest.name().is_empty() || !Kind::is_name(manifest.kind()) || !Kind::is_api_version(manifest.api_version()) {
        return None;
    }
    let file = format!("{}-{}", manifest.name(), manifest.kind().to_lowercase());
    manifest.path = format!("extra/{}.yaml", checksum::shortened(&file, checksum::MOST_OF_NAME));
    if manifest.is_filled_secret() {
        manifest.secrecy = Secrecy::Real;
    }
    let in_namespace = !Kind::is_of_cluster(manifest.kind());
    let Some(Data::Map(metadata)) = manifest.object.at_mut(&["metadata"]).map(|node| &mut node.data) else { return Some(manifest) };
    if metadata.get("namespace").is_some_and(|said| said.value.as_str() == Some("")) {
        metadata.shift_remove("namespace");
    } else if let Some(namespace) = namespace.filter(|_| in_namespace && !metadata.contains_key("namespace")) {
        let place = metadata.get_index_of("name").map_or(metadata.len(), |name| name + 1);
        let value = Node::new(Data::String(namespace.to_owned()));
        metadata.shift_insert(place, "namespace".to_owned(), Entry { key: None, value });
    }
    Some(manifest)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The objects of a list, as they would be written in the namespace `n`.
    fn made(text: &str) -> Vec<String> {
        let items = yaml::read(text, 0).unwrap().remove(0);
        let made = extra(items.as_list().unwrap(), Some("n"));
        made.iter().map(|made| format!("{} {:?} {}", made.path, made.secrecy, serde_json::to_string(&made.object).unwrap())).collect()
    }

    #[test]
    fn an_object_stays_as_it_is_but_for_its_namespace() {
        for (text, expected) in [
            (
                "[{apiVersion: v1, kind: ConfigMap, metadata: {name: a, labels: null}, data: {}}]",
                r#"extra/a-configmap.yaml None {"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","namespace":"n"},"data":{}}"#,
            ),
            (
                "[{apiVersion: v1, kind: Secret, metadata: {namespace: m, name: a}, stringData: {a: b}}]",
                r#"extra/a-secret.yaml Real {"apiVersion":"v1","kind":"Secret","metadata":{"namespace":"m","name":"a"},"stringData":{"a":"b"}}"#,
            ),
            (
                "[{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: ''}}]",
                r#"extra/a-secret.yaml None {"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}"#,
            ),
            (
                "[{apiVersion: cert-manager.io/v1, kind: ClusterIssuer, metadata: {name: a}}]",
                r#"extra/a-clusterissuer.yaml None {"apiVersion":"cert-manager.io/v1","kind":"ClusterIssuer","metadata":{"name":"a"}}"#,
            ),
        ] {
            assert_eq!(made(text), [expected], "{text}");
        }
    }

    #[test]
    fn a_text_holds_several() {
        let text =
            "- |\n  {apiVersion: v1, kind: Namespace, metadata: {name: a}}\n  ---\n  {apiVersion: v1, kind: Lease, metadata: {name: b}}\n";
        assert_eq!(made(text).len(), 2);
        assert_eq!(made("[{kind: Secret}, 'a: [', text]"), Vec::<String>::new());
    }
}

//! How manifests differ from others that somebody else made: object by object, field by field. Secrets are not shown.

mod fields;
mod hidden;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use crate::error::{Diagnostic, Error};
use crate::kubernetes::{Manifest, references};
use crate::source::line_and_column;
use crate::yaml::{self, Data, Node};
use hidden::Hidden;

/// How manifests differ from others.
#[derive(Debug)]
pub struct Comparison {
    /// The differences, and a last line that counts them.
    pub text: String,
    /// Whether there are none.
    pub is_same: bool,
    /// Whether there are objects on both sides, and none is the other's.
    pub is_foreign: bool,
}

/// Kind, namespace and name of an object.
type Key = (String, String, String);

/// How manifests differ from those in a text, which errors call by this name.
///
/// # Errors
///
/// The text is not YAML, or holds something that is no object of Kubernetes.
pub fn comparison(name: &str, text: &str, manifests: &[Manifest]) -> Result<Comparison, Error> {
    let before = objects(name, text)?;
    let after: Vec<Node> = manifests.iter().map(|manifest| tidied(manifest.object.clone())).collect();
    let hidden = Hidden::of(before.iter().chain(&after));
    let read = after.iter().flat_map(references).filter(|reference| reference.kind == "Secret");
    let read: BTreeSet<String> = read.map(|reference| reference.name.to_owned()).collect();
    // What has no namespace in one of the two is in that of the release.
    let release = usual_namespace(&after);
    let (before, after) = (by_key(before, &release), by_key(after, &release));
    let keys: BTreeSet<&Key> = before.keys().chain(after.keys()).collect();
    let mut text = String::new();
    let [mut added, mut removed, mut changed, mut same, mut stay] = [0; 5];
    for key @ (kind, namespace, name) in keys {
        let object = if namespace.is_empty() { format!("{kind} {name}") } else { format!("{kind} {namespace}/{name}") };
        match (before.get(key), after.get(key)) {
            (None, _) => {
                added += 1;
                let _ = writeln!(text, "+ {object}");
            }
            // What is not among the manifests and is read by them has to be there as it is.
            (_, None) if kind == "Secret" && namespace.is_empty() && read.contains(name) => {
                stay += 1;
                let _ = writeln!(text, "= {object}");
            }
            (_, None) => {
                removed += 1;
                let _ = writeln!(text, "- {object}");
            }
            (Some(before), Some(after)) if before.is_same(after) => same += 1,
            (Some(before), Some(after)) => {
                changed += 1;
                let _ = write!(text, "~ {object}\n{}", fields::differences(before, after, &hidden));
            }
        }
    }
    let is_same = added + removed + changed == 0;
    let gap = if text.is_empty() { "" } else { "\n" };
    let stay = if stay == 0 { String::new() } else { format!(", {stay} read by the manifests and left as they are (=)") };
    let _ = writeln!(text, "{gap}{added} added (+), {removed} removed (-), {changed} changed (~){stay}, {same} the same");
    Ok(Comparison { text, is_same, is_foreign: changed + same == 0 && added > 0 && removed > 0 })
}

/// The objects of a stream; those of a list one by one.
fn objects(name: &str, text: &str) -> Result<Vec<Node>, Error> {
    const HELP: &str = "give what `helm template` or `helm get manifest` printed";
    let documents = yaml::read(text, 0).map_err(|error| {
        let (line, column) = line_and_column(text, error.span.start);
        // The line itself may hold a secret.
        Diagnostic::new(format!("`{name}` is not YAML")).note(format!("line {line}, column {column}: {}", error.label)).help(HELP)
    })?;
    let mut objects = Vec::new();
    for document in documents.into_iter().filter(|document| !document.is_null()) {
        match document.text(&["kind"]) {
            Some("List") => objects.extend(document.items(&["items"]).iter().cloned()),
            Some(_) => objects.push(document),
            None => {
                let (line, _) = line_and_column(text, document.span().start);
                let error = Diagnostic::new(format!("`{name}` holds something that is no object of Kubernetes"));
                return Err(error.note(format!("what begins at line {line} has no `kind`")).help(HELP).into());
            }
        }
    }
    Ok(objects.into_iter().map(tidied).collect())
}

fn tidied(mut object: Node) -> Node {
    yaml::tidy(&mut object);
    object
}

/// The namespace that most objects are in.
fn usual_namespace(objects: &[Node]) -> String {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for namespace in objects.iter().filter_map(|object| object.text(&["metadata", "namespace"])) {
        *numbers.entry(namespace).or_default() += 1;
    }
    numbers.into_iter().max_by_key(|(_, number)| *number).map(|(namespace, _)| namespace.to_owned()).unwrap_or_default()
}

/// Objects by what tells them apart. One of the release's namespace may name it or not: it is there all the same.
fn by_key(objects: Vec<Node>, release: &str) -> BTreeMap<Key, Node> {
    let keyed = |mut object: Node| {
        let text = |path: &[&str]| object.text(path).unwrap_or_default().to_owned();
        let (kind, namespace, name) = (text(&["kind"]), text(&["metadata", "namespace"]), text(&["metadata", "name"]));
        if namespace != release {
            return ((kind, namespace, name), object);
        }
        if let Some(Data::Map(metadata)) = object.at_mut(&["metadata"]).map(|metadata| &mut metadata.data) {
            metadata.shift_remove("namespace");
        }
        ((kind, String::new(), name), object)
    };
    objects.into_iter().map(keyed).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "kind: Secret\nmetadata: {name: a}\ndata: {password: aHVudGVyMg==}\n";

    #[test]
    fn objects_are_told_apart_by_kind_and_name() {
        let before = "kind: A\nmetadata: {name: a}\nspec: {one: 1, list: [{name: x, value: 1}, {name: w}]}\n---\nkind: A\nmetadata: {name: gone}\n---\n";
        let after = "kind: A\nmetadata: {name: a, namespace: data}\nspec: {list: [{name: w}, {name: x, value: 2}], two: \"\"}\n";
        let [before, after] = [before, after].map(|text| by_key(objects("f", text).unwrap(), "data"));
        let key = after.keys().next().unwrap();
        assert_eq!(before.len(), 2);
        assert_eq!(
            fields::differences(&before[key], &after[key], &Hidden::default()),
            "    - spec.one: 1\n    ~ spec.list[x].value: 1 -> 2\n    + spec.two: \"\"\n"
        );
    }

    #[test]
    fn yaml_in_a_text_is_compared_as_yaml() {
        let map =
            |text: &str| objects("f", &format!("kind: ConfigMap\nmetadata: {{name: a}}\ndata:\n  b.yaml: |\n{text}")).unwrap().remove(0);
        let told = |text: &str| fields::differences(&map("    x: {w: 1}\n    z: 2\n"), &map(text), &Hidden::default());
        assert_eq!(told("    x:\n      w: 1\n    z: 2\n"), "    ~ data.\"b.yaml\": the same, written otherwise\n");
        assert_eq!(told("    x:\n      w: 3\n    z: 2\n"), "    ~ data.\"b.yaml\" |.x.w: 1 -> 3\n");
    }

    #[test]
    fn no_secret_is_shown() {
        let job = |password: &str| {
            format!("kind: Job\nmetadata: {{name: a}}\nspec: {{args: [-p, {password}], env: [{{name: A, value: hunter2}}]}}\n")
        };
        let before = objects("f", &[SECRET, "---\n", &job("hunter2")].concat()).unwrap();
        let after =
            objects("f", &[&SECRET.replace("aHVudGVyMg==", "b3RoZXI="), "---\n", &job("$(P)").replace("hunter2", "x")].concat()).unwrap();
        let hidden = Hidden::of(before.iter().chain(&after));
        let told: String = before.iter().zip(&after).map(|(before, after)| fields::differences(before, after, &hidden)).collect();
        assert_eq!(told, "    ~ data.password: *** (changed)\n    ~ spec.args[1]: *** (changed)\n    ~ spec.env[A].value: *** (changed)\n");
    }
}

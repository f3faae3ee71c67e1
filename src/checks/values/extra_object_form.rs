//! An object that the user adds is none of Kubernetes.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Kind, Path, Step};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "U101",
    name: "extra-object-form",
    level: Level::Error,
    what: "An object that the user adds is none of Kubernetes.",
    why: "The API server needs to know what it is and how it is called.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "extraObjects: [{apiVersion: v1, kind: ConfigMap, data: {a: b}}]"),
        instead: concat!("airflowVersion: 3.2.0\n", "extraObjects: [{apiVersion: v1, kind: ConfigMap, metadata: {name: a}, data: {a: b}}]"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (index, item) in subject.values.extra_objects.iter().enumerate() {
        let key = Path(vec![Step::Key("extraObjects".to_owned()), Step::Index(index)]);
        let Some(objects) = item.objects() else {
            found.in_value(key.clone(), format!("`{key}` must be an object of Kubernetes, or a text of YAML"), "this is not YAML");
            continue;
        };
        let text = |object: &serde_json::Value, path: &str| object.pointer(path).and_then(serde_json::Value::as_str).map(str::to_owned);
        for object in &objects {
            let needed = [("apiVersion", "/apiVersion"), ("kind", "/kind"), ("metadata.name", "/metadata/name")];
            let missing = needed.iter().find(|(_, path)| text(object, path).is_none_or(|text| text.is_empty()));
            if !object.is_object() {
                found.in_value(key.clone(), format!("`{key}` must be an object of Kubernetes"), "this is none");
            } else if let Some((name, _)) = missing {
                found.in_value(key.clone(), format!("`{key}` lacks its `{name}`"), "an object of Kubernetes needs it");
            } else {
                for (name, is_one) in [("apiVersion", Kind::is_api_version as fn(&str) -> bool), ("kind", Kind::is_name)] {
                    if object[name].as_str().is_some_and(|text| !is_one(text)) {
                        found
                            .in_value(key.clone(), format!("the `{name}` of `{key}` is none that there can be"), "this object")
                            .help("they are such as `apiVersion: example.com/v1` and `kind: Example`");
                    }
                }
            }
        }
    }
}

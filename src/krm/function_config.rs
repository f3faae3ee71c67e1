//! What a function has to do: an object of the list's own, which holds the values.

use std::path::Component;
use std::sync::Arc;

use crate::error::{Diagnostic, Error, code};
use crate::layers::{self, Layer};
use crate::schema::{Path, Step};
use crate::source::{Place, Source};
use crate::values::ObjectName;
use crate::yaml::{self, Data, Entry, Map, Node};

/// The kind that holds values, and its API.
const KIND: &str = "Airflow";
const API: &str = "gen/v1";

/// How messages name its text.
const NAME: &str = "functionConfig";

/// Where the file of the object is told.
const PATHS: [&str; 2] = ["internal.config.kubernetes.io/path", "config.kubernetes.io/path"];

/// The object that says what a function has to do.
#[derive(Debug)]
pub struct FunctionConfig {
    object: Node,
    source: Arc<Source>,
}

impl FunctionConfig {
    /// From the list's `functionConfig`.
    ///
    /// # Panics
    ///
    /// Never: what is written as YAML can be read.
    #[must_use]
    pub fn of(node: &Node) -> Self {
        let text = yaml::write(node);
        let object = yaml::read(&text, 0).ok().and_then(|mut read| read.pop()).expect("what is written can be read");
        let mut secrets = object.get("spec").map(layers::secrets_of).unwrap_or_default();
        // Nobody knows what else stands there.
        let is_known = |key: &str| ["apiVersion", "kind", "metadata", "spec"].contains(&key);
        secrets.extend(object.entries(&[]).filter(|(key, _)| !is_known(key)).map(|(_, value)| value.span()));
        Self { source: Arc::new(Source::new(NAME, &text, secrets)), object }
    }

    /// Its name; that of a config map says nothing, since tools make one where a function has settings.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.object.text(&["metadata", "name"]).filter(|name| self.has_values() && !name.is_empty())
    }

    /// The folder of its file, where somebody told it.
    #[must_use]
    pub fn folder(&self) -> &str {
        let path = PATHS.iter().find_map(|key| self.object.text(&["metadata", "annotations", key])).unwrap_or_default();
        path.rsplit_once('/').map(|(folder, _)| folder).unwrap_or_default()
    }

    /// What would lead out of the package, as paths of files are made of it.
    fn leads_out(&self) -> Vec<Diagnostic> {
        let told = |path: &[&str], title: String, label: &str, help: &str| {
            let origin = self.object.at(path).and_then(|node| node.origin);
            let place = origin.map(|origin| Place { source: Arc::clone(&self.source), span: origin.span() });
            Diagnostic::new(title).coded(code::NOT_A_FUNCTION_INPUT).at(place, label).help(help)
        };
        let name = self.name().filter(|name| !ObjectName::takes(name)).map(|_| {
            let title = format!("`metadata.name` of `functionConfig` must be {}", ObjectName::EXPECTED);
            told(&["metadata", "name"], title, "not of that form", "the ledger and the folder of the files have this name")
        });
        let is_within = |path: &str| {
            let mut components = std::path::Path::new(path).components();
            components.all(|component| matches!(component, Component::Normal(_) | Component::CurDir))
        };
        let paths = PATHS.iter().map(|key| ["metadata", "annotations", key]);
        let paths = paths.filter(|path| self.object.text(path).is_some_and(|text| !is_within(text))).map(|path| {
            let title = format!("`{}` of `functionConfig` leads out of the package", path[2]);
            told(&path, title, "this path", "it is the path of the file from the folder of the package, such as `dev/airflow.yaml`")
        });
        name.into_iter().chain(paths).collect()
    }

    /// `apiVersion`, `kind`, name and namespace.
    #[must_use]
    pub fn identity(&self) -> [&str; 4] {
        let path: [&[&str]; 4] = [&["apiVersion"], &["kind"], &["metadata", "name"], &["metadata", "namespace"]];
        path.map(|path| self.object.text(path).unwrap_or_default())
    }

    /// What it says of the values.
    ///
    /// # Errors
    ///
    /// What means nothing.
    pub fn layers(&self) -> Result<Vec<Layer>, Error> {
        let errors = self.faults();
        if !errors.is_empty() {
            return Err(errors.into());
        }
        if !self.has_values() {
            let setting = |(key, value): (&str, &Node)| Layer::setting(key, &value.scalar());
            return Ok(self.object.entries(&["data"]).map(setting).collect());
        }
        let of_release = [("name", "releaseName"), ("namespace", "namespace")];
        let of_release = of_release.into_iter().filter_map(|(field, key)| Some(self.layer(key, self.object.at(&["metadata", field])?)));
        let values = self.object.get("spec").filter(|spec| !spec.is_null());
        let values = values.map(|spec| Layer::Parsed(Arc::clone(&self.source), spec.clone()));
        Ok(of_release.chain(values).collect())
    }

    /// The field that a place is in, if it is one of the object.
    #[must_use]
    pub fn field(&self, place: &Place) -> Option<String> {
        if place.source.name == NAME {
            return Some(path_at(&self.object, place.span.start).to_string());
        }
        let (key, _) = place.source.text().split_once('=').filter(|_| place.source.name == "--set" && !self.has_values())?;
        self.object.at(&["data", key]).map(|_| format!("data.{key}"))
    }

    fn has_values(&self) -> bool {
        self.object.text(&["kind"]) == Some(KIND)
    }

    /// A value of a key that another field says.
    fn layer(&self, key: &str, value: &Node) -> Layer {
        let entry = Entry { key: value.origin, value: value.clone() };
        Layer::Parsed(Arc::clone(&self.source), Node::new(Data::Map(Map::from_iter([(key.to_owned(), entry)]))))
    }

    /// What means nothing.
    fn faults(&self) -> Vec<Diagnostic> {
        let [api_version, kind, ..] = self.identity();
        let values = match (api_version, kind) {
            (API, KIND) => "spec",
            ("v1", "ConfigMap") => "data",
            (_, KIND) => return vec![self.fault("apiVersion", &format!("`functionConfig` is not of `{API}`"), "another API")],
            _ => {
                return vec![self.fault(
                    "kind",
                    "`functionConfig` is of a kind that gen does not know",
                    "neither `Airflow` nor `ConfigMap`",
                )];
            }
        };
        let is_known = |key: &str| ["apiVersion", "kind", "metadata", values].contains(&key);
        let strange = self.object.entries(&[]).filter(|(key, _)| !is_known(key));
        let strange = strange.map(|(key, _)| self.fault(key, &format!("unknown key `{key}` in `functionConfig`"), "means nothing here"));
        let is_map = self.object.get(values).is_none_or(|node| node.is_null() || node.as_map().is_some());
        let no_map = (!is_map).then(|| self.fault(values, &format!("`{values}` of `functionConfig` must be a map of keys and values"), ""));
        let not_text = self.object.entries(&["data"]).filter(|(_, value)| values == "data" && value.as_str().is_none());
        let not_text = not_text.map(|(key, _)| self.fault("data", &format!("`{key}` in `data` must be a string"), "quotes are missing"));
        strange.chain(no_map).chain(not_text).chain(self.leads_out()).collect()
    }

    /// An error about a key at the top.
    fn fault(&self, key: &str, title: &str, label: &str) -> Diagnostic {
        let entry = self.object.as_map().and_then(|entries| entries.get(key));
        let origin = entry.and_then(|entry| if ["apiVersion", "kind"].contains(&key) { entry.value.origin } else { entry.key });
        let place = origin.map(|origin| Place { source: Arc::clone(&self.source), span: origin.span() });
        let help =
            format!("`kind: {KIND}` of `apiVersion: {API}` has the values in `spec`; a ConfigMap has settings in `data`, as of `--set`");
        Diagnostic::new(title).coded(code::NOT_A_FUNCTION_INPUT).at(place, label).help(help)
    }
}

/// The way to the node that a byte of a tree's text belongs to.
fn path_at(node: &Node, at: usize) -> Path {
    let mut path = Path::default();
    let mut node = node;
    loop {
        let next = match &node.data {
            Data::Map(entries) => {
                let begun = entries.iter().rfind(|(_, entry)| entry.key.is_some_and(|key| key.span().start <= at));
                begun.map(|(key, entry)| (Step::Key(key.clone()), &entry.value))
            }
            Data::List(items) => {
                let begun = items.iter().enumerate().rfind(|(_, item)| item.span().start <= at);
                begun.map(|(index, item)| (Step::Index(index), item))
            }
            _ => None,
        };
        let Some((step, below)) = next else { return path };
        path.0.push(step);
        if below.span().start > at {
            return path;
        }
        node = below;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_found_by_its_place() {
        let text = "spec:\n  a:\n  - b: 1\n    q: x\n  d: y\n";
        let node = yaml::read(text, 0).unwrap().remove(0);
        let path = |word: &str| path_at(&node, text.find(word).unwrap()).to_string();
        assert_eq!(["spec", "a", "b", "q", "x", "y"].map(path), ["spec", "spec.a", "spec.a[0].b", "spec.a[0].q", "spec.a[0].q", "spec.d"]);
    }
}

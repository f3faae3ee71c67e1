//! From values files and arguments to typed values.
//!
//! The layers are, from the lowest: the defaults of the types, those of the edition, the files from left to right,
//! then `--set` and its kin in the order of the command line. Maps merge, lists replace, `null` returns a key to its
//! default. Each node remembers its layer, so that a message can say which file or argument set a value.

use std::fs;
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::rc::Rc;

use super::file::{cannot_read, decode};
use super::{AirflowVersion, Edition, Values, hiding, set};
use crate::error::{Diagnostic, Error, reason};
use crate::schema::{Fault, Finding, Path, Schema};
use crate::source::{Place, Source};
use crate::yaml::{self, Data, Entry, Map, Node, Origin, SyntaxError};

/// One thing on the command line that gives values.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A values file (`-f`).
    File(PathBuf),
    /// Standard input (`-f -`).
    Stdin,
    /// `--set`: keys and values, with the types that they look like.
    Set(String),
    /// `--set-string`: the same, all strings.
    SetString(String),
    /// `--set-file`: keys, and files that hold their text.
    SetFile(String),
    /// `--set-json`: keys and JSON values.
    SetJson(String),
    /// An option of its own that stands for a key: the option, the key, and the value.
    Option(&'static str, &'static str, String),
}

/// What the command line gives: in the order in which the layers apply.
#[derive(Clone, Debug, Default)]
pub struct Given(pub Vec<Layer>);

/// The number of the layer that holds the edition's defaults, which no message ever points at.
const EDITION: usize = usize::MAX;

/// The values of all layers, merged, with the texts that they came from.
#[derive(Debug)]
pub struct Layers {
    sources: Vec<Rc<Source>>,
    merged: Node,
}

impl Layers {
    /// Reads the layers, merges them and types them.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them: what cannot be read, what is not YAML, keys that mean nothing, values of
    /// another type or form, and a version of Airflow that has no edition.
    ///
    /// # Panics
    ///
    /// Never: a tree is plain data.
    pub fn values(given: &Given) -> Result<(Values, Self), Error> {
        let document = super::schema();
        let schema = Schema::of(&document);
        let mut layers = Self { sources: Vec::new(), merged: Node::new(Data::Map(Map::new())) };
        let mut errors = Vec::new();
        for layer in &given.0 {
            if let Err(diagnostic) = layers.add(layer, schema) {
                errors.push(*diagnostic);
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        schema.drop_nulls(&mut layers.merged);
        let edition = layers.edition(schema)?;
        let mut merged = edition_defaults(edition);
        merge(&mut merged, layers.merged);
        layers.merged = merged;
        let errors = layers.errors(schema);
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let tree = serde_json::to_value(&layers.merged).expect("a tree is JSON");
        let values = serde_path_to_error::deserialize(tree).map_err(|error| {
            let path = error.path().to_string();
            Diagnostic::new(format!("`{path}` cannot be used"))
                .at(layers.place(&path.as_str().into()), "this value")
                .note(error.inner().to_string())
        })?;
        Ok((values, layers))
    }

    /// Where the value of a key was written; `None` if nobody wrote it.
    #[must_use]
    pub fn place(&self, path: &Path) -> Option<Place> {
        let node = path.get(&self.merged)?;
        self.place_of(&node.origin)
    }

    /// The merged tree, as it was written.
    #[must_use]
    pub fn tree(&self) -> &Node {
        &self.merged
    }

    fn place_of(&self, origin: &Origin) -> Option<Place> {
        let source = self.sources.get(origin.layer)?;
        Some(Place { source: Rc::clone(source), span: origin.span.clone() })
    }

    fn add(&mut self, layer: &Layer, schema: Schema<'_>) -> Result<(), Box<Diagnostic>> {
        let number = self.sources.len();
        match layer {
            Layer::File(path) => {
                let name = path.display().to_string();
                let bytes = fs::read(path).map_err(|error| Box::new(cannot_read(path, &error)))?;
                self.add_file(number, &name, &bytes, schema)
            }
            Layer::Stdin => {
                let mut bytes = Vec::new();
                io::stdin()
                    .read_to_end(&mut bytes)
                    .map_err(|error| Box::new(Diagnostic::new("cannot read standard input").note(reason(&error))))?;
                self.add_file(number, "standard input", &bytes, schema)
            }
            Layer::Set(text) => self.add_settings("--set", text, set::parse(text, number, set::typed), schema),
            Layer::SetString(text) => self.add_settings("--set-string", text, set::parse(text, number, set::string), schema),
            Layer::SetFile(text) => self.add_settings("--set-file", text, set::parse(text, number, set::file), schema),
            Layer::SetJson(text) => self.add_settings("--set-json", text, set::parse_json(text, number), schema),
            Layer::Option(option, key, value) => {
                let node = Node { data: Data::String(value.clone()), origin: Origin { layer: number, span: 0..value.len() } };
                self.sources.push(Rc::new(Source::new(*option, value, Vec::new())));
                let entry = Entry { key: node.origin.clone(), value: node };
                merge(&mut self.merged, Node::new(Data::Map(Map::from([((*key).to_owned(), entry)]))));
                Ok(())
            }
        }
    }

    fn add_file(&mut self, number: usize, name: &str, bytes: &[u8], schema: Schema<'_>) -> Result<(), Box<Diagnostic>> {
        let text = decode(name, bytes)?;
        let documents =
            yaml::read(text, number).map_err(|error| Box::new(self.syntax(name, text, hiding::of_file(text, schema), error)))?;
        let [document] = <[Node; 1]>::try_from(documents).map_err(|documents| {
            let source = Source::new(name, text, documents.iter().flat_map(|document| schema.secrets(document)).collect());
            let place = documents.get(1).map(|second| Place { source: Rc::new(source), span: second.origin.span.clone() });
            Box::new(if place.is_none() {
                Diagnostic::new(format!("`{name}` is empty"))
                    .note("a values file says which values differ from the defaults")
                    .help("write `{}` into it for none")
            } else {
                Diagnostic::new(format!("`{name}` holds several documents"))
                    .at(place, "the second one begins here")
                    .help("give each as a file of its own: `-f one.yaml -f two.yaml`")
            })
        })?;
        let source = Rc::new(Source::new(name, text, schema.secrets(&document)));
        self.sources.push(Rc::clone(&source));
        if document.as_map().is_none() {
            let place = Place { source, span: document.origin.span.clone() };
            let title = format!("`{name}` must be a map of keys and values");
            return Err(Box::new(Diagnostic::new(title).at(Some(place), format!("this is {}", document.kind()))));
        }
        merge(&mut self.merged, document);
        Ok(())
    }

    fn add_settings(
        &mut self,
        option: &str,
        text: &str,
        parsed: Result<Vec<set::Setting>, SyntaxError>,
        schema: Schema<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let settings = parsed.map_err(|error| Box::new(self.syntax(option, text, hiding::of_argument(text), error)))?;
        let secrets = settings.iter().flat_map(|setting| setting.secrets(schema)).collect();
        self.sources.push(Rc::new(Source::new(option, text, secrets)));
        for setting in settings {
            setting.apply(&mut self.merged);
        }
        Ok(())
    }

    fn syntax(&mut self, name: &str, text: &str, hidden: Vec<std::ops::Range<usize>>, error: SyntaxError) -> Diagnostic {
        let source = Rc::new(Source::new(name, text, hidden));
        self.sources.push(Rc::clone(&source));
        let mut diagnostic = Diagnostic::new(error.title).at(Some(Place { source, span: error.span }), error.label);
        diagnostic.help = error.help;
        diagnostic
    }

    fn edition(&self, schema: Schema<'_>) -> Result<Edition, Error> {
        let version = match self.merged.get("airflowVersion") {
            None => AirflowVersion::default(),
            Some(node) => match serde_json::to_value(node).and_then(serde_json::from_value) {
                Ok(version) if schema.property("airflowVersion").is_some_and(|schema| schema.check(node).is_empty()) => version,
                // Not a version at all: everything that is wrong is said at once.
                _ => return Err(self.errors(schema).into()),
            },
        };
        version.edition().ok_or_else(|| {
            let place = self.place(&"airflowVersion".into());
            let default = place.is_none();
            let title = format!("Airflow {} is not supported yet", version.as_str());
            let error = Diagnostic::new(title).at(place, "no edition of the manifests for this version");
            let known = Edition::ALL.map(|edition| format!("`{}`", edition.name())).join(", ");
            let error = error.help(format!("the editions are {known}: set `airflowVersion` to a version of one of them"));
            if !default {
                return error.into();
            }
            // Nobody meant that version; the key may even be there, misspelt.
            let error = error.note("`airflowVersion` is not given; this is its default");
            std::iter::once(error).chain(self.errors(schema)).collect::<Vec<_>>().into()
        })
    }

    /// Everything that the schema does not allow, in the order in which it was written.
    fn errors(&self, schema: Schema<'_>) -> Vec<Diagnostic> {
        let mut findings = schema.check(&self.merged);
        findings.sort_by_key(|finding| {
            let origin = self.origin(finding);
            (origin.layer, origin.span.start)
        });
        findings.iter().map(|finding| self.explain(finding)).collect()
    }

    /// Where what a finding is about was written.
    fn origin(&self, finding: &Finding) -> &Origin {
        let (node, entry) = finding.path.find(&self.merged);
        match entry {
            Some(entry) if finding.fault.is_of_key() || node.is_null() => &entry.key,
            // A block that lacks a key is named by the key that holds it.
            Some(entry) if matches!(finding.fault, Fault::Missing { .. }) => &entry.key,
            _ => &node.origin,
        }
    }

    /// A finding of the schema in the user's terms.
    fn explain(&self, finding: &Finding) -> Diagnostic {
        let place = self.place_of(self.origin(finding));
        let by_argument = place.as_ref().is_some_and(|place| place.source.name == "--set");
        let mut diagnostic = Diagnostic::new(finding.fault.title(&finding.path.to_string())).at(place, finding.fault.label());
        diagnostic.help = finding.fault.help();
        if by_argument && matches!(finding.fault, Fault::WrongType { bare: true, .. }) {
            diagnostic.help = Some("use `--set-string` to make it a string".to_owned());
        }
        diagnostic
    }
}

/// The edition's own values file as a tree.
fn edition_defaults(edition: Edition) -> Node {
    let documents = yaml::read(edition.defaults(), EDITION).expect("an edition's defaults are YAML");
    documents.into_iter().next().expect("an edition's defaults are one document")
}

/// Merges `over` into `base`: maps merge, everything else replaces.
pub(super) fn merge(base: &mut Node, over: Node) {
    match (&mut base.data, over.data) {
        (Data::Map(into), Data::Map(from)) => {
            if over.origin != Origin::default() {
                base.origin = over.origin;
            }
            for (key, entry) in from {
                match into.get_mut(&key) {
                    Some(old) => {
                        old.key = entry.key;
                        merge(&mut old.value, entry.value);
                    }
                    None => {
                        into.insert(key, entry);
                    }
                }
            }
        }
        (_, data) => *base = Node { data, origin: over.origin },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_of_each_edition_fit_the_values() {
        let document = super::super::schema();
        for edition in Edition::ALL {
            let findings = Schema::of(&document).check(&edition_defaults(edition));
            assert!(findings.is_empty(), "{}: {findings:?}", edition.name());
        }
    }
}

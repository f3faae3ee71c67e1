//! From values files and arguments to typed values.
//!
//! The layers are, from the lowest: the defaults of the types, those of the edition, the files from left to right,
//! then `--set` and its kin in the order of the command line. Maps merge, lists replace, `null` returns a key to its
//! default. Each node remembers its layer, so that a message can say which file or argument set a value.

mod deprecated;
mod diagnose;
pub mod edition_keys;
mod elsewhere;
mod file;
mod from_helm;
mod go_template;
mod hiding;
pub mod majors;
mod masked;
mod secret_source;
mod set;
mod setting;

use std::fs;
use std::io::{self, Read as _};
use std::path::PathBuf;
use std::rc::Rc;

use crate::error::{Diagnostic, Error, reason};
use crate::schema::{Null, Path, Schema};
use crate::source::{Place, Source};
use crate::values::{Edition, Password, Values};
use crate::yaml::{self, Data, Entry, Map, Node, Origin, SyntaxError};
use file::{cannot_read, decode};
use setting::Setting;

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
#[derive(Clone, Debug)]
pub struct Layers {
    sources: Vec<Rc<Source>>,
    /// What the user says.
    given: Node,
    /// The same, with the edition's defaults below it and its Go templates resolved.
    merged: Node,
}

impl Layers {
    /// Reads the layers and merges them.
    ///
    /// # Errors
    ///
    /// What cannot be read, and what is not YAML.
    pub fn read(given: &Given) -> Result<Self, Error> {
        let schema = Schema::of(crate::values::schema());
        let empty = Node::new(Data::Map(Map::new()));
        let mut layers = Self { sources: Vec::new(), given: empty.clone(), merged: empty };
        let mut errors = Vec::new();
        for layer in &given.0 {
            if let Err(diagnostic) = layers.add(layer, schema) {
                errors.push(*diagnostic);
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        Ok(layers)
    }

    /// Adds a secret that was made, for a key.
    pub fn add_secret(&mut self, key: &str, secret: &Password) {
        let setting = Setting::of_text(key, secret, self.sources.len());
        self.sources.push(Rc::new(Source::new("gen secrets", secret, std::iter::once(0..secret.len()).collect())));
        setting.apply(&mut self.merged);
    }

    /// Types the merged layers, on top of the defaults of their edition.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them: keys that mean nothing, values of another type or form, and a version of
    /// Airflow that has no edition.
    ///
    /// # Panics
    ///
    /// Never: a tree is plain data.
    pub fn values(self) -> Result<(Values, Self), Error> {
        let mut layers = self;
        let schema = Schema::of(crate::values::schema());
        from_helm::drop_heading(&mut layers.merged);
        secret_source::settle(&mut layers.merged, schema);
        let edition = layers.edition(schema)?;
        let null = if edition == Edition::V1_10 { Null::IsDefault } else { Null::IsNothing };
        schema.drop_nulls(&mut layers.merged, null);
        if edition != Edition::V1_10 {
            from_helm::drop_defaults(&mut layers.merged);
            from_helm::drop_image(&mut layers.merged);
        }
        layers.given = layers.merged.clone();
        let mut merged = edition_defaults(edition);
        merge(&mut merged, layers.merged);
        layers.merged = merged;
        let errors = layers.resolved(schema, edition);
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

    /// The folder of a values file; the working directory for layers that are none.
    fn folder(&self, layer: usize) -> PathBuf {
        let name = self.sources.get(layer).map(|source| source.name.as_str()).unwrap_or_default();
        std::path::Path::new(name).parent().map(std::path::Path::to_path_buf).unwrap_or_default()
    }

    /// What the user says, without any defaults.
    #[must_use]
    pub fn given(&self) -> &Node {
        &self.given
    }

    /// The merged tree.
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
        parsed: Result<Vec<Setting>, SyntaxError>,
        schema: Schema<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let settings = parsed.map_err(|error| Box::new(self.syntax(option, text, hiding::of_argument(text), error)))?;
        let secrets = settings.iter().flat_map(|setting| setting.secrets(schema)).collect();
        self.sources.push(Rc::new(Source::new(option, text, secrets)));
        for mut setting in settings {
            if option == "--set-file" {
                setting.trim(schema);
            }
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
}

/// The edition's own values file as a tree: the default of every key.
fn edition_defaults(edition: Edition) -> Node {
    let text = match edition {
        Edition::V1_10 => include_str!("layers/edition-1.10.yaml"),
        Edition::Current => include_str!("layers/edition-current.yaml"),
    };
    let documents = yaml::read(text, EDITION).expect("an edition's defaults are YAML");
    documents.into_iter().next().expect("an edition's defaults are one document")
}

/// Merges `over` into `base`: maps merge, everything else replaces.
fn merge(base: &mut Node, over: Node) {
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
        let document = crate::values::schema();
        for edition in Edition::ALL {
            let findings = Schema::of(document).check(&edition_defaults(edition));
            assert!(findings.is_empty(), "{}: {findings:?}", edition.name());
        }
    }
}

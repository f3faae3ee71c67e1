//! What the files and arguments say, merged as written.

mod document;
mod heading;
mod hiding;
mod layer;
mod object;
mod other_chart;
mod respelt;
mod set;
mod setting;
mod umbrella;
mod within;
mod wording;

use std::ops::Range;

use crate::error::{Diagnostic, Error, code};
use crate::schema::{Path, Schema};
use crate::source::{Files, Place, Source, Sources};
use crate::values::Password;
use crate::yaml::{Data, Entry, Map, Node, Origin, SyntaxError};

use super::anchors::Aliased;
use super::schema;
pub(crate) use heading::of_keys as headings;
pub use layer::Layer;
use setting::Setting;
use wording::Wording;

/// What the files and arguments say, merged as written, with the texts that it came from.
#[derive(Clone, Debug)]
pub struct Read {
    pub(super) sources: Sources,
    pub(super) said: Node,
    /// A file that holds comments and nothing else, if there is one.
    pub(super) commented: Option<String>,
    /// Where nodes begin whose anchors aliases name.
    pub(super) aliased: Aliased,
    /// What deserves a look in how something is written.
    pub(super) told: Vec<Diagnostic>,
}

impl Read {
    /// Reads the layers and merges them.
    ///
    /// # Errors
    ///
    /// What cannot be read, and what is not YAML.
    pub fn of(layers: &[Layer]) -> Result<Self, Error> {
        Self::with(layers, Files::default())
    }

    /// The same, with files read from elsewhere.
    pub fn with(layers: &[Layer], files: Files) -> Result<Self, Error> {
        let sources = Sources::with(files);
        let said = Node::new(Data::Map(Map::default()));
        let mut read = Self { sources, said, commented: None, aliased: Aliased::new(), told: Vec::new() };
        let mut errors = Vec::new();
        for layer in layers {
            if let Err(diagnostic) = read.add(layer, schema()) {
                errors.push(*diagnostic);
            }
        }
        // Beside others, a file of comments alone is a file whose keys are commented out for now.
        let says_nothing = read.said.as_map().is_none_or(Map::is_empty);
        errors.extend(read.commented.take().filter(|_| says_nothing).map(|name| document::empty(&name)));
        if errors.is_empty() { Ok(read) } else { Err(errors.into()) }
    }

    /// Adds a fresh secret for a key.
    pub fn add_secret(&mut self, key: &str, secret: &Password) {
        let setting = Setting::of_text(key, secret, self.sources.next());
        self.sources.add(Source::new("gen secrets", secret, std::iter::once(0..secret.len()).collect()));
        setting.apply(&mut self.said);
    }

    fn add(&mut self, layer: &Layer, schema: Schema<'_>) -> Result<(), Box<Diagnostic>> {
        let number = self.sources.next();
        let (layer, wording) = match layer {
            Layer::Listed(file) => (file.as_ref(), Wording::Keys),
            layer => (layer, Wording::Options),
        };
        let (layer, below) = match layer {
            Layer::Within(layer, path) => (layer.as_ref(), Some(path.as_str())),
            layer => (layer, None),
        };
        if let Some(text) = layer.text(&self.sources.files)? {
            return self.add_file(number, &text, below, wording, schema);
        }
        match layer {
            // They have a text.
            Layer::File(_) | Layer::Stdin | Layer::Text(..) | Layer::Within(..) | Layer::Listed(_) => Ok(()),
            Layer::Parsed(source, values) => {
                self.sources.share(source);
                merge(&mut self.said, values.clone().of_text(number));
                Ok(())
            }
            Layer::Set(text) => self.add_settings("--set", text, set::parse(text, number, &set::typed), below, schema),
            Layer::SetString(text) => self.add_settings("--set-string", text, set::parse(text, number, &set::string), below, schema),
            Layer::SetLiteral(text) => self.add_settings("--set-literal", text, set::parse_literal(text, number), below, schema),
            Layer::SetFile(text) => {
                let parsed = set::parse(text, number, &|path, origin| set::file(&self.sources.files, path, origin));
                self.add_settings("--set-file", text, parsed, below, schema)
            }
            Layer::SetJson(text) => self.add_settings("--set-json", text, set::parse_json(text, number), below, schema),
            Layer::Option(option, key, value) => {
                self.add_option(option, key, value, Data::String(value.clone()));
                Ok(())
            }
            Layer::Flag(option, key) => {
                self.add_option(option, key, "true", Data::Bool(true));
                Ok(())
            }
        }
    }

    fn add_option(&mut self, option: &str, key: &str, text: &str, data: Data) {
        let origin = Some(Origin::new(self.sources.next(), 0..text.len()));
        self.sources.add(Source::new(option, text, Vec::new()));
        let entry = Entry { key: origin, value: Node { data, origin } };
        merge(&mut self.said, Node::new(Data::Map(Map::from_iter([(key.to_owned(), entry)]))));
    }

    fn add_settings(
        &mut self,
        option: &str,
        text: &str,
        parsed: Result<Vec<Setting>, SyntaxError>,
        below: Option<&str>,
        schema: Schema<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let mut settings = parsed.map_err(|error| Box::new(self.syntax(option, text, hiding::of_argument(text), error)))?;
        if let Some(below) = below.map(Path::of_keys) {
            settings = settings.into_iter().flat_map(|setting| setting.within(&below)).collect();
        }
        let secrets = settings.iter().flat_map(|setting| setting.secrets(schema)).collect();
        self.sources.add(Source::new(option, text, secrets));
        for mut setting in settings {
            if option == "--set-file" {
                setting.trim(schema);
            }
            setting.apply(&mut self.said);
        }
        Ok(())
    }

    fn syntax(&mut self, name: &str, text: &str, hidden: Vec<Range<usize>>, error: SyntaxError) -> Diagnostic {
        let source = self.sources.add(Source::new(name, text, hidden));
        let mut diagnostic = Diagnostic::new(error.title).coded(code::NOT_YAML).at(Some(Place { source, span: error.span }), error.label);
        diagnostic.help = error.help;
        diagnostic
    }
}

/// Merges `over` into `base`: maps merge, everything else replaces.
pub(super) fn merge(base: &mut Node, over: Node) {
    match (&mut base.data, over.data) {
        (Data::Map(into), Data::Map(from)) => {
            base.origin = over.origin.or(base.origin);
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

    fn merged(texts: &[&str]) -> Node {
        let mut base = Node::new(Data::Map(Map::default()));
        for (number, text) in texts.iter().enumerate() {
            merge(&mut base, crate::yaml::read(text, number).unwrap().remove(0));
        }
        base
    }

    #[test]
    fn maps_merge_lists_replace_and_each_key_knows_its_layer() {
        let node = merged(&["a: {b: 1, c: [1, 2]}", "a: {c: [3]}", "d: 4"]);
        assert_eq!(serde_json::to_string(&node).unwrap(), r#"{"a":{"b":1,"c":[3]},"d":4}"#);
        let layer = |path: &[&str]| node.at(path).unwrap().origin.map(Origin::layer);
        assert_eq!([layer(&["a", "b"]), layer(&["a", "c"]), layer(&["a"]), layer(&["d"])], [Some(0), Some(1), Some(1), Some(2)]);
    }

    #[test]
    fn what_nobody_wrote_takes_no_origin_away() {
        let mut node = merged(&["a: {b: 1}"]);
        let origin = node.origin;
        merge(&mut node, Node::new(Data::Map(Map::default())));
        assert_eq!(node.origin, origin);
    }
}

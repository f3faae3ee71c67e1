//! The document of a values file.

use std::sync::Arc;

use super::{Read, Wording, heading, hiding, merge, object, other_chart, respelt, umbrella, within};
use crate::error::{Diagnostic, Severity, code};
use crate::schema::{Path, Schema};
use crate::source::{Place, Source, Text, line_and_column};
use crate::yaml::{self, Data, Entry, Map, Node, Twice};

impl Read {
    /// Adds a values file, or what stands below a path in one; `number` is that of its text.
    pub(super) fn add_file(
        &mut self,
        number: usize,
        file: &Text,
        below: Option<&str>,
        wording: Wording,
        schema: Schema<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let (name, text) = (file.name.as_str(), file.decoded()?);
        let (read, has_heading) = heading::as_comment(text);
        let documents = yaml::read_keeping_last(&read, number);
        let (documents, twice) = documents.map_err(|error| Box::new(self.syntax(name, text, hiding::of_file(text, schema), error)))?;
        let documents = yaml::without_empty(documents);
        self.aliased.extend(yaml::aliased(&read).into_iter().map(|start| (number, start)));
        match (below, <[Node; 1]>::try_from(documents)) {
            (Some(path), documents) => {
                let documents = documents.map_or_else(|several| several, Vec::from);
                self.add_within(number, (name, text, &twice), &documents, (path, wording), schema)
            }
            // Helm says so of a release that has only defaults.
            (None, Ok([document])) if has_heading && document.is_null() => {
                self.sources.add(Source::new(name, text, Vec::new()));
                Ok(())
            }
            (None, Ok([document])) => self.add_document((name, text, &twice), document, wording, schema),
            (None, Err(none)) if none.is_empty() && heading::is_commented(text) => {
                self.commented = Some(name.to_owned());
                Ok(())
            }
            (None, Err(none)) if none.is_empty() => Err(Box::new(empty(name))),
            (None, Err(several)) => {
                let mut secrets: Vec<_> = several.iter().flat_map(|document| schema.secrets(document)).collect();
                secrets.extend(twice.iter().map(|one| one.value.span()));
                let source = self.sources.add(Source::new(name, text, secrets));
                let object = object::recognised(name, &several, wording, |entry| place(&source, entry));
                let error = Diagnostic::new(format!("`{name}` holds several documents")).coded(code::NO_VALUES);
                let second = several.get(1).map(|second| Place { source: source.clone(), span: second.span() });
                Err(Box::new(object.unwrap_or_else(|| {
                    error.at(second, "the second one begins here").help("give each as a file of its own: `-f one.yaml -f two.yaml`")
                })))
            }
        }
    }

    fn add_document(
        &mut self,
        (name, text, twice): (&str, &str, &[Twice]),
        document: Node,
        wording: Wording,
        schema: Schema<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let mut secrets = schema.secrets(&document);
        secrets.extend(twice.iter().map(|one| one.value.span()));
        let source = self.sources.add(Source::new(name, text, secrets));
        if document.as_map().is_none() {
            let place = Place { source, span: document.span() };
            let title = format!("`{name}` must be a map of keys and values");
            return Err(Box::new(Diagnostic::new(title).at(Some(place), format!("this is {}", document.kind())).coded(code::NO_VALUES)));
        }
        let place = |entry: &Entry| place(&source, entry);
        let other = object::recognised(name, std::slice::from_ref(&document), wording, place)
            .or_else(|| umbrella::recognised(name, &document, wording, schema, place))
            .or_else(|| other_chart::recognised(name, &document, schema, place));
        if let Some(error) = other {
            return Err(Box::new(error));
        }
        self.told.extend(respelt::keys(&document, text, &source));
        self.told.extend(twice.iter().map(|one| stands_twice(one, text, &source)));
        merge(&mut self.said, document);
        Ok(())
    }

    fn add_within(
        &mut self,
        number: usize,
        (name, text, twice): (&str, &str, &[Twice]),
        documents: &[Node],
        (path, wording): (&str, Wording),
        schema: Schema<'_>,
    ) -> Result<(), Box<Diagnostic>> {
        let within::Within { mut node, text: own, twice: inside } = within::find((name, text, twice), documents, path, number, wording)?;
        let mut secrets = schema.secrets(&node);
        secrets.extend(inside.iter().map(|one| one.value.span()));
        let source = if let Some(own) = &own {
            Source::new(format!("{name}: {path}"), own, secrets)
        } else {
            secrets.extend(within::beside(text, &node.span()));
            secrets.extend(twice.iter().map(|one| one.value.span()));
            Source::new(name, text, secrets)
        };
        let source = self.sources.add(source);
        if node.is_null() {
            node.data = Data::Map(Map::default());
        }
        if node.as_map().is_none() {
            let place = Place { source, span: node.span() };
            let title = format!("`{path}` of `{name}` must be a map of keys and values");
            return Err(Box::new(Diagnostic::new(title).at(Some(place), format!("this is {}", node.kind())).coded(code::VALUES_WITHIN)));
        }
        let place = |entry: &Entry| place(&source, entry);
        if let Some(error) = other_chart::recognised(name, &node, schema, place) {
            return Err(Box::new(error));
        }
        let text = own.as_deref().unwrap_or(text);
        self.told.extend(respelt::keys(&node, text, &source));
        self.told.extend(inside.iter().map(|one| stands_twice(one, text, &source)));
        within::drop_condition(&Path::of_keys(path), &mut node);
        merge(&mut self.said, node);
        Ok(())
    }
}

/// A warning about a key that stands twice in its map.
fn stands_twice(Twice { name, first, last, .. }: &Twice, text: &str, source: &Arc<Source>) -> Diagnostic {
    let (line, _) = line_and_column(text, first.start);
    let place = Place { source: Arc::clone(source), span: last.clone() };
    let title = format!("`{name}` stands twice in its map: the last counts, and not the one in line {line}");
    let told = Diagnostic::new(title).coded(code::KEY_TWICE).at(Some(place), "this one counts, with Helm too");
    Diagnostic { severity: Severity::Warning, ..told }.help("keep one of the two")
}

/// Where an entry was written.
fn place(source: &Arc<Source>, entry: &Entry) -> Option<Place> {
    let origin = entry.key.or(entry.value.origin)?;
    Some(Place { source: source.clone(), span: origin.span() })
}

/// An error about a file without a document.
pub(super) fn empty(name: &str) -> Diagnostic {
    let error = Diagnostic::new(format!("`{name}` is empty")).coded(code::NO_VALUES);
    error.note("a values file says which values differ from the defaults").help("write `{}` into it for none")
}

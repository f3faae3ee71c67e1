//! From anyone's files to manifests: the objects of Kubernetes that texts of YAML or JSON hold, as they were written.
//!
//! A text holds documents, and a document an object or a list of them (`kind: List`). What is `null` says nothing to the API
//! server and is left out; nothing else is changed or added.

mod folder;
mod hiding;
mod object;
mod stranger;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::error::{Diagnostic, code};
use crate::kubernetes::{Manifest, Secrecy};
use crate::schema;
use crate::source::{Place, Source, Sources, Text};
use crate::yaml::{self, Node};
pub use folder::files as files_of_folder;
pub(crate) use hiding::{has_secret, of_options, without_options};
use object::Found;
pub use object::OF_VALUES;

/// The objects of files, and what is to be told of the files themselves.
#[derive(Debug, Default)]
pub struct Intake {
    /// The objects, in the order in which they stand in the files.
    pub manifests: Vec<Manifest>,
    /// What cannot be read, and what is no object.
    pub told: Vec<Diagnostic>,
    /// The texts.
    pub sources: Sources,
    /// The names of the texts that hold objects, and of those that cannot be read.
    pub files: Vec<String>,
    /// How many documents say anything.
    documents: usize,
    /// The files in folders that hold no objects.
    passed: Vec<String>,
    /// The files that were read, by their real paths: each counts once.
    seen: HashSet<PathBuf>,
}

impl Intake {
    /// Adds a file, or the files of a folder: see [`folder::files`].
    pub fn add(&mut self, path: &Path) {
        if !path.is_dir() {
            return self.add_file(path, Whose::Named);
        }
        let mut failed = Vec::new();
        let files = folder::files(path, &mut failed);
        if files.is_empty() && failed.is_empty() {
            let error = Diagnostic::new(format!("`{}` holds no file of YAML or JSON", path.display())).coded(code::NO_OBJECT);
            failed.push(error.help("files end in `.yaml`, `.yml` or `.json`; hidden ones do not count"));
        }
        self.told.append(&mut failed);
        for file in &files {
            self.add_file(file, Whose::Folders);
        }
    }

    /// Adds standard input.
    pub fn add_stdin(&mut self) {
        match Text::read(None) {
            Ok(text) => self.add_text(&text),
            Err(error) => self.told.push(*error),
        }
    }

    /// Adds a text that was read already.
    pub fn add_text(&mut self, text: &Text) {
        self.add_read(text, Whose::Named);
    }

    /// Adds a text that stands in a folder, beside whatever else is there.
    pub fn add_text_of_folder(&mut self, text: &Text) {
        self.add_read(text, Whose::Folders);
    }

    /// Whether there is nothing in what was read, not even an empty list of objects.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents == 0 && self.told.is_empty()
    }

    /// Says which files in folders hold no objects, which kinds are not known, and whether nothing was found at all.
    pub fn end(&mut self) {
        if self.manifests.is_empty() && self.told.is_empty() {
            self.told.push(nothing().help("an object has `apiVersion`, `kind` and `metadata`"));
        }
        self.told.extend(folder::passed(&self.passed));
        self.told.extend(stranger::not_judged(&self.manifests));
    }

    /// How much was read, in words.
    #[must_use]
    pub fn summary(&self) -> String {
        let many = |number: usize, of: &str| if number == 1 { format!("1 {of}") } else { format!("{number} {of}s") };
        format!("checked {} of {}", many(self.manifests.len(), "object"), many(self.files.len(), "file"))
    }

    fn add_file(&mut self, path: &Path, whose: Whose) {
        if fs::canonicalize(path).is_ok_and(|path| !self.seen.insert(path)) {
            return;
        }
        match Text::read(Some(path)) {
            Ok(text) => self.add_read(&text, whose),
            Err(error) => self.told.push(*error),
        }
    }

    fn add_read(&mut self, text: &Text, whose: Whose) {
        let decoded = match text.decoded() {
            Ok(decoded) => decoded,
            Err(error) => return self.told.push(*error),
        };
        let name = text.name.as_str();
        match yaml::read(decoded, self.sources.next()) {
            Ok(documents) => {
                self.documents += documents.iter().filter(|document| !document.is_null()).count();
                let source = self.sources.add(Source::new(name, decoded, hiding::of_documents(decoded, &documents)));
                let found = object::found(documents, decoded);
                let place = |node: &Node| Some(Place { source: source.clone(), span: node.origin?.span() });
                if !found.iter().any(Found::is_meant) && whose == Whose::Folders {
                    return self.passed.push(name.to_owned());
                }
                self.files.push(name.to_owned());
                for one in found {
                    match one {
                        Found::Object { node, path } => self.manifests.extend(manifest(node, path.unwrap_or_else(|| name.to_owned()))),
                        Found::Broken { node, .. } => self.told.push(object::broken(&node, name, place(&node))),
                    }
                }
            }
            Err(error) => {
                self.files.push(name.to_owned());
                let source = self.sources.add(Source::new(name, decoded, hiding::of_text(decoded)));
                let told = Diagnostic::new(error.title).coded(code::NOT_YAML).at(Some(Place { source, span: error.span }), error.label);
                let help = if decoded.contains("{{") { Some(OF_TEMPLATES.to_owned()) } else { error.help };
                self.told.push(Diagnostic { help, ..told });
            }
        }
    }
}

/// An error about a text, or several, without any object.
#[must_use]
pub fn nothing() -> Diagnostic {
    Diagnostic::new("there is no object of Kubernetes in what is given").coded(code::NO_OBJECT)
}

/// What to do about a text with templates of Go.
const OF_TEMPLATES: &str = "templates are no manifests: render them first, as with `helm template CHART | gen check -`";

/// Who said that a file holds objects.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The user named it.
    Named,
    /// It is in a folder, beside whatever else is there.
    Folders,
}

/// The manifest of an object.
fn manifest(mut object: Node, path: String) -> Option<Manifest> {
    let given = Some(object.origin?);
    schema::read_as_api_server(&mut object);
    let mut manifest = Manifest { path, object, secrecy: Secrecy::None, given, patches: Vec::new() };
    if manifest.is_filled_secret() {
        manifest.secrecy = Secrecy::Real;
    }
    Some(manifest)
}

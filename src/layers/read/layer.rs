//! The arguments that give values.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::bounded;
use crate::checksum;
use crate::error::Diagnostic;
use crate::source::{Files, Source, Text};
use crate::yaml::{Data, Node};

/// An argument that gives values.
#[derive(Clone, Debug)]
pub enum Layer {
    /// A values file (`-f`).
    File(PathBuf),
    /// Standard input (`-f -`).
    Stdin,
    /// What a values file says, which was read already: how messages name it, and its text.
    Text(String, String),
    /// Values that were read already as a part of another file: the text of that file, and they.
    Parsed(Arc<Source>, Node),
    /// A file or standard input, of which the values stand at a path (`--values-from`); or a setting beside such files, whose keys
    /// may begin with that path, as Helm has them for an umbrella chart.
    Within(Box<Self>, String),
    /// A file that `gen.yaml` lists.
    Listed(Box<Self>),
    /// `--set-literal`: a key, and a string that stands for itself, whatever is in it.
    SetLiteral(String),
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
    /// An option of its own that sets a key to `true`: the option, and the key.
    Flag(&'static str, &'static str),
}

impl Layer {
    /// One setting, as of `--set`, but that a comma is a part of the value.
    #[must_use]
    pub fn setting(key: &str, value: &str) -> Self {
        Self::Set(one_setting(key, value))
    }

    /// The same, whose value is a string whatever it looks like.
    #[must_use]
    pub fn string_setting(key: &str, value: &str) -> Self {
        Self::SetString(one_setting(key, value))
    }

    /// The text of a values file, read now if it was not yet; of what is on the command line there is none.
    pub(super) fn text(&self, files: &Files) -> Result<Option<Text>, Box<Diagnostic>> {
        match self {
            Self::File(path) => Text::read_of(files, path).map(Some),
            Self::Stdin => Text::read(None).map(Some),
            Self::Text(name, text) => Ok(Some(Text::of(name, text))),
            _ => Ok(None),
        }
    }

    /// A checksum of what it says, if that is a regular file or was read already: what is on the command line has none.
    pub(crate) fn checksum(&self) -> Option<String> {
        match self {
            Self::File(path) if path.is_file() => bounded::read(path, bounded::MOST).ok().map(|bytes| checksum::of_bytes(&bytes)),
            Self::Parsed(_, values) => {
                // One number has many notations, which are not all taken.
                let mut numbers = String::new();
                spell_numbers(values, &mut numbers);
                Some(checksum::of([("values", serde_json::to_string(values).ok()?), ("numbers", numbers)]))
            }
            Self::Within(file, below) => file.checksum().map(|of_file| checksum::of([("file", of_file), ("below", below.clone())])),
            Self::Listed(file) => file.checksum(),
            _ => None,
        }
    }

    /// How messages name the text that it was read from, if that is a file.
    pub(crate) fn name(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Parsed(source, _) => Some(source.name.as_str().into()),
            layer => layer.file().map(|path| path.display().to_string().into()),
        }
    }

    /// The text that it was read from, if that is a file, with nothing hidden that was not when it was read.
    pub(crate) fn source(&self) -> Option<Arc<Source>> {
        match self {
            Self::Parsed(source, _) => Some(Arc::clone(source)),
            layer => {
                let text = Text::read(Some(layer.file()?)).ok()?;
                Some(Arc::new(Source::new(text.name.as_str(), text.decoded().ok()?, Vec::new())))
            }
        }
    }

    /// The path of the values file, if it is one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match self {
            Self::File(path) => Some(path),
            Self::Within(file, _) | Self::Listed(file) => file.file(),
            _ => None,
        }
    }

    /// Whether it is standard input.
    pub(crate) fn is_stdin(&self) -> bool {
        match self {
            Self::Stdin => true,
            Self::Within(file, _) | Self::Listed(file) => file.is_stdin(),
            _ => false,
        }
    }

    /// Whether it is a file or standard input that was read already.
    pub(crate) fn is_loaded(&self) -> bool {
        match self {
            Self::Text(..) => true,
            Self::Within(file, _) | Self::Listed(file) => file.is_loaded(),
            _ => false,
        }
    }

    /// The same, with the text of a file in its place.
    pub(crate) fn loaded(self) -> Result<Self, Box<Diagnostic>> {
        match self {
            Self::Within(file, path) => return Ok(Self::Within(Box::new(file.loaded()?), path)),
            Self::Listed(file) => return Ok(Self::Listed(Box::new(file.loaded()?))),
            _ => {}
        }
        let Some(read) = self.text(&Files::Disk)? else { return Ok(self) };
        let text = read.marked()?.to_owned();
        Ok(Self::Text(read.name, text))
    }
}

/// The numbers of a tree as they are written, in its order.
fn spell_numbers(node: &Node, into: &mut String) {
    match &node.data {
        Data::Number(_, text) => {
            into.push_str(text);
            into.push(' ');
        }
        Data::List(items) => items.iter().for_each(|item| spell_numbers(item, into)),
        Data::Map(entries) => entries.values().for_each(|entry| spell_numbers(&entry.value, into)),
        Data::Null | Data::Bool(_) | Data::String(_) => {}
    }
}

fn one_setting(key: &str, value: &str) -> String {
    format!("{key}={}", value.replace('\\', "\\\\").replace(',', "\\,"))
}

//! Values files that are merged, and what the command line says besides.

use super::File;
use crate::error::Error;
use crate::kubernetes::Manifest;
use crate::layers::{Given, Layer, Read};
use crate::output::{self, Format};
use crate::values::Values;
use crate::yaml::{self, Node};

/// Values files, from the lowest to the one that has precedence, and what lies above them.
#[derive(Clone, Debug)]
pub struct Stack {
    files: Vec<One>,
    above: Vec<Layer>,
}

/// A values file.
#[derive(Clone, Debug)]
struct One {
    file: File,
    /// Its text as it was read, and what was read from it.
    read: (String, String),
    /// Whether its lines end as on Windows.
    with_returns: bool,
}

impl Stack {
    /// The files among the arguments, read.
    pub fn of(arguments: Vec<Layer>) -> Result<Self, Error> {
        let mut stack = Self { files: Vec::new(), above: Vec::new() };
        let mut errors = Vec::new();
        for layer in arguments {
            match layer.loaded() {
                Ok(Layer::Text(name, text)) => stack.files.push(One::of(name, text)),
                Ok(layer) => stack.above.push(layer),
                Err(error) => errors.push(*error),
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        // What is not YAML is told now.
        stack.read().map(|_| stack)
    }

    /// All that the files and the command line say.
    pub fn layers(&self) -> Vec<Layer> {
        let files = self.files.iter().map(|one| Layer::Text(one.file.name.clone(), one.file.text.clone()));
        files.chain(self.above.iter().cloned()).collect()
    }

    fn read(&self) -> Result<Read, Error> {
        Read::of(&self.layers())
    }

    /// What is said, typed if it can be.
    pub fn given(&self) -> Result<(Option<Values>, Given), Error> {
        Ok(self.read()?.merged().typed())
    }

    /// The objects that the values give, as text; none, if they give none.
    pub fn meaning(&self) -> Option<String> {
        let (values, given) = self.given().ok()?;
        let values = values?;
        let (model, extra) = crate::known(&values, &given);
        let manifests = crate::objects(&model, extra, &given).ok()?;
        Some(output::stream(&manifests.iter().collect::<Vec<&Manifest>>(), Format::Yaml))
    }

    /// The tree of each file.
    pub fn trees(&self) -> Vec<Node> {
        self.files.iter().enumerate().filter_map(|(layer, one)| tree(&one.file.text, layer)).collect()
    }

    /// The files, to be changed.
    pub fn files_mut(&mut self) -> impl Iterator<Item = &mut File> {
        self.files.iter_mut().map(|one| &mut one.file)
    }

    /// The files, with the line breaks that they had; byte for byte, if nothing changed.
    pub fn into_files(self) -> Vec<File> {
        let file = |One { file, read: (read, first), with_returns }| {
            let text = match file.text {
                same if same == first => read,
                text if with_returns => text.replace('\n', "\r\n"),
                text => text,
            };
            File { text, ..file }
        };
        self.files.into_iter().map(file).collect()
    }
}

impl One {
    fn of(name: String, read: String) -> Self {
        let text = read.strip_prefix('\u{feff}').unwrap_or(&read);
        let with_returns = text.matches("\r\n").count() * 2 > text.matches('\n').count();
        let text = text.replace("\r\n", "\n");
        Self { read: (read, text.clone()), file: File { name, text, moved: 0, dropped: 0 }, with_returns }
    }
}

/// The tree of a text, if it is one document.
pub fn tree(text: &str, layer: usize) -> Option<Node> {
    let mut documents = yaml::read(text, layer).ok()?;
    if documents.len() == 1 { documents.pop() } else { None }
}

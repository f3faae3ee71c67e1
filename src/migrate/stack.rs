//! Values files that are merged, and what the command line says besides.

use super::frame::Frame;
use super::{File, tree, twice};
use crate::error::{Diagnostic, Error, code};
use crate::kubernetes::Manifest;
use crate::layers::{Given, Layer, Read};
use crate::output::{self, Format};
use crate::source::without_mark;
use crate::values::Values;
use crate::yaml::Node;

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
    /// What is around the values, if they do not stand at the top.
    frame: Option<Frame>,
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
                Ok(layer) => match stack.add(layer) {
                    Ok(()) => {}
                    Err(error) => errors.extend(error.diagnostics),
                },
                Err(error) => errors.push(*error),
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        // What is not YAML is told now.
        stack.given().map(|_| stack)
    }

    fn add(&mut self, layer: Layer) -> Result<(), Error> {
        let (layer, path) = match layer {
            Layer::Within(layer, path) => (*layer, Some(path)),
            layer => (layer, None),
        };
        match (layer, path) {
            (Layer::Text(name, text), None) => self.files.push(One::of(name, text).once()),
            (Layer::Text(name, text), Some(path)) => {
                // What is not there, or not YAML, is told as always.
                Read::of(&[Layer::Within(Box::new(Layer::Text(name.clone(), text.clone())), path.clone())])?;
                self.files.push(One::within(name, text, &path)?.once());
            }
            (layer, None) => self.above.push(layer),
            (layer, Some(path)) => self.above.push(Layer::Within(Box::new(layer), path)),
        }
        Ok(())
    }

    /// All that the files and the command line say.
    pub fn layers(&self) -> Vec<Layer> {
        let files = self.files.iter().map(|one| {
            let text = Layer::Text(one.file.name.clone(), one.text());
            match &one.frame {
                Some(frame) => Layer::Within(Box::new(text), frame.path.clone()),
                None => text,
            }
        });
        files.chain(self.above.iter().cloned()).collect()
    }

    fn read(&self) -> Result<Read, Error> {
        Read::of(&self.layers())
    }

    /// What is said, typed if it can be.
    pub fn given(&self) -> Result<(Option<Values>, Given), Error> {
        Ok(self.read()?.merged().typed())
    }

    /// The objects that the values give; none, if they give none.
    pub fn manifests(&self) -> Option<Vec<Manifest>> {
        let (values, given) = self.given().ok()?;
        let values = values?;
        let (model, extra) = crate::known(&values, &given);
        crate::objects(&model, extra, &given).ok()
    }

    /// The same as text.
    pub fn meaning(&self) -> Option<String> {
        let manifests = self.manifests()?;
        Some(output::stream(&manifests.iter().collect::<Vec<&Manifest>>(), Format::Yaml))
    }

    /// The tree of each file.
    pub fn trees(&self) -> Vec<Node> {
        self.files.iter().enumerate().filter_map(|(layer, one)| tree::read(&one.file.text, layer)).collect()
    }

    /// The files, to be changed.
    pub fn files_mut(&mut self) -> impl Iterator<Item = &mut File> {
        self.files.iter_mut().map(|one| &mut one.file)
    }

    /// The files, with the line breaks that they had; byte for byte, if nothing changed.
    pub fn into_files(self) -> Vec<File> {
        let file = |one: One| {
            let text = one.text();
            let One { file, read: (read, first), with_returns, frame: _ } = one;
            let text = if file.text == first {
                read
            } else if with_returns {
                text.replace('\n', "\r\n")
            } else {
                text
            };
            File { text, ..file }
        };
        self.files.into_iter().map(file).collect()
    }
}

impl One {
    fn of(name: String, read: String) -> Self {
        let text = without_mark(&read);
        let with_returns = text.matches("\r\n").count() * 2 > text.matches('\n').count();
        let text = text.replace("\r\n", "\n");
        Self { read: (read, text.clone()), file: File { name, text, moved: 0, dropped: 0 }, frame: None, with_returns }
    }

    /// A file of which the values stand at a path: they are what changes.
    fn within(name: String, read: String, path: &str) -> Result<Self, Error> {
        let whole = Self::of(name, read);
        let Some((frame, values)) = Frame::of(&whole.file.text, path) else {
            let error =
                Diagnostic::new(format!("`{path}` of `{}` cannot be changed by itself", whole.file.name)).coded(code::VALUES_WITHIN);
            let error =
                error.note("it does not stand in lines of its own, or has aliases of anchors above it, or the file has other documents");
            return Err(error.help("give what stands there as a file of its own").into());
        };
        let read = (whole.read.0, values.clone());
        Ok(Self { read, file: File { text: values, ..whole.file }, frame: Some(frame), with_returns: whole.with_returns })
    }

    /// The file, in which each key stands once.
    fn once(mut self) -> Self {
        (self.file.text, self.file.dropped) = twice::once(self.file.text);
        self
    }

    /// The whole text.
    fn text(&self) -> String {
        match &self.frame {
            Some(frame) => frame.around(&self.file.text),
            None => self.file.text.clone(),
        }
    }
}

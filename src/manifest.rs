//! From text to manifests: parsed at once, and cleaned of what says nothing.
//!
//! The object that is checked is the object that is written.

use crate::error::{Diagnostic, Error};
use crate::render::Rendered;
use crate::source::line_and_column;
use crate::yaml::{self, Node};

/// A Kubernetes object, and the path of the file that it belongs in.
#[derive(Debug)]
pub struct Manifest {
    /// The path of its file in a directory, as in `scheduler/scheduler-deployment.yaml`.
    pub path: String,
    /// The object.
    pub object: Node,
}

impl Manifest {
    /// The objects of rendered templates.
    ///
    /// # Errors
    ///
    /// Text that is not YAML, or not of objects: a fault of this program, not of the values.
    pub fn parse(rendered: &[Rendered]) -> Result<Vec<Self>, Error> {
        let mut manifests = Vec::new();
        for Rendered { path, text } in rendered {
            let documents = yaml::read(text, 0).map_err(|error| {
                let (line, column) = line_and_column(text, error.span.start);
                broken(path, &format!("line {line}, column {column} of its text: {}: {}", error.title, error.label))
            })?;
            for mut object in documents.into_iter().filter(|document| !document.is_null()) {
                yaml::tidy(&mut object);
                let manifest = Self { path: path.clone(), object };
                if manifest.api_version().is_empty() || manifest.kind().is_empty() || manifest.name().is_empty() {
                    return Err(broken(path, "an object lacks `apiVersion`, `kind` or `metadata.name`"));
                }
                manifests.push(manifest);
            }
        }
        Ok(manifests)
    }

    /// `apiVersion`.
    #[must_use]
    pub fn api_version(&self) -> &str {
        self.text(&["apiVersion"])
    }

    /// `kind`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.text(&["kind"])
    }

    /// `metadata.name`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text(&["metadata", "name"])
    }

    /// `metadata.namespace`; empty for an object of the whole cluster.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.text(&["metadata", "namespace"])
    }

    /// The pod that the object makes, if it makes any.
    #[must_use]
    pub fn pod_spec(&self) -> Option<&Node> {
        match self.kind() {
            "Pod" => self.object.get("spec"),
            "CronJob" => self.object.at(&["spec", "jobTemplate", "spec", "template", "spec"]),
            _ => self.object.at(&["spec", "template", "spec"]),
        }
    }

    fn text(&self, path: &[&str]) -> &str {
        self.object.at(path).and_then(Node::as_str).unwrap_or_default()
    }
}

fn broken(path: &str, fault: &str) -> Error {
    let diagnostic = Diagnostic::new(format!("the template `{path}` does not give an object")).note(fault);
    diagnostic.help("this is a fault of gen; please report it with the values that show it").into()
}

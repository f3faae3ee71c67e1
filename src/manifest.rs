//! From text to manifests: parsed at once, and cleaned of what says nothing.
//!
//! The object that is checked is the object that is written. Only its key [`SECRECY`] is not: by it a template says
//! whether a Secret holds real values.

use crate::error::{Diagnostic, Error};
use crate::kubernetes::{Manifest, Secrecy};
use crate::render::Rendered;
use crate::source::line_and_column;
use crate::yaml::{self, Data, Node};

/// The key of a rendered Secret that says its [`Secrecy`]. Kubernetes does not have it, and it is taken out.
const SECRECY: &str = "secrecy";

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
                let said = take(&mut object, SECRECY);
                let mut manifest = Self { path: path.clone(), object, secrecy: Secrecy::None };
                if manifest.kind() == "Secret" {
                    // A Secret of which nothing is said is the user's own, and holds what the user put there.
                    manifest.secrecy = said.and_then(|said| serde_json::from_value(said).ok()).unwrap_or(Secrecy::Real);
                }
                if manifest.api_version().is_empty() || manifest.kind().is_empty() || manifest.name().is_empty() {
                    return Err(broken(path, "an object lacks `apiVersion`, `kind` or `metadata.name`"));
                }
                manifests.push(manifest);
            }
        }
        Ok(manifests)
    }
}

/// Takes a key out of an object.
fn take(object: &mut Node, key: &str) -> Option<serde_json::Value> {
    let Data::Map(entries) = &mut object.data else { return None };
    serde_json::to_value(entries.shift_remove(key)?.value).ok()
}

fn broken(path: &str, fault: &str) -> Error {
    let diagnostic = Diagnostic::new(format!("the template `{path}` does not give an object")).note(fault);
    diagnostic.help("this is a fault of gen; please report it with the values that show it").into()
}

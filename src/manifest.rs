//! From rendered objects to manifests, without fields that say nothing.
//!
//! The object that is checked is the object that is written. Only the key [`SECRECY`] is taken out: with it, a template
//! says whether a Secret holds real values.

mod extra;
mod patches;
mod restart;

use crate::error::{Diagnostic, Error};
use crate::kubernetes::{Manifest, Secrecy};
use crate::render::Rendered;
use crate::yaml::{self, Data, Node};

pub use extra::extra;
pub use patches::{Fault, patch};
pub use restart::restart;

/// The key of a rendered Secret that says its [`Secrecy`]. Kubernetes has no such key, so it is taken out.
const SECRECY: &str = "secrecy";

impl Manifest {
    /// The manifests of rendered objects.
    ///
    /// # Errors
    ///
    /// A rendered tree that is no Kubernetes object: a fault of this program, not of the values.
    pub fn of(rendered: Vec<Rendered>) -> Result<Vec<Self>, Error> {
        let manifest = |Rendered { path, mut object }: Rendered| {
            yaml::tidy(&mut object);
            let said = take(&mut object, SECRECY);
            let mut manifest = Self { path, object, secrecy: Secrecy::None, given: None, patches: Vec::new() };
            if manifest.kind() == "Secret" {
                // A Secret without that key is the user's own, and holds what the user put there.
                manifest.secrecy = said.and_then(|said| serde_json::from_value(said).ok()).unwrap_or(Secrecy::Real);
            }
            if manifest.api_version().is_empty() || manifest.kind().is_empty() || manifest.name().is_empty() {
                return Err(broken(&manifest.path, "an object lacks `apiVersion`, `kind` or `metadata.name`"));
            }
            Ok(manifest)
        };
        rendered.into_iter().map(manifest).collect()
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

//! From the model to objects: the templates of its edition.
//!
//! A template is YAML with holes, and every hole is one whole value: the text is parsed with the holes still empty,
//! and the values are then put in their places, so that no string can break out of its own. A fragment is a
//! template that another one places as a value. One page per edition says which objects exist, and when.
//!
//! A template sees the facts of the model, and `c`: what the page says that it is about. An undefined name is an error.

mod fragment;
mod holes;
mod page;
mod templates;

use minijinja::Value;
use minijinja::value::Serde;

use crate::error::{Diagnostic, Error};
use crate::model::Model;
use crate::yaml::Node;
use fragment::Scope;
use page::{Object, Page};
use templates::ENVIRONMENT;

/// An object as its template gives it.
#[derive(Debug)]
pub struct Rendered {
    /// The template's path within its edition, which is also the path of the object's file.
    pub path: String,
    /// The object.
    pub object: Node,
}

/// Renders the objects that the page of the model's edition says exist, in the order of their paths.
///
/// # Errors
///
/// A template or a page that is broken: a fault of this program, not of the values.
pub fn render(model: &Model<'_>) -> Result<Vec<Rendered>, Error> {
    let edition = model.edition.name();
    let facts = Value::from(Serde(&model.page));
    let page = Page::of(edition).and_then(|page| page.objects(&facts)).map_err(|error| broken(page::FILE, &error))?;
    let rendered = page.into_iter().map(|Object { path, about }| {
        let scope = Scope::of_template(&facts, about);
        let object = object(&format!("{edition}/{path}"), scope).map_err(|error| broken(&path, &error))?;
        Ok(Rendered { path, object })
    });
    rendered.collect()
}

/// The one object that a template gives.
fn object(path: &str, scope: Scope) -> Result<Node, minijinja::Error> {
    let mut documents = fragment::documents(&ENVIRONMENT, path, scope)?;
    match documents.pop() {
        Some(object) if documents.is_empty() => Ok(object),
        _ => Err(holes::fault("a template gives one object")),
    }
}

fn broken(path: &str, error: &minijinja::Error) -> Error {
    let line = error.line().map(|line| format!(", line {line}")).unwrap_or_default();
    let template = error.name().unwrap_or(path);
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let diagnostic =
        Diagnostic::new(format!("the template `{path}` is broken")).note(format!("{template}{line}: {}{detail}", error.kind()));
    diagnostic.help("this is a fault of gen; please report it with the values that show it").into()
}

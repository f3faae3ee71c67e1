//! From the model to text: the templates of its edition.
//!
//! A template is YAML with holes, and every hole is one whole YAML value, whatever is in it: no string can break out
//! of its place. What is undefined is an error. Templates are embedded, and parsed when they are used.

use std::fmt::Write as _;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, ErrorKind, Output, State, UndefinedBehavior, Value};
use rust_embed::RustEmbed;

use crate::error::{Diagnostic, Error};
use crate::model::Model;
use crate::yaml;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

/// The folder, in that of an edition, with what its templates include.
const FRAGMENTS: &str = "_fragments/";

/// A template with its holes filled.
#[derive(Debug)]
pub struct Rendered {
    /// The template's path within its edition, which is also the path of what it gives.
    pub path: String,
    /// YAML text: no document, one, or several.
    pub text: String,
}

/// Renders the templates of the model's edition, in the order of their paths.
///
/// # Errors
///
/// A template that is broken: a fault of this program, not of the values.
pub fn render(model: &Model) -> Result<Vec<Rendered>, Error> {
    let environment = environment(model.edition.name());
    let facts = Value::from(Serde(model));
    let mut rendered = Vec::new();
    for path in paths(model.edition.name()) {
        let folder = path.split_once('/').map_or("", |(folder, _)| folder);
        if !model.renders(folder) {
            continue;
        }
        let text = environment.get_template(&path).and_then(|template| template.render(&facts)).map_err(|error| broken(&path, &error))?;
        rendered.push(Rendered { path, text });
    }
    Ok(rendered)
}

/// The paths of an edition's templates, fragments aside.
fn paths(edition: &str) -> Vec<String> {
    let folder = format!("{edition}/");
    let mut paths: Vec<String> = Templates::iter().filter_map(|path| path.strip_prefix(&folder).map(str::to_owned)).collect();
    paths.retain(|path| !path.starts_with(FRAGMENTS));
    paths.sort_unstable();
    paths
}

fn environment(edition: &'static str) -> Environment<'static> {
    let mut environment = Environment::new();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the syntax is minijinja's own"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("yaml".into()));
    environment.set_formatter(hole);
    environment.remove_filter("safe");
    environment.add_filter("canonical", canonical);
    environment.set_loader(move |path| {
        Ok(Templates::get(&format!("{edition}/{path}")).map(|file| String::from_utf8_lossy(&file.data).into_owned()))
    });
    environment
}

/// Writes a value into its hole: as JSON, which is YAML on one line, with what some YAML reader refuses escaped.
fn hole(out: &mut Output<'_>, _: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    if value.is_undefined() {
        return Err(ErrorKind::UndefinedError.into());
    }
    let bad = |error| minijinja::Error::new(ErrorKind::BadSerialization, "a value that JSON cannot hold").with_source(error);
    for c in serde_json::to_string(value).map_err(bad)?.chars() {
        let written = if matches!(c, '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') {
            write!(out, "\\u{:04x}", u32::from(c))
        } else {
            out.write_char(c)
        };
        written?;
    }
    Ok(())
}

/// YAML in YAML: a text that a template gives, parsed, tidied and written as everything is.
fn canonical(text: &str) -> Result<String, minijinja::Error> {
    let bad = |error: &yaml::SyntaxError| minijinja::Error::new(ErrorKind::InvalidOperation, error.title.clone());
    let mut documents = yaml::read(text, 0).map_err(|error| bad(&error))?;
    documents.iter_mut().for_each(yaml::tidy);
    Ok(documents.iter().map(yaml::write).collect())
}

fn broken(path: &str, error: &minijinja::Error) -> Error {
    let line = error.line().map(|line| format!(", line {line}")).unwrap_or_default();
    let template = error.name().unwrap_or(path);
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let diagnostic =
        Diagnostic::new(format!("the template `{path}` is broken")).note(format!("{template}{line}: {}{detail}", error.kind()));
    diagnostic.help("this is a fault of gen; please report it with the values that show it").into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::values::Edition;

    #[test]
    fn every_template_is_parsed() {
        for edition in Edition::ALL {
            let environment = environment(edition.name());
            assert!(!paths(edition.name()).is_empty());
            let folder = format!("{}/", edition.name());
            for path in Templates::iter() {
                let Some(path) = path.strip_prefix(&folder) else { continue };
                environment.get_template(path).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
    }

    #[test]
    fn a_hole_takes_any_value_whole() {
        let environment = environment("1.10");
        for text in ["a: b # c", "{{ x }}", "\u{7f}\u{85}\u{2028}\u{fffe}\0\t\n'\"\\", "]}, *a &b !c"] {
            let yaml = environment.render_str("k: {{ text }}\n", minijinja::context! { text }).unwrap();
            let node = crate::yaml::read(&yaml, 0).unwrap().remove(0);
            assert_eq!(node.get("k").and_then(|node| node.as_str()), Some(text), "{yaml}");
        }
        assert!(environment.render_str("k: {{ missing }}", ()).is_err());
    }
}

//! The files of `templates/`, which are embedded in the program, and the environment that reads them.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use rust_embed::RustEmbed;

use super::{fragment, holes};
use crate::literal;

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

/// The environment of all templates; a template is parsed when it is first used.
pub static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| environment(text));

/// The text of a file.
pub fn text(path: &str) -> Option<String> {
    Some(String::from_utf8_lossy(&Templates::get(path)?.data).into_owned())
}

/// An environment that loads templates by their paths, with `load`.
pub fn environment(load: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Environment<'static> {
    let mut environment = Environment::empty();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the syntax is minijinja's own"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("yaml".into()));
    environment.set_formatter(holes::dig);
    environment.add_function("fragment", fragment::fragment);
    environment.add_filter("canonical", fragment::canonical);
    environment.add_filter("literal", |text: &str| literal::of(text).into_owned());
    environment.set_loader(move |path| Ok(load(path)));
    environment
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::render::page::{FILE, Page};
    use crate::values::Edition;

    fn paths(edition: Edition) -> Vec<String> {
        let folder = format!("{}/", edition.name());
        Templates::iter().filter_map(|path| path.strip_prefix(&folder).map(str::to_owned)).collect()
    }

    #[test]
    fn every_template_is_parsed() {
        for edition in Edition::ALL {
            for path in paths(edition).iter().filter(|path| *path != FILE) {
                ENVIRONMENT.get_template(&format!("{}/{path}", edition.name())).unwrap_or_else(|error| panic!("{path}: {error}"));
            }
        }
    }

    #[test]
    fn every_template_is_on_the_page() {
        for edition in Edition::ALL {
            let page = Page::of(edition.name()).unwrap();
            let said: BTreeSet<&str> = page.paths().collect();
            let paths = paths(edition);
            let there = paths.iter().map(String::as_str);
            let there: BTreeSet<&str> = there.filter(|path| !path.starts_with(fragment::FOLDER) && *path != FILE).collect();
            assert_eq!(said, there);
        }
    }

    /// The fragments that a template places, each with the names of its arguments.
    fn placed(text: &str) -> Vec<(&str, Vec<&str>)> {
        let calls = text.split("fragment(\"").skip(1).map(|rest| rest.split_once(')').unwrap().0);
        calls
            .map(|call| {
                let (name, rest) = call.split_once('"').unwrap();
                (name, rest.split(", ").filter_map(|argument| Some(argument.split_once('=')?.0)).collect())
            })
            .collect()
    }

    #[test]
    fn what_a_fragment_is_given_it_uses() {
        for edition in Edition::ALL {
            let edition = edition.name();
            let folder = format!("{edition}/{}", fragment::FOLDER);
            let mut unused: BTreeSet<String> = Templates::iter().filter(|path| path.starts_with(&folder)).map(Into::into).collect();
            for path in Templates::iter().filter(|path| path.starts_with(&format!("{edition}/"))) {
                for (name, arguments) in placed(&text(&path).unwrap()) {
                    let fragment = format!("{folder}{name}.yaml");
                    let uses = ENVIRONMENT.get_template(&fragment).unwrap().undeclared_variables(false);
                    let idle: Vec<&str> = arguments.into_iter().filter(|argument| !uses.contains(*argument)).collect();
                    assert_eq!(idle, [""; 0], "{path} gives them to `{name}`");
                    unused.remove(&fragment);
                }
            }
            assert_eq!(unused, BTreeSet::new());
        }
    }
}

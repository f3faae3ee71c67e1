//! The files of `templates/`, which are part of the program, and what reads them.

use std::sync::LazyLock;

use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, UndefinedBehavior};
use rust_embed::RustEmbed;

use super::{fragment, holes};

#[derive(RustEmbed)]
#[folder = "templates/"]
struct Templates;

/// The environment of all templates, which are parsed when they are first used.
pub static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(|| environment(text));

/// The text of a file.
pub fn text(path: &str) -> Option<String> {
    Some(String::from_utf8_lossy(&Templates::get(path)?.data).into_owned())
}

/// An environment whose templates are what `load` gives for their paths.
pub fn environment(load: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Environment<'static> {
    let mut environment = Environment::empty();
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).keep_trailing_newline(true).build();
    environment.set_syntax(syntax.expect("the syntax is minijinja's own"));
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Custom("yaml".into()));
    environment.set_formatter(holes::dig);
    environment.add_function("fragment", fragment::fragment);
    environment.add_filter("canonical", fragment::canonical);
    environment.set_loader(move |path| Ok(load(path)));
    environment
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::render::page::FILE;
    use crate::render::page::Page;
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
}

//! The functions of Helm that give the same for the same values: Sprig's, and Helm's own, besides those of Go itself.

mod codes;
mod lists;
mod maps;
mod numbers;
mod texts;
mod truth;

use std::fmt;
use std::sync::{Arc, LazyLock};

use gotmpl::{FuncMap, TemplateError, Value};

use super::value::{is_small, text_of};
use super::{NO_VALUE, engine};

/// A group of functions: their names, and what they give; nothing, if a function does not take what it is given.
type Group = (&'static [&'static str], fn(&str, &[Value]) -> Option<Value>);

const GROUPS: [Group; 6] = [
    (texts::NAMES, texts::call),
    (truth::NAMES, truth::call),
    (lists::NAMES, lists::call),
    (maps::NAMES, maps::call),
    (numbers::NAMES, numbers::call),
    (codes::NAMES, codes::call),
];

/// Go's own functions that print, of which the result is bounded here.
const PRINT: [&str; 6] = ["print", "printf", "println", "html", "js", "urlquery"];

/// Functions that Helm has besides, and why a template with one cannot be resolved.
const REFUSED: [(&[&str], &str); 3] = [
    (
        &[
            "randAlphaNum",
            "randAlpha",
            "randNumeric",
            "randAscii",
            "randBytes",
            "randInt",
            "uuidv4",
            "shuffle",
            "now",
            "date",
            "ago",
            "htmlDate",
            "genPrivateKey",
            "genCA",
            "genSignedCert",
            "genSelfSignedCert",
            "htpasswd",
            "bcrypt",
            "derivePassword",
            "encryptAES",
        ],
        "it gives something else each time, and the same values have to give the same manifests",
    ),
    (&["getHostByName", "env", "expandenv"], "it asks for what is not in the values"),
    (&["set", "unset"], "it changes a map in its place, which is not known here"),
];

/// All functions, for templates.
pub(super) static FUNCTIONS: LazyLock<FuncMap> = LazyLock::new(|| {
    let mut functions = FuncMap::new();
    for (names, call) in GROUPS {
        for name in names {
            add(&mut functions, name, move |given| call(name, given).ok_or_else(|| not_taken(name)));
        }
    }
    for name in PRINT {
        add(&mut functions, name, move |given| engine::print(name, given));
    }
    add(&mut functions, "include", |given| match given {
        [Value::String(name), context] => engine::include(name, context),
        _ => Err(not_taken("include")),
    });
    add(&mut functions, "tpl", |given| match given {
        [text, context] => engine::nested(&text_of(text).unwrap_or_default(), context).map(Value::from),
        _ => Err(not_taken("tpl")),
    });
    add(&mut functions, "required", |given| match given {
        [_, value] if !matches!(value, Value::Nil) && !matches!(value, Value::String(text) if text.is_empty()) => Ok(value.clone()),
        _ => Err(refused("a value that is required is not there")),
    });
    add(&mut functions, "fail", |_| Err(refused("the template itself says that it fails")));
    functions
});

/// Why a function is not known here.
pub(super) fn refusal(name: &str) -> &'static str {
    REFUSED.iter().find(|(names, _)| names.contains(&name)).map_or("there is no such function", |(_, reason)| *reason)
}

fn add(functions: &mut FuncMap, name: &str, call: impl Fn(&[Value]) -> gotmpl::Result<Value> + Send + Sync + 'static) {
    let name = name.to_owned();
    let bounded = move |given: &[Value]| {
        if !is_small(given) {
            return Err(too_much());
        }
        let is_there = given.iter().all(|value| !matches!(value, Value::Nil));
        let result = call(given).map_err(|error| if is_there { error } else { refused(NO_VALUE) })?;
        if is_small(std::slice::from_ref(&result)) { Ok(result) } else { Err(too_much()) }
    };
    functions.insert(name, Arc::new(bounded));
}

/// What the reasons that are ours begin with, to be told from the engine's.
pub(super) const OURS: &str = "gen: ";

/// An error with a reason of ours.
pub(super) fn refused(reason: impl fmt::Display) -> TemplateError {
    TemplateError::Exec(format!("{OURS}{reason}"))
}

pub(super) fn not_taken(name: &str) -> TemplateError {
    refused(format_args!("`{name}` does not take what it is given"))
}

pub(super) fn too_much() -> TemplateError {
    refused("more comes of it than values may hold")
}

/// Whether a value is none to `default` and to conditions.
fn is_empty(value: &Value) -> bool {
    !value.is_truthy()
}

/// The values as texts.
fn texts_of(values: &[Value]) -> Option<Vec<String>> {
    values.iter().map(text_of).collect()
}

/// A number that counts something.
fn amount(value: &Value) -> Option<usize> {
    usize::try_from(value.as_int()?).ok()
}

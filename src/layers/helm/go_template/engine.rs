//! Go's template engine with Helm's functions, within bounds.

use std::cell::Cell;
use std::fmt;

use gotmpl::{Template, TemplateError, Value};

use super::NO_VALUE;
use super::functions::{FUNCTIONS, not_taken, refused, too_much};
use super::pieces::{pieces, unbalanced};
use super::value::MOST;

/// The names that the chart's own templates give.
const NAMES: &str = include_str!("names.tpl");

/// As many templates are resolved within each other.
const DEEPEST: usize = 20;
/// As often a template goes through its loops.
const ROUNDS: u64 = 20_000;

thread_local! {
    static DEPTH: Cell<usize> = const { Cell::new(0) };
    static SKIPS: Cell<bool> = const { Cell::new(false) };
}

/// What Go prints of what is not there.
const NOTHING: &str = "<no value>";

/// Remembers that a function made nothing of what is not there.
pub(super) fn skip() {
    SKIPS.set(true);
}

/// What comes of a template, with gaps where something is not there; and whether there are any.
pub(super) fn with_gaps(text: &str, context: &Value) -> gotmpl::Result<(String, bool)> {
    SKIPS.set(false);
    let rendered = render(text, context)?;
    let has_gaps = SKIPS.get() || rendered.contains(NOTHING);
    Ok((rendered.replace(NOTHING, ""), has_gaps))
}

/// What comes of a template.
fn render(text: &str, context: &Value) -> gotmpl::Result<String> {
    let template = template();
    // A name that the chart has is a template of that name too.
    let template = if text.contains("template") { template.parse(NAMES)? } else { template };
    execute(&template.parse(text)?, None, context)
}

/// What comes of a template within a template.
pub(super) fn nested(text: &str, context: &Value) -> gotmpl::Result<String> {
    let pieces = pieces(text).map_err(|(_, reason)| refused(reason))?;
    if let Some((_, reason)) = unbalanced(&pieces) {
        return Err(refused(reason));
    }
    deeper(|| render(text, context))
}

/// What comes of one of the chart's own templates.
pub(super) fn include(name: &str, context: &Value) -> gotmpl::Result<Value> {
    let names = template().parse(NAMES)?;
    if names.lookup(name).is_none() {
        return Err(TemplateError::UndefinedTemplate(name.to_owned()));
    }
    deeper(|| execute(&names, Some(name), context)).map(Value::from)
}

/// What one of Go's own functions that print gives.
pub(super) fn print(name: &str, given: &[Value]) -> gotmpl::Result<Value> {
    if given.iter().any(|value| matches!(value, Value::Nil)) {
        return Err(refused(NO_VALUE));
    }
    let arguments: String = (0..given.len()).map(|at| format!(" (index . {at})")).collect();
    let template = Template::new("").parse(&format!("{{{{ {name}{arguments} }}}}"))?;
    let printed = execute(&template, None, &given.to_vec().into())?;
    let complains = |text: &str| text.contains("%!");
    let format = given.first().and_then(Value::as_str).unwrap_or_default();
    // Go writes into the text what is wrong with it.
    if name == "printf" && complains(&printed) && !complains(format) {
        return Err(not_taken(name));
    }
    Ok(printed.into())
}

fn template() -> Template {
    Template::new("values").funcs(FUNCTIONS.clone()).max_range_iters(ROUNDS)
}

fn execute(template: &Template, name: Option<&str>, context: &Value) -> gotmpl::Result<String> {
    let mut text = Bounded::default();
    let done = match name {
        Some(name) => template.execute_template_fmt(&mut text, name, context),
        None => template.execute_fmt(&mut text, context),
    };
    if text.is_full { Err(too_much()) } else { done.map(|()| text.text) }
}

fn deeper<T>(act: impl FnOnce() -> gotmpl::Result<T>) -> gotmpl::Result<T> {
    if DEPTH.get() == DEEPEST {
        return Err(TemplateError::RecursionLimit);
    }
    DEPTH.set(DEPTH.get() + 1);
    let result = act();
    DEPTH.set(DEPTH.get() - 1);
    result
}

/// A text that does not grow beyond a bound.
#[derive(Default)]
struct Bounded {
    text: String,
    is_full: bool,
}

impl fmt::Write for Bounded {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        self.is_full |= self.text.len() + more.len() > MOST;
        if self.is_full {
            return Err(fmt::Error);
        }
        self.text.push_str(more);
        Ok(())
    }
}

//! What cannot be resolved, and why.

use std::borrow::Cow;

use gotmpl::TemplateError;

use super::masked::masked;
use super::{NO_VALUE, functions};
use crate::schema::Path;

/// A Go template that cannot be resolved.
#[derive(Debug)]
pub struct Unresolved {
    /// The key whose value it is in.
    pub path: Path,
    /// The expression as it is written, by which its place is found; none if all of the text is meant.
    pub written: Option<String>,
    /// The expression without its strings, which may hold a secret; none if all of it may.
    pub expression: Option<String>,
    /// Why it cannot be resolved.
    pub reason: Cow<'static, str>,
}

/// Why an expression of a text cannot be resolved, or the text as a whole.
pub(super) struct Fault<'t> {
    pub expression: Option<&'t str>,
    pub reason: Cow<'static, str>,
}

impl<'t> Fault<'t> {
    pub fn of(expression: &'t str, reason: impl Into<Cow<'static, str>>) -> Self {
        Self { expression: Some(expression), reason: reason.into() }
    }
}

/// What is told of a fault; of a secret no more than can be no part of it.
pub(super) fn unresolved(path: Path, fault: &Fault<'_>, is_secret: bool) -> Unresolved {
    let shown = |expression: &str| if is_secret { masked(expression) } else { Some(expression.to_owned()) };
    Unresolved {
        path,
        written: fault.expression.filter(|_| !is_secret).map(str::to_owned),
        expression: fault.expression.and_then(shown),
        reason: fault.reason.clone(),
    }
}

/// Why the engine does not resolve a template.
pub(super) fn reason(error: &TemplateError) -> Cow<'static, str> {
    match error {
        TemplateError::UndefinedFunction(name) => functions::refusal(name).into(),
        TemplateError::Parse { .. } | TemplateError::Lex { .. } => "Go does not take it for a template".into(),
        TemplateError::UndefinedTemplate(_) => "the chart's own template of this name has no counterpart here".into(),
        TemplateError::RecursionLimit => "it leads to itself".into(),
        TemplateError::RangeIterLimit => "it goes through its loops too often".into(),
        // Who is asked for a part of what is not there says so in words of its own.
        TemplateError::Exec(message) if message.contains("nil") => NO_VALUE.into(),
        TemplateError::Exec(message) if message.starts_with(functions::OURS) => message[functions::OURS.len()..].to_owned().into(),
        _ => "it does not take what it is given".into(),
    }
}

//! Why a command line cannot be understood, in the words of gen's other messages.

use std::error::Error as _;

use clap::CommandFactory as _;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::Cli;
use crate::error::{Diagnostic, code};

/// What is told of it.
pub fn told(error: &Error) -> Diagnostic {
    let argument = text(error, ContextKind::InvalidArg);
    let value = text(error, ContextKind::InvalidValue);
    let command = Called::of(error);
    let Called { who, more, .. } = &command;
    let wrong = |title: String| Diagnostic::new(title).coded(code::USAGE);
    match error.kind() {
        ErrorKind::InvalidSubcommand => {
            let word = text(error, ContextKind::InvalidSubcommand);
            let help = meant(error).unwrap_or_else(|| "`gen --help` lists them".to_owned());
            wrong(format!("gen has no command `{word}`")).help(help)
        }
        ErrorKind::UnknownArgument if argument.starts_with('-') => {
            wrong(format!("{who} has no option `{argument}`")).help(meant(error).unwrap_or_else(|| format!("{more} lists them")))
        }
        ErrorKind::UnknownArgument => command.shown(wrong(format!("{who} has no place for `{argument}`"))),
        ErrorKind::MissingRequiredArgument => {
            let lacking = texts(error, ContextKind::InvalidArg);
            if lacking.iter().any(|one| one.starts_with('-')) {
                return wrong(format!("{} is missing: an option that is given needs it", listed(&lacking)));
            }
            let lacking: Vec<&str> = lacking.iter().map(|one| name(one)).collect();
            command.shown(wrong(format!("{who} needs {}", listed(&lacking))))
        }
        ErrorKind::ArgumentConflict => {
            let others: Vec<&str> = texts(error, ContextKind::PriorArg).into_iter().map(name).collect();
            let own = name(argument);
            match others.as_slice() {
                [other] if *other == own => {
                    wrong(format!("`{own}` is given more than once")).help("it takes one value: leave the others out")
                }
                [other] => wrong(format!("`{own}` and `{other}` exclude each other")).help("leave one of them out"),
                others => wrong(format!("`{own}` goes with none of {}", listed(others))).help(format!("leave `{own}` out, or the others")),
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => {
            let own = name(argument);
            let form = argument.split_once(' ').map_or("VALUE", |(_, form)| name(form));
            wrong(format!("`{own}` has no value")).help(choices(error).unwrap_or_else(|| format!("write it behind: `{own} {form}`")))
        }
        ErrorKind::InvalidValue => {
            let told = wrong(format!("`{}` does not take `{value}`", name(argument)));
            Diagnostic { help: meant(error).or_else(|| choices(error)), ..told }
        }
        ErrorKind::ValueValidation => {
            let told = wrong(format!("`{}` does not take `{value}`", name(argument)));
            Diagnostic { help: error.source().map(ToString::to_string), ..told }
        }
        ErrorKind::TooManyValues => wrong(format!("`{}` takes no value `{value}`", name(argument))),
        _ => {
            let whole = error.to_string();
            let first = whole.lines().next().unwrap_or_default();
            command.shown(wrong(first.strip_prefix("error: ").unwrap_or(first).replace('\'', "`")))
        }
    }
}

/// The command that was called.
struct Called {
    /// What it is called in a sentence.
    who: String,
    /// Where more is said of it.
    more: String,
    /// How it is used; of gen alone, its help says it.
    usage: Option<String>,
}

impl Called {
    /// That of an error, which names it in its usage.
    fn of(error: &Error) -> Self {
        let said = if let Some(ContextValue::StyledStr(said)) = error.get(ContextKind::Usage) { said.to_string() } else { String::new() };
        let mut program = Cli::command();
        program.build();
        let Some(command) = said.split_whitespace().nth(2).and_then(|word| program.find_subcommand_mut(word)) else {
            return Self { who: "gen".to_owned(), more: "`gen --help`".to_owned(), usage: None };
        };
        let usage = command.render_usage().to_string();
        let usage = usage.trim_start_matches("Usage:").split_whitespace().collect::<Vec<_>>().join(" ");
        let name = command.get_name();
        Self { who: format!("`gen {name}`"), more: format!("`gen help {name}`"), usage: Some(usage) }
    }

    /// A message with how it is used.
    fn shown(&self, told: Diagnostic) -> Diagnostic {
        match &self.usage {
            Some(usage) => told.help(format!("it is called like this: `{usage}`; {} says more", self.more)),
            None => told.help(format!("{} says how it is called", self.more)),
        }
    }
}

/// What was meant most likely.
fn meant(error: &Error) -> Option<String> {
    const SUGGESTED: [ContextKind; 3] = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue];
    let suggested: Vec<&str> = SUGGESTED.into_iter().flat_map(|kind| texts(error, kind)).collect();
    if !suggested.is_empty() {
        return Some(format!("did you mean {}?", suggested.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(" or ")));
    }
    // An option of another command.
    let Some(ContextValue::StyledStrs(tips)) = error.get(ContextKind::Suggested) else { return None };
    tips.iter().find_map(|tip| {
        let tip = tip.to_string();
        let other = tip.strip_prefix('\'')?.strip_suffix("' exists")?;
        Some(format!("did you mean `gen {other}`?"))
    })
}

/// The words that an argument takes.
fn choices(error: &Error) -> Option<String> {
    let choices = texts(error, ContextKind::ValidValue);
    (!choices.is_empty()).then(|| format!("it takes {}", listed(&choices)))
}

/// An argument without its value, and without what shows that it has a place.
fn name(argument: &str) -> &str {
    if argument.starts_with('-') {
        return argument.split(' ').next().unwrap_or_default();
    }
    argument.trim_matches(['<', '>', '[', ']', '.'])
}

fn listed(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// What an error says of itself; empty, if it says nothing.
pub fn text(error: &Error, kind: ContextKind) -> &str {
    texts(error, kind).first().copied().unwrap_or_default()
}

fn texts(error: &Error, kind: ContextKind) -> Vec<&str> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text],
        Some(ContextValue::Strings(texts)) => texts.iter().map(String::as_str).collect(),
        _ => Vec::new(),
    }
}

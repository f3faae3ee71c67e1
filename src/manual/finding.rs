//! A page about what gen may find: a rule, by its code or its name; and the list of those whose codes begin alike.

use super::text::{set_in, table, wrapped};
use crate::checks::{self, Rule, registry};
use crate::error::{Code, Diagnostic, Error, code};
use crate::schema::nearest;

/// The page about the finding with this code or name, or the list of those whose codes begin with it. None, if the text looks like
/// nothing of that.
///
/// # Errors
///
/// There is no such finding.
pub fn finding(name: &str, width: usize) -> Option<Result<String, Error>> {
    let rules = registry::rules();
    let asked = name.to_uppercase();
    let is_it = |code: &str, known: &str| code == asked || known == name.replace('_', "-");
    if let Some(rule) = rules.iter().find(|rule| is_it(rule.code, rule.name)) {
        return Some(Ok(page(rule, width)));
    }
    if let Some((code, instead)) = code::ALL.iter().find(|(code, _)| is_it(code.code, code.name)) {
        let Code { code, name, what, why } = code;
        let (about, instead) = (wrapped(&format!("{what} {why}"), "", "", width), wrapped(instead, "", "", width));
        return Some(Ok(format!("{code} {name}\n\n{about}\nWhat to do:\n\n{instead}")));
    }
    let all = registry::codes();
    let rows: Vec<(String, String)> = all.iter().filter(|code| code.code.starts_with(&asked)).map(row).collect();
    if !asked.is_empty() && !rows.is_empty() {
        return Some(Ok(format!("FINDINGS:\n{}", table(&rows, width))));
    }
    let is_code = asked.len() > 2 && asked.starts_with(|c: char| c.is_ascii_uppercase()) && asked[1..].bytes().all(|b| b.is_ascii_digit());
    let is_name = name.contains('-') && !name.contains('.');
    (is_code || is_name).then(|| Err(unknown(name, is_code.then_some(asked.as_str()), all)))
}

/// A finding in a list.
fn row(code: &Code) -> (String, String) {
    (format!("{} {}", code.code, code.name), code.what.to_owned())
}

/// There is no such finding: the ones that may be meant, and where they are listed.
fn unknown(name: &str, asked: Option<&str>, all: &[Code]) -> Error {
    let error = Diagnostic::new(format!("there is no finding `{name}`")).coded(code::USAGE);
    let Some(asked) = asked else {
        let error = match nearest(name, all.iter().map(|code| code.name)) {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("`gen explain A` lists those whose codes begin with `A`, and so with any letter"),
        };
        return error.into();
    };
    let near = all.iter().filter(|code| strsim::osa_distance(code.code, asked) == 1);
    let near: Vec<String> = near.take(MOST_NEAR).map(|code| format!("`{}` {}", code.code, code.name)).collect();
    let error = if near.is_empty() { error } else { error.note(format!("like it are {}", near.join(", "))) };
    let letter = &asked[..1];
    let error = if all.iter().any(|code| code.code.starts_with(letter)) {
        error.help(format!("`gen explain {letter}` lists those that begin with `{letter}`"))
    } else {
        let mut letters: Vec<String> = all.iter().map(|code| format!("`{}`", &code.code[..1])).collect();
        letters.dedup();
        error.help(format!("codes begin with {}; `gen explain {}` lists the first of them", letters.join(", "), &all[0].code[..1]))
    };
    error.into()
}

/// The most codes that a message names.
const MOST_NEAR: usize = 6;

fn page(rule: &Rule, width: usize) -> String {
    let about = checks::about(rule);
    let parts = [
        format!("{} {}\n", rule.code, rule.name),
        wrapped(&format!("{} {}", rule.what, rule.why), "", "", width),
        wrapped(&checks::how_much(rule), "", "", width),
        format!("Refused{about}:\n\n{}", set_in(rule.example.refused)),
        format!("Instead:\n\n{}", set_in(rule.example.instead)),
    ];
    parts.join("\n")
}

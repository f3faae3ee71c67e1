//! A page about what gen may find: a rule, by its code or its name.

use super::text::{set_in, wrapped};
use crate::checks::{self, Rule, registry};
use crate::error::{Code, Diagnostic, Error, code};
use crate::schema::nearest;

/// The page about the finding with this code or name. None, if the text looks like neither.
///
/// # Errors
///
/// There is no such finding.
pub fn finding(name: &str, width: usize) -> Option<Result<String, Error>> {
    let rules = registry::rules();
    let found = rules.iter().find(|rule| rule.name == name || rule.code.eq_ignore_ascii_case(name));
    if let Some(rule) = found {
        return Some(Ok(page(rule, width)));
    }
    if let Some((code, instead)) = code::ALL.iter().find(|(code, _)| code.name == name || code.code.eq_ignore_ascii_case(name)) {
        let Code { code, name, what, why } = code;
        let (about, instead) = (wrapped(&format!("{what} {why}"), "", "", width), wrapped(instead, "", "", width));
        return Some(Ok(format!("{code} {name}\n\n{about}\nWhat to do:\n\n{instead}")));
    }
    let is_code = name.len() == 4 && name.starts_with(|c: char| c.is_ascii_alphabetic()) && name[1..].bytes().all(|b| b.is_ascii_digit());
    (is_code || name.contains('-') && !name.contains('.')).then(|| {
        let error = Diagnostic::new(format!("there is no finding `{name}`")).coded(code::USAGE);
        let near = if is_code {
            None
        } else {
            nearest(name, rules.iter().map(|rule| rule.name).chain(code::ALL.iter().map(|(code, _)| code.name)))
        };
        Err(match near {
            Some(near) => error.help(format!("did you mean `{near}`?")),
            None => error.help("`docs/findings.md` lists them"),
        }
        .into())
    })
}

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

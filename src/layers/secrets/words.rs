//! Command lines that are shown: what follows an option or a variable that is named for a secret is hidden.

use super::objects::is_sensitive;
use crate::source::MASK;
use crate::yaml::{Data, Node};

/// Keys of command lines: lists of words, or scripts.
pub fn is_command(key: &str) -> bool {
    matches!(key, "args" | "command")
}

/// Hides the secrets in a command line: `--password=x`, `--password x` over one item or two, `TOKEN=x`. What was there is added to
/// `secrets`.
pub fn mask(line: &mut Node, secrets: &mut Vec<String>) {
    let mut is_secret = false;
    let items = match &mut line.data {
        Data::List(items) => items.as_mut_slice(),
        _ => std::slice::from_mut(line),
    };
    for item in items {
        if let Data::String(text) = &mut item.data {
            let mut shown = String::with_capacity(text.len());
            for word in words(text) {
                let (bare, space) = word.split_at(word.trim_end().len());
                let (before, value) = parts(bare, is_secret);
                is_secret = if bare.is_empty() { is_secret } else { value.is_empty() && bare.starts_with('-') && is_sensitive(name(bare)) };
                shown.push_str(before);
                if !value.is_empty() {
                    secrets.push(value.trim_matches(['"', '\'']).to_owned());
                    shown.push_str(MASK);
                }
                shown.push_str(space);
            }
            *text = shown;
        }
    }
}

/// The words of a script, each with what separates it from the next; a quoted text is of one word.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut quote = None;
    text.split_inclusive(move |c: char| {
        quote = match quote {
            None if matches!(c, '"' | '\'') => Some(c),
            Some(open) if open == c => None,
            same => same,
        };
        quote.is_none() && c.is_whitespace()
    })
}

/// A word up to the secret in it, and the secret.
fn parts(word: &str, is_secret: bool) -> (&str, &str) {
    match word.split_once('=') {
        Some((key, _)) if is_sensitive(name(key)) => word.split_at(key.len() + 1),
        _ if is_secret && !word.starts_with(['-', '$']) => ("", word),
        _ => (word, ""),
    }
}

/// The name that a word of an option, or of a variable, gives.
fn name(word: &str) -> &str {
    word.trim_start_matches(['-', '"', '\''])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_name_of_a_secret_is_hidden() {
        for (line, shown) in [
            ("[a, --password=hunter2, -v]", "[a, --password=***, -v]"),
            ("[a, --db-password, hunter2, hunter2]", "[a, --db-password, \"***\", hunter2]"),
            ("[a, --token, --verbose]", "[a, --token, --verbose]"),
            ("[a, --password-file=/x, --secret-name, b]", "[a, --password-file=/x, --secret-name, b]"),
            ("[bash, -c, \"PGPASSWORD='x y' exec  a --token  b\\n\"]", "[bash, -c, \"PGPASSWORD=*** exec  a --token  ***\\n\"]"),
            ("exec a --token $TOKEN", "exec a --token $TOKEN"),
        ] {
            let read = |text: &str| crate::yaml::read(text, 0).unwrap().remove(0);
            let mut node = read(line);
            mask(&mut node, &mut Vec::new());
            assert_eq!(crate::yaml::write(&node), crate::yaml::write(&read(shown)), "{line}");
        }
    }
}

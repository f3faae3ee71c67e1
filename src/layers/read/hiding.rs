//! What to hide of a text that could not be parsed: nobody can tell for sure which part of it is a secret.

use std::ops::Range;

use crate::schema::{KeyNames, Schema, sounds_secret};

/// What to hide of a values file, line by line. A line whose key never holds a secret is shown, but not a map or a list that
/// begins in it. After any other key that exists, or could, the rest of the line is hidden, but for the sign that a quoted text, a map
/// or a list begins with: many a fault is there. Of every other line the blanks and dashes before it are shown: the secret may have
/// slipped anywhere.
pub fn of_file(text: &str, schema: Schema<'_>) -> Vec<Range<usize>> {
    let KeyNames { declared, open, secret } = schema.key_names();
    let mut hidden = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        let colon = body.find(':');
        let key = body[..colon.unwrap_or_default()].trim_start_matches([' ', '\t', '-']).trim();
        // Without a blank behind the colon it is no key, but part of an address.
        let is_key = colon.is_some_and(|colon| body[colon + 1..].is_empty() || body[colon + 1..].starts_with([' ', '\t']));
        if !is_key || !open.contains(key) || body.split(|c: char| !c.is_alphanumeric()).any(|word| secret.contains(word)) {
            let from = colon.filter(|_| declared.contains(key) || is_key && is_plausible(key)).map_or(0, |colon| colon + 1);
            let blank = body[from..].len() - body[from..].trim_start_matches([' ', '\t', '-']).len();
            let is_open = from > 0 && !sounds_secret(key) && !secret.contains(key);
            let sign = usize::from(is_open && body[from + blank..].starts_with(['[', '{', '"', '\'']));
            hidden.push(start + from + blank + sign..start + body.len());
        } else if let Some(nested) = body.find(['{', '[']).filter(|at| body[*at..].contains(char::is_alphanumeric)) {
            hidden.push(start + nested..start + body.len());
        }
        start += line.len();
    }
    hidden
}

/// Whether a word with a colon behind it is a key by its look: few secrets are letters alone.
fn is_plausible(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_alphabetic()) && word.bytes().all(|b| b.is_ascii_alphabetic() || b"_-./".contains(&b))
}

/// What to hide of an argument such as `--set a=b`: everything after the first `=`, `:` or `{`.
pub fn of_argument(text: &str) -> Vec<Range<usize>> {
    text.find(['=', ':', '{']).map(|at| at + 1..text.len()).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn of_a_line_the_key_and_where_its_value_begins_are_shown() {
        let text = "config:\n  core:\n    log_format: [%(a)s] %(m)s\n    note: \"half\n    sql_alchemy_conn: \"postgresql://u:hunter2\n\
                    \x20   hunter2: x\n    - hunter2\n    redis://:hunter2@a\n    smtp_password: hunter2\n";
        let source = Source::new("f", text, of_file(text, crate::layers::schema()));
        let shown = "config:\n  core:\n    log_format: [***\n    note: \"***\n    sql_alchemy_conn: ***\n    ***\n    - ***\n    redis:***\n\
                     \x20   smtp_password: ***\n";
        assert_eq!(source.text(), shown);
    }
}

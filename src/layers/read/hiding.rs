//! What to hide of a text that could not be parsed: nobody can tell for sure which part of it is a secret.

use std::ops::Range;

use crate::schema::{KeyNames, Schema};

/// What to hide of a values file, line by line. A line whose key never holds a secret is shown, but not a map or a list that
/// begins in it. After any other key that exists, the rest of the line is hidden. Every other line is hidden whole: the
/// secret may have slipped anywhere.
pub fn of_file(text: &str, schema: Schema<'_>) -> Vec<Range<usize>> {
    let KeyNames { declared, open, secret } = schema.key_names();
    let mut hidden = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_end();
        let colon = body.find(':');
        let key = body[..colon.unwrap_or_default()].trim_start_matches([' ', '\t', '-']).trim();
        if !open.contains(key) || body.split(|c: char| !c.is_alphanumeric()).any(|word| secret.contains(word)) {
            let from = colon.filter(|_| declared.contains(key)).map_or(0, |colon| colon + 1);
            let blank = body[from..].len() - body[from..].trim_start_matches([' ', '\t', '-']).len();
            hidden.push(start + from + blank..start + body.len());
        } else if let Some(nested) = body.find(['{', '[']).filter(|at| body[*at..].contains(char::is_alphanumeric)) {
            hidden.push(start + nested..start + body.len());
        }
        start += line.len();
    }
    hidden
}

/// What to hide of an argument such as `--set a=b`: everything after the first `=`, `:` or `{`.
pub fn of_argument(text: &str) -> Vec<Range<usize>> {
    text.find(['=', ':', '{']).map(|at| at + 1..text.len()).into_iter().collect()
}

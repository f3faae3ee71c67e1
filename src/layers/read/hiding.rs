//! What to hide of a text that could not be parsed, where nobody can tell for sure which part of it is a secret.

use std::ops::Range;

use crate::schema::{KeyNames, Schema};

/// Of a values file, line by line: all but the lines of keys that are known to hold no secret. Of lines that begin with
/// another key what follows it is hidden, and of all others everything: the secret may have slipped anywhere.
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
        }
        start += line.len();
    }
    hidden
}

/// Of an argument such as `--set a=b`: what follows the first `=`, or a `:` or `{` before that.
pub fn of_argument(text: &str) -> Vec<Range<usize>> {
    text.find(['=', ':', '{']).map(|at| at + 1..text.len()).into_iter().collect()
}

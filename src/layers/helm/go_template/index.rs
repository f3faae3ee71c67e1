//! `index`: an item of a list or a value of a map by its number or name.

/// The key that `index .Values.some.list 1 "name"` refers to, as a path: `some.list[1].name`.
pub fn key(expression: &str) -> Option<String> {
    let mut words = expression.strip_prefix("index ")?.split_whitespace();
    let first = words.next()?.trim_start_matches('$').strip_prefix(".Values.")?;
    words.try_fold(first.to_owned(), |key, word| {
        let name = word.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        match (name, word.parse::<usize>()) {
            (Some(name), _) if !name.is_empty() && !name.contains(['.', '[', ']', '"', '\\']) => Some(format!("{key}.{name}")),
            (None, Ok(number)) => Some(format!("{key}[{number}]")),
            _ => None,
        }
    })
}

/// Whether a key after `.Values.` is written as names with dots between.
pub fn is_plain(key: &str) -> bool {
    key.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-'))
}

#[cfg(test)]
mod tests {
    #[test]
    fn numbers_and_names_are_steps() {
        for (expression, expected) in [
            ("index .Values.a.b 1", Some("a.b[1]")),
            ("index $.Values.a \"b-c\" 0", Some("a.b-c[0]")),
            ("index .Values.a (len .Values.b)", None),
            ("index .Files \"x\"", None),
            ("indexes .Values.a 1", None),
        ] {
            assert_eq!(super::key(expression).as_deref(), expected, "{expression}");
        }
    }
}

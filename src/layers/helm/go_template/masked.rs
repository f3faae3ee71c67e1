//! An expression as messages show it.

/// An expression as errors show it: a reference or a call of a function, without its strings. All else may be a secret.
pub(super) fn masked(expression: &str) -> Option<String> {
    const KNOWN: [&str; 13] =
        ["include", "tpl", "ternary", "printf", "toString", "if", "else", "end", "range", "with", "eq", "semverCompare", "ti"];
    let expression = expression.trim_start_matches(['-', ' ']);
    let first = expression.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if !(expression.starts_with(".Values.") || expression.starts_with(".Release.") || KNOWN.contains(&first)) {
        return None;
    }
    Some(without_strings(expression))
}

/// An expression without what stands in its strings, which may be a secret wherever it is.
pub(super) fn without_strings(expression: &str) -> String {
    let mut masked = String::new();
    let mut quote = None;
    for c in expression.chars() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => continue,
            None if matches!(c, '"' | '`' | '\'') => {
                quote = Some(c);
                masked.push(c);
                masked.push_str("***");
            }
            None => {}
        }
        if quote.is_none() {
            masked.push(c);
        }
    }
    masked
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_in_expressions_are_not_shown() {
        for (expression, expected) in [
            (r#" include "a.b" . "#, Some(r#"include "***" . "#)),
            (".Values.a | default `x`", Some(".Values.a | default `***`")),
            ("- if eq .Values.a 'b' -", Some("if eq .Values.a '***' -")),
            ("hunter2", None),
        ] {
            assert_eq!(masked(expression).as_deref(), expected, "{expression}");
        }
        assert_eq!(without_strings("cat \"hunter2\" .Values.a"), "cat \"***\" .Values.a");
    }
}

//! References of Go templates to keys.

use crate::schema::Path;

/// A text whose references to one key, or to one below it, are to another.
pub fn moved(text: &str, from: &Path, to: &Path) -> String {
    let (from, to) = (format!(".Values.{from}"), format!(".Values.{to}"));
    let mut moved = String::new();
    let mut at = 0;
    for (start, _) in text.match_indices(&from) {
        let rest = &text[start + from.len()..];
        // A longer name is another key's.
        if !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-')) {
            moved.push_str(&text[at..start]);
            moved.push_str(&to);
            at = start + from.len();
        }
    }
    moved.push_str(&text[at..]);
    moved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_follow_their_key_and_no_other() {
        let text = "{{ .Values.a.b }} {{ .Values.a.b.c }} {{ .Values.a.bc }} {{ .Values.a }}";
        let expected = "{{ .Values.x }} {{ .Values.x.c }} {{ .Values.a.bc }} {{ .Values.a }}";
        assert_eq!(moved(text, &"a.b".into(), &"x".into()), expected);
    }
}

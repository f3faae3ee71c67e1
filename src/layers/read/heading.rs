//! The heading of `helm get values`, which is no part of the values.

use std::borrow::Cow;

use crate::yaml::Node;

/// The headings, each on the first line.
const HEADINGS: [&str; 2] = ["USER-SUPPLIED VALUES:", "COMPUTED VALUES:"];

/// The text with its heading as a comment, byte for byte as long; and whether there was one.
pub fn as_comment(text: &str) -> (Cow<'_, str>, bool) {
    let is_heading = HEADINGS.iter().any(|heading| text.lines().next().is_some_and(|line| line.trim_end() == *heading));
    if is_heading { (format!("#{}", &text[1..]).into(), true) } else { (text.into(), false) }
}

/// The headings that stand in a file as keys.
pub fn of_keys(values: &Node) -> impl Iterator<Item = &str> {
    let names = HEADINGS.iter().map(|heading| heading.trim_end_matches(':'));
    names.filter(|name| values.get(name).is_some_and(Node::is_null))
}

/// Whether a text says nothing and has words all the same: comments.
pub fn is_commented(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heading_becomes_a_comment() {
        assert_eq!(as_comment("USER-SUPPLIED VALUES:\nnull\n"), ("#SER-SUPPLIED VALUES:\nnull\n".into(), true));
        assert_eq!(as_comment("executor: a\n"), ("executor: a\n".into(), false));
        assert!(is_commented("\n  # a\n") && !is_commented("\n"));
    }
}

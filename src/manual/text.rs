//! Plain text in lines that are not too long.

/// A text in lines, of which the first begins with one text and the others with another.
pub(crate) fn wrapped(text: &str, first: &str, next: &str, width: usize) -> String {
    let mut written = String::new();
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > width {
            written = written + &line + "\n";
            next.clone_into(&mut line);
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line += word;
        is_empty = false;
    }
    written + &line + "\n"
}

/// A text in one line: all of it, its first sentence, or as many words as there is room for.
pub(super) fn cut(text: &str, width: usize) -> String {
    let sentence = text.split_once(". ").map_or(text, |(first, _)| first).trim_end_matches('.');
    if text.chars().count() <= width {
        return text.to_owned();
    }
    if sentence.chars().count() < width {
        return format!("{sentence}.");
    }
    let room: String = text.chars().take(width.saturating_sub(3)).collect();
    let end = room.trim_end().rfind(' ').unwrap_or(room.len());
    format!("{}...", room[..end].trim_end())
}

/// Names and what is said of them, a line each.
pub(super) fn table(rows: &[(String, String)], width: usize) -> String {
    let longest = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let room = width.saturating_sub(longest + 4).max(20);
    rows.iter().map(|(name, about)| format!("  {name:longest$}  {}\n", cut(about, room))).collect()
}

/// Each line of a text, set in.
pub(super) fn set_in(text: &str) -> String {
    text.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_not_longer_than_they_may_be() {
        assert_eq!(wrapped("one two  three", "", "", 7), "one two\nthree\n");
        assert_eq!(wrapped("one two three", "KEY: ", "     ", 9), "KEY: one\n     two\n     three\n");
        assert_eq!(wrapped("a-very-long-word b", "", "", 4), "a-very-long-word\nb\n");
        assert_eq!(cut("one two three", 13), "one two three");
        assert_eq!(cut("one two three", 12), "one two...");
        assert_eq!(cut("one two. Three", 12), "one two.");
    }
}

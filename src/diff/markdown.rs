//! A comparison as Markdown, for a comment of a pull request: bounded, and it says what it leaves out.

use std::fmt::Write as _;

use super::human::title;
use super::shared::{Shared, shared};
use super::{Change, Comparison, Finding, listed};
use crate::error::Severity;

/// The most bytes: GitHub takes 65,536 characters for a comment, and whoever posts it may add some.
const MOST: usize = 60_000;

/// The most bytes of one block, so that a long one does not take the place of all others.
const MOST_OF_BLOCK: usize = 12_000;

/// The comparison as Markdown.
#[must_use]
pub fn markdown(comparison: &Comparison) -> String {
    let (shared, said) = shared(comparison);
    let mut text = format!("**gen diff**: {}\n", escaped(&comparison.summary()));
    for finding in &comparison.findings {
        let told = finding_as_text(finding);
        if text.len() + told.len() < MOST / 2 {
            text += &told;
        } else {
            let _ = write!(text, "\n- {}\n", escaped(&cut(&finding.message, 200).0));
        }
    }
    let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
    for Shared { objects, changes } in &shared {
        let lines = changes.iter().flat_map(|change| change.lines()).collect();
        blocks.push((format!("in {} objects: {}", objects.len(), cut(&listed(objects), 300).0), lines));
    }
    for object in &comparison.objects {
        if let Some(title) = title(object, &said) {
            let own = object.changes.iter().filter(|change| !said.has(change));
            blocks.push((title, own.flat_map(Change::lines).collect()));
        }
    }
    blocks.extend(comparison.files.iter().map(|file| (format!("~ file {file}: the same objects, written otherwise"), Vec::new())));
    // What has no fields to show is a line.
    let (whole, mut blocks): (Vec<_>, Vec<_>) = blocks.into_iter().partition(|(_, lines)| lines.is_empty());
    if !whole.is_empty() {
        let number = if whole.len() == 1 { "1 object".to_owned() } else { format!("{} objects", whole.len()) };
        blocks.insert(0, (format!("{number} as a whole"), whole.into_iter().map(|(title, _)| title).collect()));
    }
    let mut left = 0;
    for (title, lines) in blocks {
        let block = details(&title, &lines);
        if text.len() + block.len() < MOST { text += &block } else { left += 1 }
    }
    if left > 0 {
        let things = if left == 1 { "1 part is".to_owned() } else { format!("{left} parts are") };
        let _ = write!(text, "\n{things} left out: a comment has no room for all. `gen diff` without `-o markdown` prints the whole.\n");
    }
    text
}

fn finding_as_text(finding: &Finding) -> String {
    let word = if finding.severity() == Severity::Note { "Note" } else { "**Warning**" };
    let mut text = format!("\n- {word} `{}`: {}\n", finding.code.code, escaped(&finding.message));
    for note in &finding.notes {
        let _ = writeln!(text, "  - {}", escaped(note));
    }
    if !finding.commands.is_empty() {
        let _ = write!(text, "\n  ```sh\n  {}\n  ```\n", finding.commands.join("\n  "));
    }
    text
}

/// A block that opens at a click.
fn details(title: &str, lines: &[String]) -> String {
    // `diff` colors what begins with a sign, and knows no `~`.
    let whole = lines.iter().map(|line| line.strip_prefix('~').map_or_else(|| line.clone(), |rest| format!("!{rest}")));
    let whole = whole.collect::<Vec<_>>().join("\n");
    let (body, is_cut) = cut(&whole, MOST_OF_BLOCK);
    let ticks = body.split(|c| c != '`').map(str::len).max().unwrap_or_default().max(2) + 1;
    let fence = "`".repeat(ticks);
    let more = if is_cut { "\n\nThe rest is left out: it is long.\n" } else { "\n" };
    format!("\n<details><summary>{}</summary>\n\n{fence}diff\n{body}\n{fence}{more}\n</details>\n", html(title))
}

/// A text up to a number of bytes, and whether it is longer.
fn cut(text: &str, most: usize) -> (String, bool) {
    if text.len() <= most {
        return (text.to_owned(), false);
    }
    (format!("{}...", &text[..text.floor_char_boundary(most)]), true)
}

/// A text in which nothing is HTML, and nobody is called upon.
fn html(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('@', "@\u{200b}")
}

/// A text in which nothing is Markdown or HTML, and nobody is called upon.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut is_code = false;
    for c in text.chars() {
        match c {
            '`' => {
                is_code = !is_code;
                escaped.push(c);
            }
            '<' if !is_code => escaped.push_str("&lt;"),
            '>' if !is_code => escaped.push_str("&gt;"),
            '&' if !is_code => escaped.push_str("&amp;"),
            '*' | '_' | '[' | ']' | '~' | '\\' | '#' if !is_code => escaped.extend(['\\', c]),
            '@' => escaped.push_str("@\u{200b}"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fence_is_longer_than_what_is_in_it_and_what_is_long_is_cut() {
        let block = details("~ a <b>", &["~ x: ```y````".to_owned()]);
        assert_eq!(block, "\n<details><summary>~ a &lt;b&gt;</summary>\n\n`````diff\n! x: ```y````\n`````\n\n</details>\n");
        let long = details("a", &["é".repeat(MOST_OF_BLOCK)]);
        assert!(long.len() < MOST_OF_BLOCK + 200 && long.contains("left out"), "{}", long.len());
    }
}

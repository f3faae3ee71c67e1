//! A tree as YAML text with a comment behind each of its values.

use super::{Data, Node, read, write};

/// Writes a tree as [`write`](write()) does, with what `comment` says of a value, if anything, behind it on its line. Maps and lists
/// that hold something have none of their own.
#[must_use]
pub fn write_with_comments(node: &Node, comment: &dyn Fn(&Node) -> Option<String>) -> String {
    let text = write(node);
    if node.as_map().is_some_and(super::Map::is_empty) {
        return text;
    }
    // Where values stand, the text itself says.
    let Some(written) = read(&text, 0).ok().and_then(|mut documents| documents.pop()) else { return text };
    let mut comments = Vec::new();
    collect(node, &written, &text, comment, &mut comments);
    let mut comments = comments.into_iter().peekable();
    let mut commented = String::with_capacity(text.len() * 2);
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end_matches('\n').len();
        commented.push_str(&text[start..end]);
        while let Some((_, words)) = comments.next_if(|(at, _)| *at <= end) {
            commented.push_str("  # ");
            commented.extend(words.chars().map(|c| if c.is_control() { ' ' } else { c }));
        }
        commented.push('\n');
        start += line.len();
    }
    commented
}

/// What is said of each value, with the place of its text; of a block that of the line which announces it.
fn collect(node: &Node, written: &Node, text: &str, comment: &dyn Fn(&Node) -> Option<String>, found: &mut Vec<(usize, String)>) {
    match (&node.data, &written.data) {
        (Data::Map(entries), Data::Map(known)) if !entries.is_empty() => {
            for ((_, entry), (_, known)) in entries.iter().zip(known) {
                collect(&entry.value, &known.value, text, comment, found);
            }
        }
        (Data::List(items), Data::List(known)) if !items.is_empty() => {
            for (item, known) in items.iter().zip(known) {
                collect(item, known, text, comment, found);
            }
        }
        _ => {
            let start = written.span().start;
            let is_block = node.as_str().is_some_and(|node| node.contains('\n')) && !text[start..].starts_with('"');
            let at = if is_block { text[..start].trim_end().len() } else { start };
            found.extend(comment(node).map(|words| (at, words)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_its_comment_and_the_text_means_the_same() {
        let text = "a: 1\nb:\n  c: |\n    two\n    lines\n  d: {}\n  e: [x, {f: 'g # h'}]\ni: |-\n  # no comment\n  x\nj: []\nk: [\"\\n a\\nb\", \"c\\nd\"]\n";
        let node = read(text, 0).unwrap().remove(0);
        let commented = write_with_comments(&node, &|node| Some(format!("line {}", text[..node.span().start].matches('\n').count() + 1)));
        let expected = "a: 1  # line 1\nb:\n  c: |  # line 4\n    two\n    lines\n  d: {}  # line 6\n  e:\n  - x  # line 7\n  - f: \"g # h\"  # line 7\n\
                        i: |-  # line 9\n  # no comment\n  x\nj: []  # line 11\n\
                        k:\n- \"\\n a\\nb\"  # line 12\n- |-  # line 12\n  c\n  d\n";
        assert_eq!(commented, expected);
        assert!(read(&commented, 0).unwrap()[0].is_same(&node));
    }
}

//! Values that stand within a file: the lines around them, which stay as they are.

use super::entry::extent;
use super::lines::{indent_of, is_blank, is_comment, line_end};
use super::tree::read;
use crate::schema::Path;

/// What is around the lines of values within a file.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The path of the values.
    pub path: String,
    /// The text above them.
    above: String,
    /// The text below them.
    below: String,
    /// Their column.
    column: usize,
}

impl Frame {
    /// The values at a path of a text, as a text of their own, and what is around them. None, if they do not stand in lines of
    /// their own, or cannot be read without what is around them.
    pub fn of(text: &str, path: &str) -> Option<(Self, String)> {
        let (keys, root) = (Path::of_keys(path), read(text, 0)?);
        let entry = extent(text, &root, &keys)?;
        let start = line_end(text, entry.key.end);
        let lines = text.get(start..entry.end)?;
        let column = indent_of(lines.lines().find(|line| !is_blank(line) && !is_comment(line))?);
        let values: String = lines.split_inclusive('\n').map(|line| without_indent(line, column)).collect();
        let frame = Self { path: path.to_owned(), above: text[..start].to_owned(), below: text[entry.end..].to_owned(), column };
        let said = keys.get(&root)?;
        let is_same = match said.as_str() {
            Some(text) => read(&values, 0)?.is_same(&read(text, 0)?),
            None => read(&values, 0)?.is_same(said),
        };
        (is_same && read(&frame.around(&values), 0)?.is_same(&root)).then_some((frame, values))
    }

    /// The whole text, with these values.
    pub fn around(&self, values: &str) -> String {
        let indent = " ".repeat(self.column);
        let with_indent =
            |line: &str| if line.trim_end_matches(['\n', '\r']).is_empty() { line.to_owned() } else { format!("{indent}{line}") };
        let lines: String = values.split_inclusive('\n').map(with_indent).collect();
        [self.above.as_str(), &lines, &self.below].concat()
    }
}

/// A line without the first blanks, as far as it has them.
fn without_indent(line: &str, column: usize) -> &str {
    &line[indent_of(line).min(column)..]
}

#[cfg(test)]
mod tests {
    use super::Frame;

    #[test]
    fn values_within_a_file_are_taken_out_and_put_back() {
        for (text, path, values) in [
            ("a: 1\nairflow:\n  # why\n  executor: x\n\n  env: []\nb: 2\n", "airflow", "# why\nexecutor: x\n\nenv: []\n"),
            ("spec:\n  values: |\n    executor: x\n    uid: 1\n  more: 1\n", "spec.values", "executor: x\nuid: 1\n"),
        ] {
            let (frame, found) = Frame::of(text, path).unwrap();
            assert_eq!((found.as_str(), frame.around(&found).as_str()), (values, text));
        }
    }

    #[test]
    fn values_that_need_what_is_around_them_are_not_taken_out() {
        for text in ["airflow: {executor: x}\n", "x: &a {b: 1}\nairflow:\n  env: *a\n", "airflow: 'executor: x'\n"] {
            assert!(Frame::of(text, "airflow").is_none(), "{text}");
        }
    }
}

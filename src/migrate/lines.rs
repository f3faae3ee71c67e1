//! Lines of a text.

/// The start of the line that an offset is in.
pub fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |line_break| line_break + 1)
}

/// The end of the line that an offset is in, the line break included.
pub fn line_end(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |line_break| at + line_break + 1)
}

/// Whether a line is blank.
pub fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// Whether a line is a comment, as far as it is no part of a text.
pub fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with('#')
}

/// How many blanks a line begins with.
pub fn indent_of(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}

/// How many blanks the first nested line of a text has more than the one above it: two, if there is none.
pub fn step(text: &str) -> usize {
    let mut above = 0;
    for line in text.lines().filter(|line| !is_blank(line) && !is_comment(line)) {
        let indent = indent_of(line);
        if indent > above {
            return indent - above;
        }
        above = indent;
    }
    2
}

/// The lines, moved from one column to another.
pub fn moved(lines: &str, from: usize, to: usize) -> String {
    let mut moved = String::new();
    for line in lines.split_inclusive('\n') {
        if is_blank(line) {
            moved.push('\n');
        } else {
            let indent = indent_of(line);
            moved.push_str(&" ".repeat((indent + to).saturating_sub(from)));
            moved.push_str(&line[indent..]);
        }
    }
    moved
}

/// The lines as comments that begin in a column.
pub fn commented(lines: &str, column: usize) -> String {
    let mut commented = String::new();
    for line in lines.split_inclusive('\n') {
        let line = line.trim_end();
        let own = line.get(column..).filter(|_| indent_of(line) >= column).unwrap_or(line.trim_start());
        commented.push_str(&" ".repeat(column));
        commented.push('#');
        if !own.is_empty() {
            commented.push(' ');
            commented.push_str(own);
        }
        commented.push('\n');
    }
    commented
}

/// A text with a line break at its end.
pub fn closed(text: &str) -> String {
    if text.is_empty() || text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") }
}

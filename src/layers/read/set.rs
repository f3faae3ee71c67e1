//! `--set` and its kin: the notation of Helm's `strvals`.
//!
//! `a.b=1,c[0]=x,d={y,z}`: dots go into maps, brackets into lists, commas separate settings, braces hold lists, and a
//! backslash takes the meaning from the character after it.

use std::ops::Range;
use std::path::Path;

use serde::de::IgnoredAny;

use super::setting::Setting;
use crate::bounded;
use crate::schema::Step;
use crate::source::Files;
use crate::yaml::{Data, MAX_DEPTH, Node, Origin, SyntaxError, read};

/// The highest index of a list (`a[N]`), so that a typing error does not fill the memory.
const MAX_INDEX: usize = 1024;

/// A function that makes a value from its text.
type Convert<'c> = &'c dyn Fn(&str, Origin) -> Result<Node, SyntaxError>;

/// A value with the type that it looks like: `true`, `false`, `null`, a whole number, or a string.
#[expect(clippy::unnecessary_wraps, reason = "one of several conversions")]
pub fn typed(text: &str, origin: Origin) -> Result<Node, SyntaxError> {
    let data = match text.to_ascii_lowercase().as_str() {
        "true" => Data::Bool(true),
        "false" => Data::Bool(false),
        "null" => Data::Null,
        "0" => Data::Number(0.into(), text.to_owned()),
        _ if text.starts_with('0') => Data::String(text.to_owned()),
        _ => text.parse::<i64>().map_or_else(|_| Data::String(text.to_owned()), |number| Data::Number(number.into(), text.to_owned())),
    };
    Ok(Node { data, origin: Some(origin) })
}

/// A value that is a string whatever it looks like.
#[expect(clippy::unnecessary_wraps, reason = "one of several conversions")]
pub fn string(text: &str, origin: Origin) -> Result<Node, SyntaxError> {
    Ok(Node { data: Data::String(text.to_owned()), origin: Some(origin) })
}

/// A value that is the text of a file.
pub fn file(files: &Files, path: &str, origin: Origin) -> Result<Node, SyntaxError> {
    // The message leaves out the path: whoever mistakes the option writes the secret itself there.
    let read = files.read(Path::new(path), bounded::MOST).and_then(|bytes| bounded::read_text(bytes.as_slice(), bounded::MOST));
    let text = read.map_err(|error| SyntaxError {
        title: "cannot read the file that is named here".to_owned(),
        span: origin.span(),
        label: crate::error::reason(&error),
        help: None,
    })?;
    Ok(Node { data: Data::String(text), origin: Some(origin) })
}

/// The settings of a `--set` argument; `convert` makes the values.
pub fn parse(text: &str, layer: usize, convert: Convert<'_>) -> Result<Vec<Setting>, SyntaxError> {
    let mut parser = Parser { text, at: 0, layer };
    let mut settings = Vec::new();
    while parser.at < text.len() {
        settings.push(parser.setting(convert)?);
    }
    if settings.is_empty() { Err(parser.error(0..0, "nothing is set")) } else { Ok(settings) }
}

/// The setting of a `--set-literal` argument: a key, and a string to the end, whatever is in it.
pub fn parse_literal(text: &str, layer: usize) -> Result<Vec<Setting>, SyntaxError> {
    let mut parser = Parser { text, at: 0, layer };
    let path = parser.path()?;
    let value = string(&text[parser.at..], parser.origin(parser.at..text.len()))?;
    Ok(vec![Setting { path, value }])
}

/// The settings of a `--set-json` argument: `key=JSON`, with commas between several, or a JSON object alone.
pub fn parse_json(text: &str, layer: usize) -> Result<Vec<Setting>, SyntaxError> {
    let mut parser = Parser { text, at: 0, layer };
    if text.trim_start().starts_with('{') {
        let value = parser.json()?;
        return Ok(vec![Setting { path: Vec::new(), value }]);
    }
    let mut settings = Vec::new();
    while parser.at < text.len() || settings.is_empty() {
        settings.push(Setting { path: parser.path()?, value: parser.json()? });
    }
    Ok(settings)
}

/// Moves the origins of a tree that was read from the end of a text.
fn shift(node: &mut Node, by: usize) {
    let moved = |origin: &mut Option<Origin>| *origin = origin.map(|origin| origin.moved(by));
    moved(&mut node.origin);
    match &mut node.data {
        Data::List(items) => items.iter_mut().for_each(|item| shift(item, by)),
        Data::Map(entries) => entries.values_mut().for_each(|entry| {
            moved(&mut entry.key);
            shift(&mut entry.value, by);
        }),
        _ => {}
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    layer: usize,
}

impl Parser<'_> {
    fn error(&self, span: Range<usize>, label: impl Into<String>) -> SyntaxError {
        let help = "the notation is `key=value`, `a.b[0]=value` or `key={one,two}`, with commas between settings; `\\` before a `,` or `.` makes it ordinary";
        let end = span.end.min(self.text.len());
        SyntaxError { title: "not a setting".to_owned(), span: span.start.min(end)..end, label: label.into(), help: Some(help.to_owned()) }
    }

    fn origin(&self, span: Range<usize>) -> Origin {
        Origin::new(self.layer, span)
    }

    /// The text up to one of the characters, which is not taken.
    fn until(&mut self, stops: &[char]) -> (String, Range<usize>) {
        let start = self.at;
        let mut word = String::new();
        let mut rest = self.text[start..].char_indices();
        let mut end = self.text.len();
        while let Some((offset, c)) = rest.next() {
            if c == '\\' {
                word.extend(rest.next().map(|(_, c)| c));
            } else if stops.contains(&c) {
                end = start + offset;
                break;
            } else {
                word.push(c);
            }
        }
        self.at = end;
        (word, start..end)
    }

    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// The path of a key, up to and including the `=` after it.
    fn path(&mut self) -> Result<Vec<(Step, Option<Origin>)>, SyntaxError> {
        let mut path = Vec::new();
        loop {
            if path.len() > MAX_DEPTH {
                return Err(self.error(self.at..self.text.len(), "this is too deep"));
            }
            let (key, span) = self.until(&['.', '[', '=', ',']);
            let after_index = matches!(path.last(), Some((Step::Index(_), _)));
            if key.is_empty() && !(after_index && self.text[..self.at].ends_with(']')) {
                return Err(self.error(span.start..span.end + 1, "a key is missing here"));
            }
            if !key.is_empty() {
                path.push((Step::Key(key), Some(self.origin(span))));
            }
            match self.peek() {
                Some('.') => self.at += 1,
                Some('[') => path.push(self.index()?),
                Some('=') => {
                    self.at += 1;
                    return Ok(path);
                }
                _ => return Err(self.error(self.at..self.at + 1, "`=` and a value are missing here")),
            }
        }
    }

    fn index(&mut self) -> Result<(Step, Option<Origin>), SyntaxError> {
        let start = self.at;
        self.at += 1;
        let (digits, span) = self.until(&[']', '=', ',']);
        if self.peek() != Some(']') {
            return Err(self.error(start..span.end, "a `]` is missing"));
        }
        self.at += 1;
        match digits.parse() {
            Ok(index) if index <= MAX_INDEX => Ok((Step::Index(index), Some(self.origin(start..self.at)))),
            _ => Err(self.error(span, format!("a list's index is a number from 0 to {MAX_INDEX}"))),
        }
    }

    /// A JSON value, and the comma after it.
    fn json(&mut self) -> Result<Node, SyntaxError> {
        let (start, rest) = (self.at, &self.text[self.at..]);
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        let found = values.next();
        let end = start + values.byte_offset();
        match found {
            Some(Ok(_)) => {}
            Some(Err(error)) => {
                let reason = error.to_string();
                return Err(self.error(start..self.text.len(), reason.split(" at line ").next().unwrap_or(&reason)));
            }
            None => return Err(self.error(start..start, "a value is missing here")),
        }
        let documents = read(&self.text[start..end], self.layer);
        let documents = documents.map_err(|error| SyntaxError { span: error.span.start + start..error.span.end + start, ..error })?;
        let Some(mut value) = documents.into_iter().next() else { return Err(self.error(start..end, "a value is missing here")) };
        shift(&mut value, start);
        self.at = end + (self.text[end..].len() - self.text[end..].trim_start().len());
        match self.peek() {
            Some(',') => self.at += 1,
            Some(_) => return Err(self.error(self.at..self.text.len(), "a `,` is missing before this")),
            None => {}
        }
        Ok(value)
    }

    fn setting(&mut self, convert: Convert<'_>) -> Result<Setting, SyntaxError> {
        let path = self.path()?;
        let start = self.at;
        let value = if self.peek() == Some('{') {
            let mut items = Vec::new();
            self.at += 1;
            loop {
                let (item, span) = self.until(&[',', '}']);
                match self.peek() {
                    Some('}') if items.is_empty() && item.is_empty() => {}
                    Some(_) => items.push(convert(&item, self.origin(span))?),
                    None => return Err(self.error(start..self.text.len(), "a `}` is missing")),
                }
                self.at += 1;
                if self.text[..self.at].ends_with('}') {
                    break;
                }
            }
            if self.peek().is_some_and(|c| c != ',') {
                return Err(self.error(self.at..self.at + 1, "a `,` is missing before this"));
            }
            Node { data: Data::List(items), origin: Some(self.origin(start..self.at)) }
        } else {
            let (text, span) = self.until(&[',']);
            convert(&text, self.origin(span))?
        };
        if self.peek() == Some(',') {
            self.at += 1;
        }
        Ok(Setting { path, value })
    }
}

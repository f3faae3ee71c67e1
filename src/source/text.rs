//! The text of a file, as it is read.

use std::io;
use std::path::Path;

use crate::bounded;
use crate::error::{Diagnostic, code, reason};
use crate::source::{Files, line_and_column};

/// What a file holds, and how messages name it.
pub struct Text {
    /// The path of the file, or `standard input`.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

impl Text {
    /// What a file holds, or standard input.
    pub fn read(path: Option<&Path>) -> Result<Self, Box<Diagnostic>> {
        if let Some(path) = path {
            return Self::read_of(&Files::Disk, path);
        }
        let bytes = bounded::read_from(io::stdin(), bounded::MOST)
            .map_err(|error| Box::new(Diagnostic::new("cannot read standard input").coded(code::UNREADABLE).note(reason(&error))))?;
        Ok(Self { name: "standard input".to_owned(), bytes })
    }

    /// What a file holds, wherever files are read.
    pub fn read_of(files: &Files, path: &Path) -> Result<Self, Box<Diagnostic>> {
        let bytes = files.read(path, bounded::MOST).map_err(|error| Box::new(cannot_read(path, &error)))?;
        Ok(Self { name: path.display().to_string(), bytes })
    }

    /// A text that was read already.
    pub fn of(name: &str, text: &str) -> Self {
        Self { name: name.to_owned(), bytes: text.as_bytes().to_vec() }
    }

    /// It as text, of which a byte order mark is no part.
    pub fn decoded(&self) -> Result<&str, Box<Diagnostic>> {
        self.marked().map(without_mark)
    }

    /// It as text, with its byte order mark, if it has one.
    pub fn marked(&self) -> Result<&str, Box<Diagnostic>> {
        decode(&self.name, &self.bytes)
    }
}

/// A text without the byte order mark that some editors begin a file with.
pub fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// Why a file cannot be read.
fn cannot_read(path: &Path, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("cannot read `{}`", path.display())).coded(code::UNREADABLE);
    if path.is_dir() {
        diagnostic.note("it is a directory").help("name a file; give `-f` once for each file")
    } else if path.to_str().is_some_and(|text| text.contains("://")) {
        diagnostic.note("it is a URL, and gen reads nothing from the network").help("fetch it: `curl -fsS URL | gen -f -`")
    } else {
        diagnostic.note(reason(error))
    }
}

fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Diagnostic>> {
    let wide =
        bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.iter().take(4).filter(|byte| **byte == 0).count() == 2;
    if wide {
        let error = Diagnostic::new(format!("`{name}` is UTF-16")).coded(code::UNREADABLE);
        return Err(Box::new(error.help("save it as UTF-8")));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        let (line, column) = line_and_column(before, before.len());
        let byte = bytes[error.valid_up_to()];
        let error = Diagnostic::new(format!("`{name}` is not UTF-8")).coded(code::UNREADABLE);
        Box::new(error.note(format!("line {line}, column {column}: byte 0x{byte:02x}")).help("save it as UTF-8"))
    })
}

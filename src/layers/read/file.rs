//! The text of a values file.

use std::io;
use std::path::Path;

use crate::error::{Diagnostic, reason};
use crate::source::line_and_column;

/// Why a values file cannot be read.
pub fn cannot_read(path: &Path, error: &io::Error) -> Diagnostic {
    let diagnostic = Diagnostic::new(format!("cannot read `{}`", path.display()));
    if path.is_dir() {
        diagnostic.note("it is a directory").help("name a file; give `-f` once for each file")
    } else {
        diagnostic.note(reason(error))
    }
}

/// The text of a values file: UTF-8, with or without a byte order mark.
pub fn decode<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Diagnostic>> {
    let wide =
        bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.iter().take(4).filter(|byte| **byte == 0).count() == 2;
    if wide {
        let error = Diagnostic::new(format!("`{name}` is UTF-16"));
        return Err(Box::new(error.help("save it as UTF-8")));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let before = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
        let (line, column) = line_and_column(before, before.len());
        let byte = bytes[error.valid_up_to()];
        let error = Diagnostic::new(format!("`{name}` is not UTF-8"));
        Box::new(error.note(format!("line {line}, column {column}: byte 0x{byte:02x}")).help("save it as UTF-8"))
    })
}

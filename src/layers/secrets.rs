//! Secrets in the values: read from where they are, and hidden where values are shown.

pub(super) mod masked;
mod objects;
mod source;
mod words;

pub(super) use masked::texts_below;
pub(super) use source::{read, settle, without_line_break};

//! Secrets in the values: read from where they are, and hidden where values are shown.

mod arguments;
pub(super) mod masked;
mod objects;
mod source;

pub(super) use source::{bare, read, settle};

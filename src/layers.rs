//! What was said: from values files and arguments to typed values.
//!
//! ```text
//! arguments -> Read -> Merged -> (Values, Given)
//! ```
//!
//! `Read` is what the files and arguments say, merged as written: maps merge, lists replace, and what stands further to
//! the right has precedence. `Merged` is the same on top of the defaults of the edition: what Helm alone understands is
//! settled, `null` returns a key to its default, secrets are read from where they are, and all that the schema objects to is
//! told and has its default again, so that the rest can be judged too. Typed, that is the [`Values`]; [`Given`] then answers
//! where a key was written, what the user says, and what is to be told of it.

mod anchors;
mod changed;
mod editions;
mod explain;
mod given;
mod helm;
mod mended;
mod merged;
mod read;
mod secrets;

use std::ops::Range;

use crate::error::{Diagnostic, Error};
use crate::schema::Schema;
use crate::values::Values;
use crate::yaml::Node;

pub use editions::{defaults, has_key};
pub(crate) use explain::{deprecated::instead, deprecated::renamed, elsewhere::help, elsewhere::keys_ending, fault::code_of_form};
pub use given::Given;
pub(crate) use given::decides;
pub use read::Layer;
pub(crate) use read::Read;
pub(crate) use read::headings;

/// The values that arguments give, and the answers to what is asked about them later.
///
/// # Errors
///
/// What cannot be read, and everything that is wrong with what is read.
pub fn values(arguments: &[Layer]) -> Result<(Values, Given), Error> {
    let (values, given) = Read::of(arguments)?.merged().typed();
    match values {
        Some(values) if !given.told().iter().any(Diagnostic::is_error) => Ok((values, given)),
        _ => Err(given.told().to_vec().into()),
    }
}

/// Where secrets stand in a tree of values.
pub(crate) fn secrets_of(values: &Node) -> Vec<Range<usize>> {
    schema().secrets(values)
}

/// The schema of the values.
fn schema() -> Schema<'static> {
    Schema::of(crate::values::schema())
}

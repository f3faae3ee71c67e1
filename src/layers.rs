//! What was said: from values files and arguments to typed values.
//!
//! ```text
//! arguments -> Read -> Merged -> (Values, Given)
//! ```
//!
//! `Read` is what the files and arguments say, merged as written: maps merge, lists replace, and what stands further to
//! the right has precedence. `Merged` is the same on top of the defaults of the edition: what Helm alone understands is
//! settled, `null` returns a key to its default, secrets are read from where they are, and the schema has found nothing to
//! object to. Typed, that is the [`Values`]; [`Given`] then answers where a key was written, and what the user says.

mod editions;
mod explain;
mod given;
mod helm;
mod merged;
mod read;
mod secrets;
mod sources;

use crate::error::Error;
use crate::schema::Schema;
use crate::values::Values;

pub use editions::has_key;
pub use given::Given;
pub use read::Layer;
pub(crate) use read::Read;

/// The values that arguments give, and the answers to what is asked about them later.
///
/// # Errors
///
/// What cannot be read, and everything that is wrong with what is read.
pub fn values(arguments: &[Layer]) -> Result<(Values, Given), Error> {
    Read::of(arguments)?.merged()?.typed()
}

/// The schema of the values.
fn schema() -> Schema<'static> {
    Schema::of(crate::values::schema())
}

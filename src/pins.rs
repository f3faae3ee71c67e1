//! Images by their digests: what a file says of them, and the values that pin them.
//!
//! ```text
//! a file of digests -> Digests -> Pinned, each image with its digest -> values for a layer above all others
//! ```

mod digests;
mod overlay;

pub use digests::{Digests, Pinned};
pub use overlay::overlay;

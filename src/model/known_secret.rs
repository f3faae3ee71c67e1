//! The Secrets that a release may have, as checks know them.

/// A Secret that a release may have.
#[derive(Clone, Debug)]
pub struct KnownSecret {
    /// The key of the values that gives it, or would.
    pub key: String,
    /// Whether the values give it, or name a Secret that exists.
    pub is_given: bool,
    /// Whether a pod refers to it.
    pub is_wanted: bool,
}

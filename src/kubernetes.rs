//! What a Kubernetes object is, whoever made it.

mod manifest;

pub use manifest::{Manifest, Secrecy};

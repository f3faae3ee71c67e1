//! References to images, in every edition.

use serde::Serialize;

use crate::values::PullPolicy;

/// A reference to an image.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reference {
    pub repository: String,
    pub tag: String,
    /// Both together, as a container has it.
    pub name: String,
    pub pull_policy: PullPolicy,
}

/// A Secret with registry credentials, by its name (Kubernetes: `LocalObjectReference`).
#[derive(Clone, Debug, Serialize)]
pub struct NameReference {
    pub name: String,
}

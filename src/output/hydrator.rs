//! `hydrator.metadata`: of which commit manifests were rendered, for who promotes them (Argo CD's source hydrator, GitOps Promoter).

use serde::Serialize;

use super::File;
use super::stream;

/// Its path.
pub(super) const PATH: &str = "hydrator.metadata";

/// The commit that manifests were rendered of: what both programs read in JSON.
#[derive(Clone, Debug, Default, Serialize)]
pub struct DryCommit {
    /// The address of its repository.
    #[serde(rename = "repoURL", skip_serializing_if = "Option::is_none")]
    pub repository: Option<String>,
    /// Its name, whole.
    #[serde(rename = "drySha")]
    pub sha: String,
    /// The commands that render what it holds.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<String>,
    /// Its author, as in `Ann <ann@example.com>`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub author: String,
    /// When it was written, in ISO 8601.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub date: String,
    /// The first line of its message.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// The rest of that.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub body: String,
}

impl DryCommit {
    /// The file, which is written when another one changes: of a commit that changes no manifest it does not speak.
    #[must_use]
    pub fn file(&self) -> File {
        File { path: PATH.to_owned(), text: stream::json(self), private: false, objects: Vec::new(), follows: true, apart: false }
    }
}

//! How manifests are written: as one stream, or as files in a directory.

mod difference;
mod directory;
mod order;
mod selection;
mod stream;

use std::collections::BTreeMap;

use crate::manifest::Manifest;
use crate::yaml;

pub use difference::difference;
pub use directory::{Written, write_directory};
pub use order::in_install_order;
pub use selection::select;
pub use stream::stream;

/// The notation of manifests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// YAML documents; in a stream each headed by `# Source: PATH`.
    #[default]
    Yaml,
    /// JSON; a stream is one object of kind `List`.
    Json,
}

impl Format {
    /// The path of a file in this notation.
    #[must_use]
    pub fn path(self, path: &str) -> String {
        match self {
            Self::Yaml => path.to_owned(),
            Self::Json => path.strip_suffix(".yaml").unwrap_or(path).to_owned() + ".json",
        }
    }
}

/// A file to write.
#[derive(Debug)]
pub struct File {
    /// Its path in the directory.
    pub path: String,
    /// What is in it.
    pub text: String,
    /// Whether it is for the user's eyes alone.
    pub private: bool,
}

/// Whether a manifest is a Secret with a real value; `open` are the names of those that hold placeholders.
#[must_use]
pub fn is_secret(manifest: &Manifest, open: &[String]) -> bool {
    manifest.kind() == "Secret" && !open.iter().any(|name| name == manifest.name())
}

/// The manifests as files, in the order of the paths.
#[must_use]
pub fn files(manifests: &[&Manifest], open: &[String], format: Format) -> Vec<File> {
    let mut by_path: BTreeMap<&str, Vec<&Manifest>> = BTreeMap::new();
    for manifest in manifests {
        by_path.entry(&manifest.path).or_default().push(manifest);
    }
    let text = |manifests: &[&Manifest]| match (format, manifests) {
        (Format::Yaml, _) => manifests.iter().map(|manifest| yaml::write(&manifest.object)).collect::<Vec<_>>().join("---\n"),
        (Format::Json, [only]) => stream::json(&only.object),
        (Format::Json, several) => stream::json(&stream::list(several)),
    };
    let file = |(path, manifests): (&str, Vec<&Manifest>)| File {
        path: format.path(path),
        text: text(&manifests),
        private: manifests.iter().any(|manifest| is_secret(manifest, open)),
    };
    by_path.into_iter().map(file).collect()
}

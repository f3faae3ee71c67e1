//! The texts of a run, by their numbers.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{Files, Place, Source};
use crate::yaml::Origin;

/// The texts that trees were read from; the origin of a node has the number of its text.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    texts: Vec<Arc<Source>>,
    /// Where the files are read that the texts name.
    pub files: Files,
}

impl Sources {
    /// None yet; the files that they name are read there.
    pub fn with(files: Files) -> Self {
        Self { texts: Vec::new(), files }
    }

    /// The number that the next text has.
    pub fn next(&self) -> usize {
        self.texts.len()
    }

    /// Adds the next text.
    pub fn add(&mut self, source: Source) -> Arc<Source> {
        let source = Arc::new(source);
        self.texts.push(Arc::clone(&source));
        source
    }

    /// Adds a text that others have too.
    pub fn share(&mut self, source: &Arc<Source>) {
        self.texts.push(Arc::clone(source));
    }

    /// The place that an origin stands for; `None` for what nobody wrote.
    pub fn place(&self, origin: Option<Origin>) -> Option<Place> {
        let origin = origin?;
        let source = self.texts.get(origin.layer())?;
        Some(Place { source: Arc::clone(source), span: origin.span() })
    }

    /// Whether messages hide what stands at an origin.
    pub fn hides(&self, origin: Option<Origin>) -> bool {
        self.place(origin).is_some_and(|place| place.source.hides(&place.span))
    }

    /// The folder of the values file that something was written in; the working directory, where it was no file.
    pub fn folder(&self, origin: Option<Origin>) -> PathBuf {
        let source = origin.and_then(|origin| self.texts.get(origin.layer()));
        source.and_then(|source| Path::new(&source.name).parent()).map(Path::to_path_buf).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_paths_start_at_the_folder_of_the_values_file() {
        let mut sources = Sources::default();
        sources.add(Source::new("env/prod.yaml", "", Vec::new()));
        sources.add(Source::new("--set", "a=b", Vec::new()));
        let folder = |layer| sources.folder(Some(Origin::new(layer, 0..1)));
        assert_eq!(folder(0), Path::new("env"));
        assert_eq!(folder(1), Path::new(""));
        assert_eq!(sources.folder(None), Path::new(""));
        assert!(sources.place(None).is_none());
    }
}

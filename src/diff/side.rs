//! A set of objects, wherever it comes from.

use std::collections::BTreeMap;

use crate::error::{Diagnostic, Error};
use crate::intake::{self, Intake};
use crate::kubernetes::Manifest;
use crate::output::with_plain_ends;
use crate::source::Text;

/// The group of the files that kustomize reads, which nobody applies.
const KUSTOMIZE: &str = "kustomize.config.k8s.io/";

/// A set of objects.
#[derive(Debug, Default)]
pub struct Side {
    /// The objects.
    pub manifests: Vec<Manifest>,
    /// The files that they stand in, by path, where they do not come as a stream; git may have ended their lines otherwise.
    pub files: Option<BTreeMap<String, String>>,
}

impl Side {
    /// The objects of a stream.
    ///
    /// # Errors
    ///
    /// What is not YAML, what is no object, and that there is nothing: what fails prints nothing, and it would pass for an empty cluster.
    pub fn of_stream(text: &Text) -> Result<Self, Error> {
        let mut intake = Intake::default();
        intake.add_text(text);
        if intake.is_empty() {
            let error = intake::nothing().note(format!("nothing stands in `{}`: look whether what made it failed", text.name));
            return Err(error.help("an empty folder, or `/dev/null`, stands for no objects").into());
        }
        Self::of_intake(intake, text)
    }

    /// The objects of a text, which may be none.
    ///
    /// # Errors
    ///
    /// What is not YAML, and what is no object.
    pub fn of_text(text: &Text) -> Result<Self, Error> {
        let mut intake = Intake::default();
        intake.add_text(text);
        Self::of_intake(intake, text)
    }

    fn of_intake(intake: Intake, text: &Text) -> Result<Self, Error> {
        let mut manifests = read(intake)?;
        for manifest in manifests.iter_mut().filter(|manifest| manifest.path == text.name) {
            manifest.path.clear();
        }
        Ok(Self { manifests, files: None })
    }

    /// The objects of files. A file that is gen's own counts even if it cannot be read, or holds no object: as one that differs.
    ///
    /// # Errors
    ///
    /// What is not YAML, and what was meant for an object and is none, in a file that is not gen's own.
    pub fn of_files(files: BTreeMap<String, String>, are_own: bool) -> Result<Self, Error> {
        let mut manifests = Vec::new();
        let mut errors = Vec::new();
        let files: BTreeMap<String, String> = files.into_iter().map(|(path, text)| (path, with_plain_ends(&text).into_owned())).collect();
        let mut strange = Vec::new();
        for (path, text) in &files {
            let mut intake = Intake::default();
            intake.add_text_of_folder(&Text::of(path, text));
            match read(intake) {
                Ok(found) if found.is_empty() && !are_own => strange.push(path.clone()),
                Ok(found) => manifests.extend(found.into_iter().map(|manifest| Manifest { path: path.clone(), ..manifest })),
                Err(_) if are_own => {}
                Err(error) => errors.extend(error.diagnostics),
            }
        }
        if !errors.is_empty() {
            return Err(errors.into());
        }
        let files = files.into_iter().filter(|(path, _)| !strange.contains(path)).collect();
        Ok(Self { manifests, files: Some(files) })
    }
}

/// The objects that were read, without what only kustomize reads.
fn read(intake: Intake) -> Result<Vec<Manifest>, Error> {
    let errors: Vec<Diagnostic> = intake.told.into_iter().filter(Diagnostic::is_error).collect();
    if !errors.is_empty() {
        return Err(errors.into());
    }
    Ok(intake.manifests.into_iter().filter(|manifest| !manifest.api_version().starts_with(KUSTOMIZE)).collect())
}

//! The commit that environments are of, for `hydrator.metadata`.

use std::path::Path;

use crate::cli::dry::DryArguments;
use crate::cli::given::make_errors;
use crate::error::{Diagnostic, Error};
use crate::fleet::Environment;
use crate::git;
use crate::layers::Layer;
use crate::output::{DryCommit, File};

/// The commit that environments are of.
pub struct Dry {
    commit: DryCommit,
    /// The path of the list in its repository.
    list: String,
    /// What is to be told of it.
    pub told: Option<Diagnostic>,
}

impl Dry {
    /// The commit that environments are of, if it is to be named; with `strict` there may be nothing to tell of it.
    pub fn of(arguments: &DryArguments, list: &Path, chosen: &[&Environment], strict: bool) -> Result<Option<Self>, Error> {
        let named = chosen.iter().filter(|environment| environment.hydrator_metadata);
        let mut files: Vec<&Path> = named.flat_map(|environment| environment.layers.iter().filter_map(Layer::file)).collect();
        if !chosen.iter().any(|environment| environment.hydrator_metadata) {
            return Ok(None);
        }
        files.push(list);
        let folder = list.parent().unwrap_or(Path::new(""));
        let (commit, told) = arguments.commit(folder, &files)?;
        if strict && told.is_some() {
            let mut told: Vec<Diagnostic> = told.into_iter().collect();
            make_errors(&mut told);
            return Err(told.into());
        }
        let name = list.file_name().unwrap_or_default().to_string_lossy();
        Ok(Some(Self { commit, list: git::prefix(folder).unwrap_or_default() + &name, told }))
    }

    /// What names it to who promotes an environment.
    pub fn file(&self, environment: &Environment) -> File {
        let is_plain = self.list.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/".contains(&byte));
        let list = if is_plain { self.list.clone() } else { format!("'{}'", self.list.replace('\'', r"'\''")) };
        let list = if list == "gen.yaml" { String::new() } else { format!(" -c {list}") };
        DryCommit { commands: vec![format!("gen all{list} {}", environment.name)], ..self.commit.clone() }.file()
    }
}

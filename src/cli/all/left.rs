//! What is told of directories that are left behind.

use std::path::{Path, PathBuf};

use crate::cli::nested;
use crate::error::{Diagnostic, Severity, code};
use crate::fleet::{Leftover, Whose};

/// What is told of them while they stay, for a list, and for the option that names it.
pub fn left_behind<'l>(left: impl Iterator<Item = &'l Leftover>, list: &Path, option: &str) -> Vec<Diagnostic> {
    let help = format!("`gen all{option} --prune` removes what gen wrote there");
    let (of_environments, above): (Vec<&Leftover>, Vec<&Leftover>) = left.partition(|one| matches!(one.whose, Whose::Environment { .. }));
    let title = match of_environments.as_slice() {
        [] => None,
        [one] => Some(whose(one)),
        several => Some(format!("{} directories are of environments that `{}` does not list any more", several.len(), list.display())),
    };
    let of_environments = title.map(|title| {
        let told = Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::LEFT_DIRECTORY) };
        let told =
            if of_environments.len() == 1 { told } else { of_environments.iter().map(|one| whose(one)).fold(told, Diagnostic::note) };
        told.help(&help)
    });
    let (own, others): (Vec<&Leftover>, Vec<&Leftover>) = above.into_iter().partition(|one| one.is_own());
    let outer = |above: &[&Leftover]| {
        let directories: Vec<PathBuf> = above.iter().map(|one| one.directory.clone()).collect();
        (!above.is_empty()).then(|| nested::outer(&directories, "directories of environments lie"))
    };
    let own = outer(&own).map(|told| told.note("`kubectl apply -R` and its likes apply what stands in both").help(help));
    of_environments.into_iter().chain(own).chain(outer(&others)).collect()
}

/// Whose a directory is that is left behind.
pub fn whose(Leftover { directory, whose }: &Leftover) -> String {
    let directory = directory.display();
    match whose {
        Whose::Environment { name, now: None } => format!("`{directory}` is of the environment `{name}`, which is gone"),
        Whose::Environment { name, now: Some(now) } => {
            format!("`{directory}` is of the environment `{name}`, which is in `{}` now", now.display())
        }
        Whose::Nobody | Whose::Others => format!("`{directory}` is of no environment, and directories of environments lie within it"),
    }
}

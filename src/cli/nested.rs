//! What is told of directories of gen's within one another.

use std::path::{Path, PathBuf};

use crate::error::{Diagnostic, Severity, code};
use crate::output;

/// The most directories that are named.
const MOST_NAMED: usize = 5;

/// A warning about directories of gen's that are above or below one.
pub fn around(directory: &Path) -> Option<Diagnostic> {
    let (above, below) = (output::above(directory), output::below(directory));
    if above.is_empty() { within(directory, &below) } else { Some(outer(&above, &format!("`{}` lies", directory.display()))) }
}

/// A warning about directories of gen's below one.
pub fn below(directory: &Path) -> Option<Diagnostic> {
    within(directory, &output::below(directory))
}

/// A warning about directories above others, of which it says what lies there.
pub fn outer(above: &[PathBuf], what_lies: &str) -> Diagnostic {
    let names = above.iter().map(|one| format!("`{}`", one.display())).collect::<Vec<_>>().join(", ");
    warning(format!("{what_lies} within {names}, which gen wrote too"))
}

fn within(directory: &Path, below: &[PathBuf]) -> Option<Diagnostic> {
    let title = match below {
        [] => return None,
        [one] => format!("`{}`, which gen wrote too, lies within `{}`", one.display(), directory.display()),
        several => format!("{} directories that gen wrote too lie within `{}`", several.len(), directory.display()),
    };
    let names = below.iter().filter(|_| below.len() > 1).map(|one| format!("`{}`", one.display()));
    let more = below.len().saturating_sub(MOST_NAMED);
    let told = names.take(MOST_NAMED).fold(warning(title), Diagnostic::note);
    Some(if more > 0 { told.note(format!("and {more} more")) } else { told })
}

fn warning(title: String) -> Diagnostic {
    let told = Diagnostic { severity: Severity::Warning, ..Diagnostic::new(title).coded(code::NESTED_DIRECTORY) };
    told.help("an apply of the outer one with all below it (`kubectl apply -R`) takes both: remove the one that is not meant")
}

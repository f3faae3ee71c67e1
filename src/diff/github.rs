//! A comparison as annotations of GitHub's workflows.

use super::{Comparison, Object, Sign, What};
use crate::error::{Diagnostic, Severity, code};
use crate::report::{self, Format, Manner, Workspace};
use crate::source::{Place, Source};

/// The most lines of one annotation.
const MOST_LINES: usize = 20;

/// The comparison as commands, one for each object that differs and one for each finding. `folder` is that of the files.
#[must_use]
pub fn github(comparison: &Comparison, folder: Option<&str>, workspace: Option<&'static Workspace>) -> String {
    let mut told: Vec<Diagnostic> = comparison.objects.iter().map(|object| annotation(object, folder)).collect();
    for file in &comparison.files {
        told.push(noted(format!("{file}: the same objects, written otherwise"), Some(file.as_str()), folder));
    }
    if !comparison.is_same() {
        told.push(noted(comparison.summary(), None, None));
    }
    told.extend(comparison.findings.iter().map(super::Finding::told));
    report::render(&told, Manner { format: Format::Github, workspace, ..Manner::default() })
}

fn annotation(object: &Object, folder: Option<&str>) -> Diagnostic {
    let Object { identity, what, changes, file, .. } = object;
    let title = match what {
        What::Is(sign) => format!("{identity} is {}", sign.word()),
        What::Renamed(from) => format!("{from} is {identity} now"),
        What::Moved(from) => format!("{identity} moves from {from}"),
    };
    // A file that is not there yet has no place.
    let file = file.as_deref().filter(|_| *what != What::Is(Sign::Added));
    let lines: Vec<String> = changes.iter().flat_map(super::Change::lines).collect();
    let mut told = noted(title, file, folder);
    told.label = lines.iter().take(MOST_LINES).cloned().collect::<Vec<_>>().join("\n");
    if lines.len() > MOST_LINES { told.note(format!("and {} more lines", lines.len() - MOST_LINES)) } else { told }
}

fn noted(title: String, file: Option<&str>, folder: Option<&str>) -> Diagnostic {
    let told = Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::NOT_CURRENT) };
    let place = file.zip(folder).map(|(file, folder)| {
        let name = if folder.is_empty() { file.to_owned() } else { format!("{}/{file}", folder.trim_end_matches('/')) };
        Place { source: Source::new(name, "", Vec::new()).into(), span: 0..0 }
    });
    told.at(place, "")
}

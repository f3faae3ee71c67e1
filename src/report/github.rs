//! Messages as commands of GitHub's workflows, which become annotations of a commit.

use super::{Workspace, details, sentence};
use crate::error::{Diagnostic, Severity};

/// The diagnostics, a command each.
pub fn render(diagnostics: &[Diagnostic], workspace: Option<&Workspace>) -> String {
    diagnostics.iter().map(|diagnostic| command(diagnostic, workspace)).collect()
}

fn command(diagnostic: &Diagnostic, workspace: Option<&Workspace>) -> String {
    let level = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let mut properties = Vec::new();
    let mut lines = vec![sentence(diagnostic)];
    if let Some(place) = &diagnostic.place {
        let ((line, column), (end_line, end_column)) = (place.line_and_column(), place.end());
        if place.source.is_file() {
            let name = &place.source.name;
            let path = workspace.map_or_else(|| name.clone(), |workspace| workspace.path(name));
            properties.push(format!("file={}", property(&path)));
            properties.push(format!("line={line},endLine={end_line}"));
            // GitHub takes columns on one line alone.
            if line == end_line {
                properties.push(format!("col={column},endColumn={end_column}"));
            }
        } else {
            lines.push(format!("at {}:{line}:{column}", place.source.name));
        }
    }
    properties.push(format!("title={}", property(&format!("{} {}", diagnostic.code.code, diagnostic.code.name))));
    lines.extend(details(diagnostic));
    format!("::{level} {}::{}\n", properties.join(","), data(&lines.join("\n")))
}

/// A text as the value of a property: what ends it is escaped (GitHub's toolkit: `escapeProperty`).
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// A text as the message: what ends a line is escaped (GitHub's toolkit: `escapeData`).
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_end_a_property_or_a_line_is_escaped() {
        assert_eq!(property("a:b,c%d\ne"), "a%3Ab%2Cc%25d%0Ae");
        let diagnostic = Diagnostic::new("100%\nsure, is it?").help("a: b");
        assert_eq!(command(&diagnostic, None), "::error title=F100 failure::100%25%0Asure, is it?%0Ahelp: a: b\n");
    }
}

//! Messages as a log of SARIF 2.1.0 (Static Analysis Results Interchange Format), as GitHub's code scanning takes it.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::{Workspace, details, level, sentence};
use crate::error::{Code, Diagnostic};

#[derive(Serialize)]
struct Log {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run {
    tool: Tool,
    column_kind: &'static str,
    results: Vec<Outcome>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
struct Driver {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule {
    id: &'static str,
    name: &'static str,
    short_description: Text,
    full_description: Text,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome {
    rule_id: &'static str,
    rule_index: usize,
    level: &'static str,
    message: Text,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
}

#[derive(Serialize)]
struct Text {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Artifact,
    region: Region,
}

#[derive(Serialize)]
struct Artifact {
    uri: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

/// The log of a run; of one with nothing to say, too. What has no place of its own is said of the file that the run is about: GitHub takes
/// no result without a location (github/codeql-action, issue 2459).
pub fn render(diagnostics: &[Diagnostic], workspace: Option<&Workspace>, about: Option<&str>) -> String {
    let mut codes: Vec<Code> = Vec::new();
    for diagnostic in diagnostics {
        if !codes.contains(&diagnostic.code) {
            codes.push(diagnostic.code);
        }
    }
    let results = diagnostics.iter().map(|diagnostic| outcome(diagnostic, &codes, workspace, about)).collect();
    let rules = codes.iter().map(rule).collect();
    let driver = Driver { name: "gen", version: env!("CARGO_PKG_VERSION"), rules };
    let log = Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run { tool: Tool { driver }, column_kind: "unicodeCodePoints", results }],
    };
    serde_json::to_string_pretty(&log).expect("a log is plain data") + "\n"
}

fn rule(code: &Code) -> Rule {
    let text = |text: &str| Text { text: text.to_owned() };
    Rule {
        id: code.code,
        name: code.name,
        short_description: text(code.what),
        full_description: text(&format!("{} {}", code.what, code.why)),
    }
}

fn outcome(diagnostic: &Diagnostic, codes: &[Code], workspace: Option<&Workspace>, about: Option<&str>) -> Outcome {
    let mut lines = vec![sentence(diagnostic)];
    let in_file = diagnostic.place.as_ref().filter(|place| place.source.is_file());
    if let (Some(place), None) = (&diagnostic.place, in_file) {
        let (line, column) = place.line_and_column();
        lines.push(format!("at {}:{line}:{column}", place.source.name));
    }
    lines.extend(details(diagnostic));
    Outcome {
        rule_id: diagnostic.code.code,
        rule_index: codes.iter().position(|code| *code == diagnostic.code).unwrap_or_default(),
        level: level(diagnostic.severity),
        message: Text { text: lines.join("\n") },
        locations: match (in_file, about) {
            (Some(place), _) => {
                let ((start_line, start_column), (end_line, end_column)) = (place.line_and_column(), place.end());
                vec![location(&place.source.name, workspace, Region { start_line, start_column, end_line, end_column })]
            }
            (None, Some(file)) => vec![location(file, workspace, Region { start_line: 1, start_column: 1, end_line: 1, end_column: 1 })],
            (None, None) => Vec::new(),
        },
    }
}

/// What a path of a URI may have besides letters and digits (RFC 3986).
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_').remove(b'~');

fn location(file: &str, workspace: Option<&Workspace>, region: Region) -> Location {
    let name = workspace.map_or_else(|| file.to_owned(), |workspace| workspace.path(file));
    let path = utf8_percent_encode(name.trim_start_matches("./"), KEPT);
    let uri = if name.starts_with('/') { format!("file://{path}") } else { path.to_string() };
    Location { physical_location: Physical { artifact_location: Artifact { uri }, region } }
}

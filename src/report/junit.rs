//! Messages as a report of JUnit in XML, as CI servers show it: a suite for each file, with a test that fails for each error.
//!
//! There is no standard; this is what Jenkins, GitLab and others read.

use indexmap::IndexMap;
use serde::Serialize;

use super::{details, sentence, where_is};
use crate::error::{Diagnostic, Severity};

#[derive(Serialize)]
#[serde(rename = "testsuites")]
struct Report {
    #[serde(rename = "@name")]
    name: &'static str,
    #[serde(rename = "@tests")]
    tests: usize,
    #[serde(rename = "@failures")]
    failures: usize,
    testsuite: Vec<Suite>,
}

#[derive(Serialize)]
struct Suite {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@tests")]
    tests: usize,
    #[serde(rename = "@failures")]
    failures: usize,
    testcase: Vec<Case>,
}

#[derive(Serialize)]
struct Case {
    #[serde(rename = "@name")]
    name: String,
    #[serde(rename = "@classname")]
    class: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<Failure>,
    #[serde(rename = "system-out", skip_serializing_if = "Option::is_none")]
    said: Option<String>,
}

#[derive(Serialize)]
struct Failure {
    #[serde(rename = "@type")]
    code: String,
    #[serde(rename = "@message")]
    message: String,
    #[serde(rename = "$text")]
    text: String,
}

/// The report of a run about these files; what has no place is the program's.
pub fn render(diagnostics: &[Diagnostic], files: &[String]) -> String {
    let mut by_file: IndexMap<&str, Vec<&Diagnostic>> = files.iter().map(|file| (file.as_str(), Vec::new())).collect();
    for diagnostic in diagnostics {
        let file = diagnostic.place.as_ref().map_or(GEN, |place| place.source.name.as_str());
        by_file.entry(file).or_default().push(diagnostic);
    }
    if by_file.is_empty() {
        by_file.insert(GEN, Vec::new());
    }
    let suites: Vec<Suite> = by_file.into_iter().map(|(file, told)| suite(&plain(file), &told)).collect();
    let count = |of: fn(&Suite) -> usize| suites.iter().map(of).sum();
    let report = Report { name: GEN, tests: count(|one| one.tests), failures: count(|one| one.failures), testsuite: suites };
    let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let mut writer = quick_xml::se::Serializer::new(&mut text);
    writer.indent(' ', 2);
    report.serialize(writer).expect("a report is plain data");
    text + "\n"
}

/// Who speaks of what is in no file.
const GEN: &str = "gen";

/// The tests of a file: one for each error, and one for all else, which passes.
fn suite(file: &str, told: &[&Diagnostic]) -> Suite {
    let failed = told.iter().filter(|one| one.is_error()).map(|one| case(file, one));
    let mut testcase: Vec<Case> = failed.collect();
    let failures = testcase.len();
    let said: Vec<String> = told.iter().filter(|one| !one.is_error()).map(|one| plain(&text(one))).collect();
    if failures == 0 || !said.is_empty() {
        let said = Some(said.join("\n\n")).filter(|said| !said.is_empty());
        testcase.push(Case { name: file.to_owned(), class: file.to_owned(), failure: None, said });
    }
    Suite { name: file.to_owned(), tests: testcase.len(), failures, testcase }
}

fn case(file: &str, diagnostic: &Diagnostic) -> Case {
    let code = format!("{} {}", diagnostic.code.code, diagnostic.code.name);
    let name = diagnostic.place.as_ref().map_or_else(|| code.clone(), |place| format!("{code} at {}", where_is(place)));
    let failure = Failure { code, message: plain(&sentence(diagnostic)), text: plain(&text(diagnostic)) };
    Case { name: plain(&name), class: file.to_owned(), failure: Some(failure), said: None }
}

/// All that a diagnostic says.
fn text(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let place = diagnostic.place.iter().map(|place| format!("at {}", where_is(place)));
    let first = format!("{severity}: {}", sentence(diagnostic));
    std::iter::once(first).chain(place).chain(details(diagnostic)).collect::<Vec<_>>().join("\n")
}

/// A text with the characters that XML can hold.
fn plain(text: &str) -> String {
    let holds = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().map(|c| if holds(c) { c } else { '\u{fffd}' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_replaced_and_all_else_escaped() {
        let report = render(&[Diagnostic::new("a < b\u{1} & \"c\"")], &[]);
        assert!(report.contains("message=\"a &lt; b\u{fffd} &amp; &quot;c&quot;\""), "{report}");
        assert!(render(&[], &["a".to_owned()]).contains("<testcase name=\"a\" classname=\"a\"/>"));
    }
}

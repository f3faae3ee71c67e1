//! The name of the release is not one that the names of objects can begin with.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::DnsLabel;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "K103",
    name: "release-name-form",
    level: Level::Error,
    what: "The name of the release is not one that the names of objects can begin with.",
    why: "The names of Services and of all else begin with it, and the API server would refuse them.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "releaseName: My_Rel\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "releaseName: my-rel\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(name) = subject.values.release_name.as_deref().filter(|name| !DnsLabel::takes(name)) else { return };
    let finding = found.in_value("releaseName", format!("`releaseName` must be {}", DnsLabel::EXPECTED), "this name");
    let mended = name.to_lowercase().replace(['_', '.'], "-");
    finding.note("the names of all objects begin with it");
    if DnsLabel::takes(&mended) {
        finding.help(format!("take `{mended}`"));
    }
}

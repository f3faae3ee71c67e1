//! A comparison as JSON: `docs/diff.md` describes it.

use serde::Serialize;
use serde_json::Value;

use super::{Change, Comparison, Detail, Finding, Identity, Object, Sign, What};
use crate::error::Severity;
use crate::source::MASK;

/// A comparison.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Document<'c> {
    is_same: bool,
    same: usize,
    /// The Secrets that the objects read, and that are not among them any more.
    kept: Vec<Reference<'c>>,
    /// The objects of a live cluster that do not say what was applied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    live: Vec<Reference<'c>>,
    objects: Vec<Entry<'c>>,
    written_otherwise: &'c [String],
    findings: Vec<Told<'c>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry<'c> {
    change: &'static str,
    #[serde(flatten)]
    object: Reference<'c>,
    api_version: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'c str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Reference<'c>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from_file: Option<&'c str>,
    fields: Vec<Field<'c>>,
}

#[derive(Serialize)]
struct Reference<'c> {
    kind: &'c str,
    name: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    namespace: Option<&'c str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Field<'c> {
    change: &'static str,
    path: &'c str,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<&'c [String]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    order: Option<&'c [String]>,
}

#[derive(Serialize)]
struct Told<'c> {
    code: &'static str,
    name: &'static str,
    severity: &'static str,
    message: &'c str,
    objects: Vec<Reference<'c>>,
    notes: &'c [String],
    commands: &'c [String],
}

/// The comparison as one object of JSON.
///
/// # Panics
///
/// Never: a comparison is plain data.
#[must_use]
pub fn json(comparison: &Comparison) -> String {
    let Comparison { release, objects, same, kept, files, findings, is_foreign: _, live } = comparison;
    let document = Document {
        is_same: comparison.is_same(),
        same: *same,
        kept: kept.iter().map(|identity| reference(identity, release)).collect(),
        live: live.iter().map(|identity| reference(identity, release)).collect(),
        objects: objects.iter().map(|object| entry(object, release)).collect(),
        written_otherwise: files,
        findings: findings.iter().map(|finding| told(finding, release)).collect(),
    };
    serde_json::to_string_pretty(&document).expect("a comparison is plain data") + "\n"
}

fn reference<'c>(identity: &'c Identity, release: &'c str) -> Reference<'c> {
    Reference { kind: &identity.kind, name: &identity.name, namespace: identity.within(release) }
}

fn entry<'c>(object: &'c Object, release: &'c str) -> Entry<'c> {
    let (change, from, from_file) = match &object.what {
        What::Is(sign) => (sign.word(), None, None),
        What::Renamed(from) => ("renamed", Some(reference(from, release)), None),
        What::Moved(from) => ("moved", None, Some(from.as_str())),
    };
    let Object { identity, api_version, file, changes, .. } = object;
    let fields = changes.iter().map(field).collect();
    Entry { change, object: reference(identity, release), api_version, file: file.as_deref(), from, from_file, fields }
}

fn field(Change { sign, path, detail }: &Change) -> Field<'_> {
    let field = Field { change: sign.word(), path, before: None, after: None, lines: None, order: None };
    match detail {
        Detail::Value(value) if *sign == Sign::Removed => Field { before: Some(value.clone()), ..field },
        Detail::Value(value) => Field { after: Some(value.clone()), ..field },
        Detail::Values(before, after) => Field { before: Some(before.clone()), after: Some(after.clone()), ..field },
        Detail::Hidden => Field { before: Some(MASK.into()), after: Some(MASK.into()), ..field },
        Detail::Lines(lines) => Field { lines: Some(lines), ..field },
        Detail::Notation => Field { change: "written otherwise", ..field },
        Detail::Order(order) => Field { change: "in another order", order: Some(order), ..field },
    }
}

fn told<'c>(finding: &'c Finding, release: &'c str) -> Told<'c> {
    let Finding { code, objects, message, notes, commands } = finding;
    let severity = if finding.severity() == Severity::Note { "note" } else { "warning" };
    let objects = objects.iter().map(|object| reference(object, release)).collect();
    Told { code: code.code, name: code.name, severity, message, objects, notes, commands }
}

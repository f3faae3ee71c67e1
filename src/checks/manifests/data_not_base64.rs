//! The `data` of a Secret, or the `binaryData` of a config map, is not base64.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::encoded::decoded;
use crate::kubernetes::{Manifest, Secrecy};
use crate::schema::{Path, Step};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M103",
    name: "data-not-base64",
    level: Level::Error,
    what: "The `data` of a Secret, or the `binaryData` of a config map, is not base64.",
    why: "The API server refuses it: `illegal base64 data`.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Secret, metadata: {name: s}, data: {token: plain text}}",
        instead: "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {token: plain text}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let field = match manifest.kind() {
        // A placeholder is told by itself.
        "Secret" if manifest.secrecy != Secrecy::Placeholder => "data",
        "ConfigMap" => "binaryData",
        _ => return,
    };
    for (key, value) in manifest.object.entries(&[field]) {
        let Some(text) = value.as_str() else { continue };
        if decoded(text).is_none() {
            let finding = found.in_manifest(manifest, format_args!("`{field}.{key}` is not base64"));
            finding.within(manifest, &Path(vec![Step::Key(field.into()), Step::Key(key.into())]));
            if field == "data" {
                finding.help("plain text belongs into `stringData`");
            }
        }
    }
}

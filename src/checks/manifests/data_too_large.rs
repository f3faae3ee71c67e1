//! The data of a config map or a Secret is larger than the API server takes.

use super::too_large;
use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M901",
    name: "data-too-large",
    level: Level::Error,
    what: "The data of a config map or a Secret is larger than the API server takes.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {k: (more than a mebibyte)}}",
        instead: "{apiVersion: v1, kind: ConfigMap, metadata: {name: m}, data: {k: v}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    if !matches!(manifest.kind(), "ConfigMap" | "Secret") {
        return;
    }
    let help = |key: &str| format!("keep what `{key}` holds in a volume or in the image, or divide it between several objects");
    too_large::tell(found, manifest, "its data takes", &sizes(manifest).collect::<Vec<_>>(), MOST_BYTES, help);
}

/// How many bytes the API server counts of each key.
fn sizes(manifest: &Manifest) -> impl Iterator<Item = (usize, &str)> {
    let sizes = |field: &'static str, of_text: fn(&str) -> usize| {
        manifest.object.entries(&[field]).filter_map(move |(key, value)| Some((of_text(value.as_str()?), key)))
    };
    let is_encoded = manifest.kind() == "Secret";
    sizes("data", if is_encoded { decoded } else { str::len }).chain(sizes("stringData", str::len)).chain(sizes("binaryData", decoded))
}

/// How many bytes a text of base64 stands for.
fn decoded(text: &str) -> usize {
    text.trim_end_matches('=').len() * 3 / 4
}

/// The most that the data of one may take (Kubernetes: `MaxSecretSize`).
const MOST_BYTES: usize = 1024 * 1024;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kubernetes::Secrecy;
    use crate::yaml;

    #[test]
    fn what_is_encoded_counts_as_what_it_stands_for() {
        let size = |text: &str| {
            let object = yaml::read(text, 0).unwrap().remove(0);
            let manifest = Manifest { path: String::new(), object, secrecy: Secrecy::None, given: None, patches: Vec::new() };
            sizes(&manifest).map(|(size, _)| size).sum::<usize>()
        };
        assert_eq!(size("{kind: Secret, data: {a: eA==, b: eHh4}, stringData: {c: eA==}}"), 1 + 3 + 4);
        assert_eq!(size("{kind: ConfigMap, data: {a: eA==}, binaryData: {b: eA==}}"), 4 + 1);
    }
}

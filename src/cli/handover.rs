//! What is left out where somebody else delivers: the object by which Argo CD or Flux hears of a directory is no part of what they apply.

use crate::error::{Diagnostic, Severity, code};
use crate::kubernetes::Manifest;

/// The manifests without that object, and a note about it.
pub(super) fn without(manifests: &[Manifest]) -> (Vec<&Manifest>, Option<Diagnostic>) {
    let (apart, applied): (Vec<&Manifest>, Vec<&Manifest>) = manifests.iter().partition(|manifest| manifest.is_handover());
    let told = apart.first().map(|manifest| {
        let title = format!("the {} `{}` is left out", manifest.kind(), manifest.name());
        let told = Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::HANDOVER_LEFT_OUT) };
        let told = told.note("it tells of a directory, and is no part of what is applied");
        told.help(format!("`gen -s {}` prints it", manifest.path))
    });
    (applied, told)
}

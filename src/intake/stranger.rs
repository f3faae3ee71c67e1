//! Kinds that are not known.

use indexmap::IndexMap;

use crate::error::{Diagnostic, Severity, code};
use crate::kubernetes::Manifest;

/// The most kinds that are named.
const MOST_NAMED: usize = 8;

/// A note about the kinds of which nothing is known, so that nothing but metadata is checked.
pub fn not_judged(manifests: &[Manifest]) -> Option<Diagnostic> {
    let mut kinds: IndexMap<(&str, &str), usize> = IndexMap::new();
    for manifest in manifests.iter().filter(|manifest| manifest.is_strange()) {
        *kinds.entry((manifest.api_version(), manifest.kind())).or_default() += 1;
    }
    kinds.sort_unstable_keys();
    let named = kinds.iter().take(MOST_NAMED).map(|((api, kind), number)| match number {
        1 => format!("{kind} of `{api}`"),
        several => format!("{several} {kind} of `{api}`"),
    });
    let named = named.collect::<Vec<_>>().join(", ");
    let title = match kinds.len() {
        0 => return None,
        known if known <= MOST_NAMED => format!("of kinds without a known schema only metadata is checked: {named}"),
        all => format!("of kinds without a known schema only metadata is checked: {named} and {} more kinds", all - MOST_NAMED),
    };
    Some(Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::NOT_JUDGED) })
}

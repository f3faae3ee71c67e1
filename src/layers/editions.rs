//! What each edition says of the values: the default of every key, and which keys it has.

mod keys;

use crate::values::Edition;
use crate::yaml::{self, Node};

pub(super) use keys::foreign;
pub use keys::has_key;

/// The edition's own values file as a tree that no user wrote: the default of every key.
pub(super) fn defaults(edition: Edition) -> Node {
    let text = match edition {
        Edition::V1_10 => include_str!("editions/1.10.yaml"),
        Edition::Current => include_str!("editions/current.yaml"),
    };
    let documents = yaml::read(text, 0).expect("an edition's defaults are YAML");
    documents.into_iter().next().expect("an edition's defaults are one document").unwritten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::schema;

    #[test]
    fn the_defaults_of_each_edition_fit_the_values() {
        for edition in Edition::ALL {
            let findings = schema().check(&defaults(edition));
            assert!(findings.is_empty(), "{}: {findings:?}", edition.name());
        }
    }
}

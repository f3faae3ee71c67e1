//! What each edition says of the values: the default of every key, and which keys it has.

mod keys;

use std::sync::LazyLock;

use crate::values::Edition;
use crate::yaml::{self, Node};

pub(super) use keys::foreign;
pub use keys::has_key;

static V1_10: LazyLock<Node> = LazyLock::new(|| unwritten(include_str!("editions/1.10.yaml")));
static CURRENT: LazyLock<Node> = LazyLock::new(|| unwritten(include_str!("editions/current.yaml")));

/// The edition's own values file as a tree that no user wrote: the default of every key. It is read once.
pub(super) fn defaults(edition: Edition) -> &'static Node {
    match edition {
        Edition::V1_10 => &V1_10,
        Edition::Current => &CURRENT,
    }
}

fn unwritten(text: &str) -> Node {
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
            let findings = schema().check(defaults(edition));
            assert!(findings.is_empty(), "{}: {findings:?}", edition.name());
        }
    }
}

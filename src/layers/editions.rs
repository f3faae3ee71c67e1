//! What each edition says of the values: the default of every key, and which keys it has.

mod keys;
mod tree;

use crate::values::Edition;
use crate::yaml::Node;
use tree::Tree;

pub(super) use keys::foreign;
pub use keys::has_key;

include!(concat!(env!("OUT_DIR"), "/defaults.rs"));

/// The default of every key, as the edition's own values file (`editions/1.10.yaml`, `editions/current.yaml`) has it: a
/// tree that no user wrote.
#[must_use]
pub fn defaults(edition: Edition) -> Node {
    match edition {
        Edition::V1_10 => V1_10.node(),
        Edition::Current => CURRENT.node(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::schema;
    use crate::yaml;

    #[test]
    fn the_defaults_are_what_the_file_of_the_edition_says() {
        let files = [(Edition::V1_10, include_str!("editions/1.10.yaml")), (Edition::Current, include_str!("editions/current.yaml"))];
        for (edition, text) in files {
            let read = yaml::read(text, 0).unwrap().remove(0).unwritten();
            assert_eq!(format!("{:?}", defaults(edition)), format!("{read:?}"), "{}", edition.name());
        }
    }

    #[test]
    fn the_defaults_of_each_edition_fit_the_values() {
        for edition in Edition::ALL {
            let findings = schema().check(&defaults(edition));
            assert!(findings.is_empty(), "{}: {findings:?}", edition.name());
        }
    }
}

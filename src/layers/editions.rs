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

/// What Go templates see of the official chart's defaults besides those of the current edition (`editions/seen.yaml`): a tree that no user
/// wrote.
pub(super) fn seen() -> Node {
    SEEN.node()
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
    fn what_templates_see_has_no_other_default() {
        let (seen, defaults) = (seen(), defaults(Edition::Current));
        let text = yaml::read(include_str!("editions/seen.yaml"), 0).unwrap().remove(0).unwritten();
        assert_eq!(format!("{seen:?}"), format!("{text:?}"));
        assert_none_of(&seen, &defaults);
    }

    fn assert_none_of(seen: &Node, defaults: &Node) {
        for (key, entry) in seen.as_map().into_iter().flatten() {
            let Some(default) = defaults.get(key) else { continue };
            assert!(entry.value.as_map().is_some() && default.as_map().is_some(), "{key}");
            assert_none_of(&entry.value, default);
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

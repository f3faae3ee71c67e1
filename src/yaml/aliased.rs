//! Anchors that are used.

use std::collections::HashMap;

use serde_yaml::granit_parser::{Event, Parser};

/// Where in a YAML text the nodes begin whose anchors an alias names.
#[must_use]
pub fn aliased(text: &str) -> Vec<usize> {
    if !text.contains('*') {
        return Vec::new();
    }
    let mut anchors: HashMap<usize, usize> = HashMap::default();
    let mut found = Vec::new();
    for (event, span) in Parser::new_from_str(text).map_while(Result::ok) {
        match event {
            Event::Alias(id) => found.extend(anchors.get(&id)),
            Event::Scalar(_, _, anchor, _) | Event::SequenceStart(_, anchor, _) | Event::MappingStart(_, anchor, _) if anchor != 0 => {
                anchors.insert(anchor, span.byte_range().unwrap_or_default().start);
            }
            _ => {}
        }
    }
    found
}

//! From a tree to YAML text, in the one style in which everything is written.
//!
//! Block style, two spaces, lists not indented, as `kubectl -o yaml` has it; text of several lines as a literal
//! block; strings plain where no reader, of YAML 1.1 or 1.2, takes them for something else, and quoted elsewhere.

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_yaml::LitStr;

use super::{Data, Node};

/// Writes a tree as one YAML document, without a document marker.
///
/// # Panics
///
/// Never: a tree holds nothing that YAML has no notation for.
#[must_use]
pub fn write(node: &Node) -> String {
    let options = serde_yaml::ser_options! {
        compact_list_indent: true,
        prefer_block_scalars: false,
        folded_wrap_chars: usize::MAX,
    };
    serde_yaml::to_string_with_options(&Styled(node), options).expect("a tree is always writable")
}

/// A node with the notation of its strings chosen.
struct Styled<'n>(&'n Node);

impl Serialize for Styled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0.data {
            Data::String(text) if block_is_exact(text) => LitStr(text).serialize(serializer),
            Data::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(&Styled(item))?;
                }
                list.end()
            }
            Data::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, entry) in entries {
                    map.serialize_entry(key, &Styled(&entry.value))?;
                }
                map.end()
            }
            _ => self.0.serialize(serializer),
        }
    }
}

/// Whether a literal block gives every reader this very text: several lines, none of the characters that some
/// reader takes for a line break or refuses, and a first line that does not begin with a blank.
fn block_is_exact(text: &str) -> bool {
    let readable = |c: char| {
        c == '\n' || c == '\t' || !(c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
    };
    let first_line = text.trim_start_matches('\n');
    text.trim_end_matches('\n').contains('\n')
        && !first_line.starts_with([' ', '\t'])
        && first_line.len() == text.len()
        && text.chars().all(readable)
}

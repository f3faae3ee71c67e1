//! Notations and checksums.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use gotmpl::Value;
use sha2::{Digest as _, Sha256};

use crate::layers::helm::go_template::value::{of_data, text_of, to_data};
use crate::yaml::{Node, read, write};

pub(super) const NAMES: &[&str] = &[
    "b64enc",
    "b64dec",
    "sha256sum",
    "adler32sum",
    "toYaml",
    "toYamlPretty",
    "toJson",
    "toRawJson",
    "toPrettyJson",
    "fromYaml",
    "fromJson",
    "fromYamlArray",
    "fromJsonArray",
];

pub(super) fn call(name: &str, given: &[Value]) -> Option<Value> {
    let [value] = given else { return None };
    let node = || to_data(value).map(Node::new);
    Some(match name {
        "b64enc" => BASE64_STANDARD.encode(text_of(value)?).into(),
        "b64dec" => String::from_utf8(BASE64_STANDARD.decode(text_of(value)?).ok()?).ok()?.into(),
        "sha256sum" => {
            let mut digits = String::new();
            for byte in Sha256::digest(text_of(value)?) {
                write!(digits, "{byte:02x}").ok()?;
            }
            digits.into()
        }
        "adler32sum" => adler32(&text_of(value)?).to_string().into(),
        "toYaml" | "toYamlPretty" => write(&node()?).trim_end_matches('\n').into(),
        "toJson" | "toRawJson" => serde_json::to_string(&node()?).ok()?.into(),
        "toPrettyJson" => serde_json::to_string_pretty(&node()?).ok()?.into(),
        "fromYaml" | "fromJson" | "fromYamlArray" | "fromJsonArray" => match read(&text_of(value)?, 0).ok()?.as_slice() {
            [] => of_data(&crate::yaml::Data::Null),
            [document] => of_data(&document.data),
            _ => return None,
        },
        _ => return None,
    })
}

/// Adler's checksum (RFC 1950).
fn adler32(text: &str) -> u32 {
    const PRIME: u32 = 65521;
    let (low, high) = text.bytes().fold((1, 0), |(low, high), byte| {
        let low = (low + u32::from(byte)) % PRIME;
        (low, (high + low) % PRIME)
    });
    high << 16 | low
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_checksum_is_that_of_its_rfc() {
        assert_eq!(super::adler32("Wikipedia"), 0x11E6_0398);
    }
}

//! Base64, as API servers read it.

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{GeneralPurpose, GeneralPurposeConfig};

/// Bits that are left over at the end may be any, as in Go's `base64.StdEncoding`.
const BASE64: GeneralPurpose = GeneralPurpose::new(&STANDARD, GeneralPurposeConfig::new().with_decode_allow_trailing_bits(true));

/// The bytes that a text stands for, if it is base64. Line breaks do not count.
#[must_use]
pub fn decoded(text: &str) -> Option<Vec<u8>> {
    BASE64.decode(text.replace(['\r', '\n'], "")).ok()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    /// What `base64.StdEncoding` of Go 1.25 makes of texts.
    #[test]
    fn base64_is_what_go_reads() {
        for text in ["", "YQ==", "YR==", "YWI=", "YWJ=", "Y\nQ=\r\n=", "YWJj", "\n", "/+8="] {
            assert!(decoded(text).is_some(), "{text}");
        }
        for text in ["YQ", "YQ=", "YQ===", "YQ==YQ==", "Y", " YQ==", "YQ== ", "Y Q==", "_-8=", "====", "="] {
            assert!(decoded(text).is_none(), "{text}");
        }
    }
}

//! Scalars with tags, such as `!!int "1"`.

use serde_yaml::granit_parser::Tag;

use super::scalar::number;
use super::{Data, resolve};
use crate::encoded::decoded;

/// What YAML's own tags begin with.
const OWN: &str = "tag:yaml.org,2002:";

/// The tags of scalars that have a meaning.
pub(super) const OF_SCALARS: [&str; 7] = ["str", "int", "float", "bool", "null", "binary", "timestamp"];

/// Whether a tag is one of these of YAML's own.
pub(super) fn is_one_of(tag: &Tag, known: &[&str]) -> bool {
    tag.suffix_in_namespace(OWN).is_some_and(|name| known.contains(&&*name))
}

/// What a scalar with a tag is, as kubectl and Helm read it: what no one knows makes a text of it.
///
/// # Errors
///
/// What the tag asks for.
pub(super) fn scalar(tag: &Tag, text: &str) -> Result<Data, &'static str> {
    let meant = resolve(text);
    match (tag.suffix_in_namespace(OWN).as_deref(), meant) {
        (Some("null"), Some(data @ Data::Null))
        | (Some("bool"), Some(data @ Data::Bool(_)))
        | (Some("float"), Some(data @ Data::Number(..))) => Ok(data),
        (Some("int"), Some(data @ Data::Number(..))) if number(text).is_some_and(|number| !number.is_f64()) => Ok(data),
        (Some("timestamp"), Some(data @ Data::String(_))) if is_date(text) => Ok(data),
        (Some("null"), _) => Err("`!!null` needs `null`, `~` or nothing"),
        (Some("bool"), _) => Err("`!!bool` needs `true` or `false`"),
        (Some("int"), _) => Err("`!!int` needs a whole number"),
        (Some("float"), _) => Err("`!!float` needs a number"),
        (Some("timestamp"), _) => Err("`!!timestamp` needs a date"),
        (Some("binary"), _) => {
            let bytes = decoded(text).ok_or("`!!binary` needs base64")?;
            Ok(Data::String(String::from_utf8_lossy(&bytes).into_owned()))
        }
        _ => Ok(Data::String(text.to_owned())),
    }
}

/// Whether a text begins as a date does.
fn is_date(text: &str) -> bool {
    text.split_once('-').is_some_and(|(year, _)| year.len() == 4 && year.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::yaml::{read, read_keeping_last};

    /// What `sigs.k8s.io/yaml` 1.6 makes of them.
    #[test]
    fn tags_mean_what_helm_reads() {
        for (text, expected) in [
            ("!!int \"5\"", json!(5)),
            ("!!int 0x10", json!(16)),
            ("!!float 1", json!(1)),
            ("!!bool \"yes\"", json!(true)),
            ("!!null \"\"", json!(null)),
            ("!!str 1", json!("1")),
            ("!!binary YQ==", json!("a")),
            ("!!timestamp 2020-01-01", json!("2020-01-01")),
            ("!own 1", json!("1")),
            ("! 1", json!("1")),
            ("!own {a: b}", json!({"a": "b"})),
            ("!!set {a, b}", json!({"a": null, "b": null})),
            ("!own [a]", json!(["a"])),
        ] {
            assert_eq!(json!(read(text, 0).unwrap()[0]), expected, "{text}");
            let has_meaning = text.starts_with("!!") && !text.starts_with("!!set");
            assert_eq!(read_keeping_last(text, 0).is_ok(), has_meaning, "{text}");
        }
        for text in ["!!int a", "!!int 1.5", "!!bool 1", "!!null a", "!!float a", "!!binary '%'", "!!timestamp a"] {
            assert!(read(text, 0).is_err(), "{text}");
        }
    }
}

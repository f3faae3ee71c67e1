//! What a plain scalar means.
//!
//! `gen` reads a plain scalar as kubectl and Helm do (Go's sigs.k8s.io/yaml), so that a values file means here what
//! it means there: YAML 1.1's booleans, octal numbers and underscores, but neither its dates nor base 60.

use serde_json::Number;

use super::Data;

/// What a plain scalar means; `None` for infinity and not-a-number, which no manifest can hold.
#[must_use]
pub fn resolve(text: &str) -> Option<Data> {
    Some(match text {
        "" | "~" | "null" | "Null" | "NULL" => Data::Null,
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" | "true" | "True" | "TRUE" => Data::Bool(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" | "false" | "False" | "FALSE" => Data::Bool(false),
        _ if endless(text).is_some() => return None,
        _ => number(text).map_or_else(|| Data::String(text.to_owned()), |number| Data::Number(shortest(number), text.to_owned())),
    })
}

/// Infinity and not-a-number, in the one spelling that they have as keys.
pub(super) fn endless(text: &str) -> Option<&'static str> {
    match text {
        ".inf" | ".Inf" | ".INF" | "+.inf" | "+.Inf" | "+.INF" => Some(".inf"),
        "-.inf" | "-.Inf" | "-.INF" => Some("-.inf"),
        ".nan" | ".NaN" | ".NAN" => Some(".nan"),
        _ => None,
    }
}

/// A number as Go writes it in JSON, where `3.0` and `1e2` are whole.
fn shortest(number: Number) -> Number {
    let whole = number.as_f64().filter(|float| number.is_f64() && float.fract() == 0.0).map(|float| float.to_string());
    // A whole number that is too large for 64 bits stays as it is.
    whole.and_then(|digits| self::whole(&digits)).unwrap_or(number)
}

/// The text of a number as a key of a map (Go: `strconv.FormatFloat(key, 'g', -1, 32)` of what is not written as a whole number).
pub(super) fn key_of_number(text: &str) -> String {
    let Some(number) = number(text) else { return text.to_owned() };
    let Some(float) = number.as_f64().filter(|_| number.is_f64()) else { return number.to_string() };
    #[expect(clippy::cast_possible_truncation, reason = "the digits are those of 32 bits")]
    let float = float as f32;
    let scientific = format!("{float:e}");
    match scientific.split_once('e').and_then(|(digits, power)| Some((digits, power.parse::<i32>().ok()?))) {
        Some((digits, power)) if !(-4..6).contains(&power) && float.is_finite() => {
            let sign = if power < 0 { '-' } else { '+' };
            format!("{digits}e{sign}{:02}", power.abs())
        }
        _ => float.to_string(),
    }
}

/// The number that a plain scalar is, if it is one.
pub(super) fn number(text: &str) -> Option<Number> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    if first == b'.' && !separates_digits(text) {
        return None;
    }
    let digits = text.replace('_', "");
    whole(&digits).or_else(|| if is_decimal(&digits) { Number::from_f64(digits.parse().ok()?) } else { None })
}

/// Whether each `_` stands between digits, as it has to in what begins with a point.
fn separates_digits(text: &str) -> bool {
    let parts: Vec<&str> = text.split('_').collect();
    let is_digit = |c: char| c.is_ascii_digit();
    parts.windows(2).all(|pair| pair[0].ends_with(is_digit) && pair[1].starts_with(is_digit))
}

/// A whole number, decimal, or with the prefix of another base; a leading zero is octal.
fn whole(digits: &str) -> Option<Number> {
    let sign = usize::from(digits.starts_with(['-', '+']));
    let (sign, magnitude) = digits.split_at(sign);
    let (base, magnitude) = match magnitude.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &magnitude[2..]),
        [b'0', b'o' | b'O', ..] => (8, &magnitude[2..]),
        [b'0', b'b' | b'B', ..] => (2, &magnitude[2..]),
        [b'0', _, ..] => (8, &magnitude[1..]),
        _ => (10, magnitude),
    };
    if magnitude.starts_with(['+', '-']) {
        return None;
    }
    let value = u64::from_str_radix(magnitude, base).ok()?;
    match sign {
        "-" => 0i64.checked_sub_unsigned(value).map(Number::from),
        // With a sign it has one bit less.
        "+" => i64::try_from(value).ok().map(Number::from),
        _ => Some(Number::from(value)),
    }
}

/// Whether the text is a decimal number: `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
fn is_decimal(text: &str) -> bool {
    let text = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (text, None),
    };
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let mantissa_fits = all_digits(whole) && all_digits(fraction) && !(whole.is_empty() && fraction.is_empty());
    mantissa_fits && exponent.is_none_or(|digits| !digits.is_empty() && all_digits(digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `sigs.k8s.io/yaml` 1.6 makes of plain keys.
    #[test]
    fn numbers_as_keys_have_the_text_that_go_gives_them() {
        for (text, expected) in [
            ("1.0", "1"),
            ("1.10", "1.1"),
            ("-0.5", "-0.5"),
            ("1e3", "1000"),
            ("1234567.0", "1.234567e+06"),
            ("0.00001", "1e-05"),
            ("16777217.0", "1.6777216e+07"),
            ("08", "8"),
            ("0x10", "16"),
            ("1_000", "1000"),
        ] {
            assert_eq!(key_of_number(text), expected, "{text}");
        }
    }

    /// What `kubectl -f` makes of plain scalars, measured with kubectl 1.32.
    #[test]
    fn plain_scalars_mean_what_kubectl_reads() {
        let cases = [
            ("yes", "true"),
            ("off", "false"),
            ("y", "true"),
            ("N", "false"),
            ("~", "null"),
            ("", "null"),
            ("None", "\"None\""),
            ("0777", "511"),
            ("0123", "83"),
            ("0o17", "15"),
            ("08", "8"),
            ("0x1F", "31"),
            ("0b11", "3"),
            ("1e3", "1000"),
            ("3.0", "3"),
            ("-0.0", "0"),
            ("1e19", "10000000000000000000"),
            ("1e20", "1e+20"),
            ("1_000", "1000"),
            ("0_7", "7"),
            ("12:30:45", "\"12:30:45\""),
            ("2020-01-01", "\"2020-01-01\""),
            ("1.10", "1.1"),
            ("1.10.10", "\"1.10.10\""),
            ("1,000", "\"1,000\""),
            ("NaN", "\"NaN\""),
            ("=", "\"=\""),
            ("-5", "-5"),
            ("+5", "5"),
            ("-", "\"-\""),
            (".", "\".\""),
            (".5", "0.5"),
            ("._5", "\"._5\""),
            (".5_0", "0.5"),
            ("+._5", "0.5"),
            ("-9223372036854775809", "-9.223372036854776e+18"),
            ("+9223372036854775807", "9223372036854775807"),
            ("1.", "1"),
            ("1e", "\"1e\""),
            ("-9223372036854775808", "-9223372036854775808"),
            ("18446744073709551615", "18446744073709551615"),
            ("500m", "\"500m\""),
            ("0x", "\"0x\""),
            ("--1", "\"--1\""),
        ];
        for (text, json) in cases {
            let data = resolve(text).map(super::super::Node::new);
            assert_eq!(serde_json::to_string(&data).unwrap(), json, "{text}");
        }
        assert!(resolve(".inf").is_none() && resolve("-.INF").is_none() && resolve(".nan").is_none());
    }
}

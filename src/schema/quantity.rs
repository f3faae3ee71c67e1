//! Quantities, such as `500m` and `1Gi`, as the API server reads them and in the notation in which it keeps them.

use crate::yaml::{Data, Node};

/// The suffixes of powers of 1000, from 10^-9, and those of powers of 1024, from 1024^1 (Kubernetes: `resource.Quantity`).
const DECIMAL: [&str; 10] = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY: [&str; 6] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/// What `DECIMAL` begins with, as an exponent of ten: the finest that the server keeps.
const LEAST: i32 = -9;
/// A unit, in billionths.
pub(super) const UNIT: i128 = 1_000_000_000;
/// A thousandth, in billionths: the server rounds the amounts of resources up to it.
const THOUSANDTH: i128 = 1_000_000;
/// What stands for every size that is larger, in billionths.
const MOST: i128 = 10_i128.pow(38);
/// The most digits with which it is reckoned; any more round the size up.
const DIGITS: usize = 18;
/// The greatest exponent that is read: with one of nine digits an API server does not answer any more.
const EXPONENT: i32 = 99_999;

/// How a quantity says its size.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notation {
    Decimal,
    Binary,
    Exponent,
}

/// What is read of a quantity.
struct Amount {
    is_negative: bool,
    notation: Notation,
    /// How large it is, in billionths, of which a part counts as a whole one.
    billionths: i128,
    /// Whether the server keeps it as it is written, in whatever notation that is.
    is_kept: bool,
}

/// A quantity in the canonical notation: the largest unit that leaves a whole number. `None` for what is no quantity, and
/// for what the server itself would round or cut off.
pub(super) fn canonical(text: &str) -> Option<String> {
    let Amount { is_negative, notation, billionths, .. } = read(text)?;
    let units = billionths / UNIT;
    if units > i128::from(i64::MAX) || billionths % THOUSANDTH != 0 {
        return None;
    }
    let sign = if is_negative && billionths != 0 { "-" } else { "" };
    if notation == Notation::Binary && units >= 1024 && billionths % UNIT == 0 {
        return Some(format!("{sign}{}", in_binary(units)));
    }
    Some(format!("{sign}{}", in_decimal(billionths, notation)))
}

/// A quantity as the server writes it that is no amount of a resource: some stay as they are.
pub(super) fn shown(text: &str) -> Option<String> {
    if read(text)?.is_kept { Some(trimmed(text).to_owned()) } else { canonical(text) }
}

/// The size of a quantity in billionths, of which a part counts as a whole one. `None` for what is no quantity.
pub fn billionths(text: &str) -> Option<i128> {
    read(text).map(|read| if read.is_negative { -read.billionths } else { read.billionths })
}

/// The amount of a resource in billionths: the server rounds it to thousandths, away from 0.
pub(super) fn amount(node: &Node) -> Option<i128> {
    let size = billionths(&written(node))?;
    let part = size % THOUSANDTH;
    Some(if part == 0 { size } else { size - part + THOUSANDTH * part.signum() })
}

/// The text of a quantity: of a bare number the one that it has in JSON.
pub(super) fn written(node: &Node) -> String {
    if let Data::Number(number, _) = &node.data { number.to_string() } else { node.scalar() }
}

/// The quantity that a text probably means: with a unit of another case, a `B` behind it, or a blank before it.
pub(super) fn nearest(text: &str) -> Option<String> {
    let end = text.find(|c: char| c != '.' && !c.is_ascii_digit())?;
    let (number, unit) = text.split_at(end);
    let unit = unit.trim().to_lowercase();
    let unit = unit.strip_suffix("yte").or(unit.strip_suffix("ytes")).unwrap_or(&unit);
    let unit = unit.strip_suffix('b').unwrap_or(unit);
    // A small `m` is a thousandth.
    let known = DECIMAL[4..].iter().chain(&BINARY).find(|known| known.to_lowercase() == unit)?;
    Some(format!("{number}{known}")).filter(|near| near != text && read(near).is_some())
}

/// A text without the blanks at its ends, those aside that JSON does not write as they are.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() && !matches!(c, '\t'..='\r' | '\u{2028}' | '\u{2029}'))
}

/// What a quantity says (apimachinery: `resource.ParseQuantity`).
fn read(text: &str) -> Option<Amount> {
    let text = trimmed(text);
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, rest) = digits(unsigned);
    let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), digits);
    let (notation, power) = of_suffix(suffix)?;
    let number = Some(whole.trim_start_matches('0')).filter(|number| !number.is_empty()).unwrap_or("0");
    let finest = if notation == Notation::Binary { 0 } else { power } - i32::try_from(fraction.len()).ok()?;
    let is_short = match notation {
        Notation::Binary => fraction.is_empty() && number.len() + 3 * usize::try_from(power).ok()? < 15,
        _ => number.len() + fraction.len() <= 18 && finest >= LEAST,
    };
    // Of a long one the server wants to see a digit.
    if text.is_empty() || !is_short && whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let all = format!("{number}{fraction}");
    let is_kept = is_short
        && match notation {
            Notation::Binary => number.parse::<i64>().is_ok_and(|value| value % 8 != 0),
            _ => finest % 3 == 0 && !all.ends_with("000") && !all.starts_with('0'),
        };
    let billionths = size(&all, finest - LEAST, if notation == Notation::Binary { power } else { 0 });
    Some(Amount { is_negative: text.starts_with('-'), notation, billionths, is_kept })
}

/// The digits that a text begins with, and the rest.
fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()))
}

/// A number of billionths: digits, times a power of 10, times a power of 1024.
fn size(digits: &str, ten: i32, of_1024: i32) -> i128 {
    let digits = digits.trim_start_matches('0');
    let (first, others) = digits.split_at(digits.len().min(DIGITS));
    let Ok(first) = first.parse::<i128>() else { return 0 };
    let first = first + i128::from(others.bytes().any(|digit| digit != b'0'));
    let scaled = first * 1024_i128.pow(of_1024.unsigned_abs());
    let ten = ten.saturating_add(i32::try_from(others.len()).unwrap_or(i32::MAX));
    let size = match (10_i128.checked_pow(ten.unsigned_abs()), ten < 0) {
        (Some(scale), false) => scaled.checked_mul(scale).unwrap_or(MOST),
        (None, false) => MOST,
        (Some(scale), true) => scaled / scale + i128::from(scaled % scale != 0),
        (None, true) => 1,
    };
    let most = if of_1024 == 0 { MOST } else { i128::from(i64::MAX) * UNIT };
    size.min(most)
}

/// The notation that a suffix has, with its power: of ten, or of 1024.
fn of_suffix(suffix: &str) -> Option<(Notation, i32)> {
    if let Some(power) = BINARY.iter().position(|known| *known == suffix) {
        return Some((Notation::Binary, i32::try_from(power).ok()? + 1));
    }
    if let Some(power) = DECIMAL.iter().position(|known| *known == suffix) {
        return Some((Notation::Decimal, LEAST + 3 * i32::try_from(power).ok()?));
    }
    let power: i32 = suffix.strip_prefix(['e', 'E'])?.parse().ok()?;
    (-EXPONENT..=EXPONENT).contains(&power).then_some((Notation::Exponent, power))
}

fn in_binary(mut units: i128) -> String {
    let mut power = 0;
    while units % 1024 == 0 && power < BINARY.len() {
        units /= 1024;
        power += 1;
    }
    let suffix = power.checked_sub(1).map_or("", |at| BINARY[at]);
    format!("{units}{suffix}")
}

fn in_decimal(mut mantissa: i128, notation: Notation) -> String {
    if mantissa == 0 {
        return "0".to_owned();
    }
    let mut at = 0;
    while mantissa % 1000 == 0 && at + 1 < DECIMAL.len() {
        mantissa /= 1000;
        at += 1;
    }
    let exponent = LEAST + 3 * i32::try_from(at).unwrap_or_default();
    match notation {
        Notation::Exponent if exponent != 0 => format!("{mantissa}e{exponent}"),
        _ => format!("{mantissa}{}", DECIMAL[at]),
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, UNIT, billionths, canonical, shown};

    /// As an API server keeps them; `tests/real/apiserver.py` asks it again.
    #[test]
    fn quantities_are_written_as_they_are_kept() {
        let pairs = include_str!("../../tests/quantities.txt").lines().filter(|line| !line.starts_with('#'));
        for (written, kept) in pairs.filter_map(|line| line.split_once(' ')) {
            assert_eq!(canonical(written).as_deref(), Some(kept), "{written}");
        }
    }

    /// What of a quantity that is no amount of a resource stays as it is; an API server takes a `divisor` by that.
    #[test]
    fn some_quantities_are_shown_as_they_are_written() {
        for (text, expected) in [
            ("1", "1"),
            (" 1", "1"),
            ("01", "01"),
            ("+1", "+1"),
            ("1e0", "1e0"),
            ("1000e-3", "1"),
            ("10e-1", "1"),
            ("1.0", "1"),
            ("1000000n", "1m"),
            ("01Mi", "01Mi"),
            ("1.0Mi", "1Mi"),
            ("1024Ki", "1Mi"),
            ("8Ki", "8Ki"),
            ("1e3", "1e3"),
        ] {
            assert_eq!(shown(text).as_deref(), Some(expected), "{text}");
        }
    }

    /// As an API server takes them.
    #[test]
    fn a_quantity_may_lack_its_digits_and_be_of_any_size() {
        for (text, size) in [
            (".", 0),
            ("+", 0),
            ("Gi", 0),
            (".Ti", 0),
            ("P", 0),
            ("e-9", 0),
            ("0.Pi", 0),
            ("1.Ei", 1_152_921_504_606_846_976 * UNIT),
            ("1\u{a0}", UNIT),
            ("1e-400", 1),
            ("-.0000000001", -1),
            ("1.0000000001", UNIT + 1),
            ("1e00000000001", 10 * UNIT),
            ("1e400", MOST),
            ("100Ei", i128::from(i64::MAX) * UNIT),
        ] {
            assert_eq!(billionths(text), Some(size), "{text}");
        }
        for text in
            ["", " ", "Pi", ".Ei", "e-10", "+e-10", "1\t", "1\u{2028}", "+ 1", "1e+", "e", "1K", "1mi", "--1", "..", "1_000", "1e999999999"]
        {
            assert_eq!(billionths(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_rounded_or_cut_off_has_no_canonical_notation() {
        for text in ["", "x", "1x", "1.2.3", "0.1n", "0.0001", "1u", "10E", "1e40", "1e999999999", "1e99999999999999999999"] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }
}

//! Quantities, such as `500m` and `1Gi`, in the notation in which the API server keeps them.

/// The suffixes of powers of 1000, from 10^-9, and those of powers of 1024, from 1024^1 (Kubernetes: `resource.Quantity`).
const DECIMAL: [&str; 10] = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
const BINARY: [&str; 6] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
/// What `DECIMAL` begins with, as an exponent of ten.
const LEAST: i32 = -9;

/// How a quantity says its size.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Notation {
    Decimal,
    Binary,
    Exponent,
}

/// A quantity in the canonical notation: the largest unit that leaves a whole number. `None` for what is no quantity, and
/// for what the server itself would round or cut off.
pub(super) fn canonical(text: &str) -> Option<String> {
    let (negative, notation, billionths) = read(text)?;
    let units = billionths / 1_000_000_000;
    // Resources are rounded up to thousandths.
    if units > i128::from(i64::MAX) || billionths % 1_000_000 != 0 {
        return None;
    }
    let sign = if negative && billionths != 0 { "-" } else { "" };
    if notation == Notation::Binary && units >= 1024 && billionths % 1_000_000_000 == 0 {
        return Some(format!("{sign}{}", in_binary(units)));
    }
    Some(format!("{sign}{}", in_decimal(billionths, notation)))
}

/// The size of a quantity in billionths. `None` for what is no quantity, or finer than the server keeps it.
pub fn billionths(text: &str) -> Option<i128> {
    read(text).map(|(negative, _, size)| if negative { -size } else { size })
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

/// Whether a quantity is below 0, its notation, and its size in billionths.
fn read(text: &str) -> Option<(bool, Notation, i128)> {
    let (negative, unsigned) = match text.strip_prefix(['+', '-']) {
        Some(rest) => (text.starts_with('-'), rest),
        None => (false, text),
    };
    let end = unsigned.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(unsigned.len());
    let (number, suffix) = unsigned.split_at(end);
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
    let (notation, power) = of_suffix(suffix)?;
    let binary = if notation == Notation::Binary { 1024_i128.checked_pow(power.try_into().ok()?)? } else { 1 };
    let exponent = if notation == Notation::Binary { 0 } else { power } - i32::try_from(fraction.len()).ok()?;
    // In billionths, the finest that the server keeps.
    let shift = exponent - LEAST;
    let scale = 10_i128.checked_pow(shift.unsigned_abs())?;
    let scaled = digits.checked_mul(binary)?;
    let billionths = if shift >= 0 { scaled.checked_mul(scale)? } else { Some(scaled / scale).filter(|_| scaled % scale == 0)? };
    Some((negative, notation, billionths))
}

/// The notation that a suffix has, with its power: of ten, or of 1024.
fn of_suffix(suffix: &str) -> Option<(Notation, i32)> {
    if let Some(power) = BINARY.iter().position(|known| *known == suffix) {
        return Some((Notation::Binary, i32::try_from(power).ok()? + 1));
    }
    if let Some(power) = DECIMAL.iter().position(|known| *known == suffix) {
        return Some((Notation::Decimal, LEAST + 3 * i32::try_from(power).ok()?));
    }
    Some((Notation::Exponent, suffix.strip_prefix(['e', 'E'])?.parse().ok()?))
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
    use super::canonical;

    /// As an API server keeps them; `tests/real/apiserver.py` asks it again.
    #[test]
    fn quantities_are_written_as_they_are_kept() {
        let pairs = include_str!("../../tests/quantities.txt").lines().filter(|line| !line.starts_with('#'));
        for (written, kept) in pairs.filter_map(|line| line.split_once(' ')) {
            assert_eq!(canonical(written).as_deref(), Some(kept), "{written}");
        }
    }

    #[test]
    fn what_is_rounded_or_cut_off_has_no_canonical_notation() {
        for text in ["", "x", "1x", "1.2.3", "0.1n", "0.0001", "1u", "10E", "1e40", "1e999999999", "1e99999999999999999999"] {
            assert_eq!(canonical(text), None, "{text}");
        }
    }
}

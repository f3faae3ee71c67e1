//! Times, as Go reads them (`time.Parse` with RFC 3339).

/// Whether a text is a time, with parts of a second or without.
pub(super) fn is_time(text: &str) -> bool {
    is_of_form(text, |fraction| fraction.is_none_or(|digits| !digits.is_empty()))
}

/// Whether a text is a time with millionths of a second.
pub(super) fn is_micro_time(text: &str) -> bool {
    is_of_form(text, |fraction| fraction.is_some_and(|digits| digits.len() == 6))
}

fn is_of_form(text: &str, takes: impl Fn(Option<&str>) -> bool) -> bool {
    read(text, takes).is_some()
}

fn read(text: &str, takes: impl Fn(Option<&str>) -> bool) -> Option<()> {
    let (date, clock) = text.split_once('T')?;
    let [year, month, day] = parts(date, '-')?;
    let (year, month, day) = (number(year, 4)?, number(month, 2)?, number(day, 2)?);
    // The hour is the one number that may have a single digit.
    let (hour, rest) = clock.split_once(':')?;
    let hour = number(hour, 2).or_else(|| number(hour, 1))?;
    let (minute, rest) = rest.split_once(':')?;
    let (second, rest) = rest.split_at_checked(2)?;
    let (minute, second) = (number(minute, 2)?, number(second, 2)?);
    let (fraction, zone) = match rest.strip_prefix(['.', ',']) {
        Some(rest) => {
            let (digits, zone) = rest.split_at(rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len()));
            (Some(digits), zone)
        }
        None => (None, rest),
    };
    let fits = (1..=days(year, month)).contains(&day) && hour < 24 && minute < 60 && second < 60;
    (fits && takes(fraction) && is_zone(zone)).then_some(())
}

fn is_zone(text: &str) -> bool {
    let offset = text.strip_prefix(['+', '-']).and_then(|offset| parts(offset, ':'));
    let fits = |[hours, minutes]: [&str; 2]| Some(number(hours, 2)? <= 24 && number(minutes, 2)? <= 60);
    text == "Z" || offset.and_then(fits) == Some(true)
}

/// The days of a month; none, if there is no such month.
fn days(year: u32, month: u32) -> u32 {
    match month {
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    }
}

fn parts<const N: usize>(text: &str, between: char) -> Option<[&str; N]> {
    text.split(between).collect::<Vec<_>>().try_into().ok()
}

/// A number of so many digits.
fn number(text: &str, digits: usize) -> Option<u32> {
    (text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `time.Parse` of Go 1.25 makes of texts.
    #[test]
    fn times_are_what_go_reads() {
        for text in [
            "2020-01-01T00:00:00Z",
            "2020-02-29T23:59:59.5+01:00",
            "2000-02-29T1:00:00Z",
            "2020-01-01T00:00:00,123456789012Z",
            "2020-01-01T00:00:00-24:60",
            "0000-01-01T00:00:00Z",
        ] {
            assert!(is_time(text), "{text}");
        }
        for text in [
            "",
            "x",
            "2020-01-01",
            "2020-01-01T00:00:00",
            "2020-01-01 00:00:00Z",
            "2020-01-01t00:00:00Z",
            "2020-01-01T00:00:00z",
            "2021-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2020-1-01T00:00:00Z",
            "2020-13-01T00:00:00Z",
            "2020-01-00T00:00:00Z",
            "2020-01-01T24:00:00Z",
            "2020-01-01T00:60:00Z",
            "2020-01-01T00:00:60Z",
            "2020-01-01T00:00:00.Z",
            "2020-01-01T00:00Z",
            "2020-01-01T00:00:00+0100",
            "2020-01-01T00:00:00+01",
            "2020-01-01T00:00:00+25:00",
            " 2020-01-01T00:00:00Z",
            "2020-01-01T00:00:00Z ",
            "2020-01-01T00:00:0\u{e9}Z",
        ] {
            assert!(!is_time(text), "{text}");
        }
        assert!(is_micro_time("2020-01-01T00:00:00.000000Z") && is_micro_time("2020-01-01T00:00:00.123456+01:00"));
        for text in ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00.12345Z", "2020-01-01T00:00:00.1234567Z", ""] {
            assert!(!is_micro_time(text), "{text}");
        }
    }
}

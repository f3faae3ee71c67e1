//! The minute of a schedule that follows from the release's name, as the chart's values file proposes it.

/// `add N (regexFind ".$" (adler32sum .Release.Name))`: a number, and the last digit of a checksum of the release's name.
pub(super) fn of(expression: &str, release: &str) -> Option<String> {
    let words: Vec<&str> = expression.split_whitespace().collect();
    let ["add", first, "(regexFind", r#"".$""#, "(adler32sum", ".Release.Name))"] = words[..] else { return None };
    let first: u32 = first.parse().ok()?;
    Some((first.checked_add(adler32(release) % 10)?).to_string())
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
    use super::*;

    #[test]
    fn the_minute_is_that_of_the_chart() {
        let of = |release| of(r#" add 3 (regexFind ".$" (adler32sum .Release.Name)) "#, release);
        assert_eq!((of("custom-name").as_deref(), of("airflow-rules").as_deref()), (Some("7"), Some("10")));
        assert_eq!(adler32("Wikipedia"), 0x11E6_0398);
        assert_eq!(super::of("adler32sum .Release.Name", "a"), None);
    }
}

//! Schedules of cron, as the controller of CronJobs reads them (`github.com/robfig/cron/v3`, `ParseStandard`).

/// Whether a text is a schedule, without a time zone (Kubernetes: `pkg/apis/batch/validation`, `validateScheduleFormat`).
pub(super) fn is_schedule(text: &str) -> bool {
    if text.contains("TZ") {
        return false;
    }
    if let Some(word) = text.strip_prefix('@') {
        let length = word.strip_prefix("every ").is_some_and(is_duration);
        return length || ["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"].contains(&word);
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    let fits = |(field, bounds): (&&str, &Bounds)| field.split(',').filter(|part| !part.is_empty()).all(|part| bounds.takes(part));
    fields.len() == FIELDS.len() && fields.iter().zip(&FIELDS).all(fits)
}

/// What a field takes.
struct Bounds {
    least: u64,
    most: u64,
    names: &'static [&'static str],
}

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const FIELDS: [Bounds; 5] = [
    Bounds { least: 0, most: 59, names: &[] },
    Bounds { least: 0, most: 23, names: &[] },
    Bounds { least: 1, most: 31, names: &[] },
    Bounds { least: 1, most: 12, names: MONTHS },
    Bounds { least: 0, most: 6, names: DAYS },
];

impl Bounds {
    /// Whether it takes a number, a range or `*`, with or without a step.
    fn takes(&self, part: &str) -> bool {
        let mut steps = part.split('/');
        let (range, step) = (steps.next().unwrap_or_default(), steps.next());
        if steps.next().is_some() || step.is_some_and(|step| whole(step).is_none_or(|step| step == 0)) {
            return false;
        }
        let mut ends = range.split('-');
        let (first, last) = (ends.next().unwrap_or_default(), ends.next());
        // What follows `*-` does not count.
        if ["*", "?"].contains(&first) {
            return true;
        }
        if ends.next().is_some() {
            return false;
        }
        let Some(first) = self.number(first) else { return false };
        let last = match last {
            Some(last) => self.number(last),
            None if step.is_some() => Some(self.most),
            None => Some(first),
        };
        last.is_some_and(|last| first >= self.least && last <= self.most && first <= last)
    }

    fn number(&self, text: &str) -> Option<u64> {
        let name = text.to_ascii_lowercase();
        let position = self.names.iter().position(|known| *known == name).and_then(|position| u64::try_from(position).ok());
        position.map(|position| position + self.least).or_else(|| whole(text))
    }
}

/// A whole number as Go reads it, with a sign or without, unless it is below 0.
fn whole(text: &str) -> Option<u64> {
    text.parse::<i64>().ok().and_then(|number| u64::try_from(number).ok())
}

/// The units of lengths of time, in seconds.
const UNITS: [(&str, f64); 8] =
    [("ns", 1e-9), ("us", 1e-6), ("µs", 1e-6), ("μs", 1e-6), ("ms", 1e-3), ("s", 1.0), ("m", 60.0), ("h", 3600.0)];

/// Whether a text is a length of time as Go reads it, such as `1h30m` (`time.ParseDuration`).
fn is_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    if rest == "0" {
        return true;
    }
    let (mut seconds, mut has_unit) = (0.0, false);
    while !rest.is_empty() {
        let end = rest.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let unit = UNITS.into_iter().filter(|(unit, _)| after.starts_with(unit)).max_by_key(|(unit, _)| unit.len());
        let (Some((unit, size)), Ok(number)) = (unit, number.parse::<f64>()) else { return false };
        (seconds, has_unit) = (seconds + number * size, true);
        rest = &after[unit.len()..];
    }
    has_unit && seconds < MOST
}

/// The seconds of the longest length of time: nanoseconds of 63 bits.
const MOST: f64 = 9_223_372_036.854_775;

#[cfg(test)]
mod tests {
    use super::is_schedule;

    /// What `cron.ParseStandard` of `github.com/robfig/cron/v3` 3.0.1 makes of texts.
    #[test]
    fn schedules_are_told_from_other_texts() {
        for text in [
            "0 0 * * *",
            " */5\t*  * * * ",
            "0 0 ? * MON-FRI",
            "1,2-4/2 0 1 jan *",
            "5/10 * * * 6",
            "1,,2 * * * *",
            ",1 , * * *",
            "*-5 *-a-b/2 * * *",
            "+1 +01 * * *",
            "*/+2 * * * *",
            "*/99999999999 * * * *",
            "@daily",
            "@every 1h30m",
            "@every -5m",
            "@every 0",
            "@every .5h",
            "@every 1.μs",
        ] {
            assert!(is_schedule(text), "{text}");
        }
        for text in [
            "",
            "a",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 7",
            "*/0 * * * *",
            "*/ * * * *",
            "*/1/1 * * * *",
            "*a * * * *",
            "5-1 * * * *",
            "1-2-3 * * * *",
            "-1 * * * *",
            "-0 * * * *",
            "1- * * * *",
            "TZ=UTC * * * * *",
            "CRON_TZ=UTC @daily",
            "@reboot",
            "@Daily",
            " @daily",
            "@daily ",
            "@every",
            "@every 5",
            "@every .h",
            "@every 1h ",
            "@every 9999999h",
        ] {
            assert!(!is_schedule(text), "{text}");
        }
    }
}

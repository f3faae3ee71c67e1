//! Schedules of cron, as the controller of CronJobs reads them (`github.com/robfig/cron/v3`, `ParseStandard`).

/// Whether a text is a schedule, without a time zone.
pub(super) fn is_schedule(text: &str) -> bool {
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
    least: u32,
    most: u32,
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
        if steps.next().is_some() || step.is_some_and(|step| step.parse::<u32>().map_or(true, |step| step == 0)) {
            return false;
        }
        let mut ends = range.split('-');
        let (first, last) = (ends.next().unwrap_or_default(), ends.next());
        if ends.next().is_some() {
            return false;
        }
        if ["*", "?"].contains(&first) {
            return last.is_none_or(|_| true);
        }
        let Some(first) = self.number(first) else { return false };
        let last = match last {
            Some(last) => self.number(last),
            None if step.is_some() => Some(self.most),
            None => Some(first),
        };
        last.is_some_and(|last| first >= self.least && last <= self.most && first <= last)
    }

    fn number(&self, text: &str) -> Option<u32> {
        let name = text.to_ascii_lowercase();
        let position = self.names.iter().position(|known| *known == name).and_then(|position| u32::try_from(position).ok());
        position.map(|position| position + self.least).or_else(|| text.parse().ok())
    }
}

/// Whether a text is a length of time as Go writes it, such as `1h30m`.
fn is_duration(text: &str) -> bool {
    let mut rest = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_zero = rest == "0";
    let mut has_unit = false;
    while !rest.is_empty() && !is_zero {
        let end = rest.find(|c: char| c != '.' && !c.is_ascii_digit()).unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let unit = ["ns", "us", "µs", "ms", "s", "m", "h"].into_iter().filter(|unit| after.starts_with(unit)).max_by_key(|unit| unit.len());
        let is_number = number.bytes().any(|byte| byte.is_ascii_digit()) && number.matches('.').count() < 2;
        let Some(unit) = unit.filter(|_| is_number) else { return false };
        has_unit = true;
        rest = &after[unit.len()..];
    }
    is_zero || has_unit
}

#[cfg(test)]
mod tests {
    use super::is_schedule;

    #[test]
    fn schedules_are_told_from_other_texts() {
        for text in
            ["0 0 * * *", "*/5 * * * *", "0 0 ? * MON-FRI", "1,2-4/2 0 1 jan *", "5/10 * * * 6", "@daily", "@every 1h30m", "@every 5s"]
        {
            assert!(is_schedule(text), "{text}");
        }
        let others = ["", "a", "* * * *", "* * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 7", "*/0 * * * *"];
        for text in
            others.into_iter().chain(["5-1 * * * *", "1-2-3 * * * *", "TZ=UTC * * * * *", "@reboot", "@every", "@every 5", "-1 * * * *"])
        {
            assert!(!is_schedule(text), "{text}");
        }
    }
}

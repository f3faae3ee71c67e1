//! A port has two numbers.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::{Heard, PortOption};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A101",
    name: "port-of-two-numbers",
    level: Level::Warning,
    what: "A port has two numbers.",
    why: "Airflow goes by its own option. All sides have that number, and the other one has no effect; where one component alone is \
          told another, the others do not reach it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "ports: {apiServer: 9090}\n", "config: {api: {port: 9091}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "ports: {apiServer: 9090}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for port in PortOption::all(subject.values) {
        let number = port.of(&subject.values.ports);
        let key = Path::of_keys(port.key);
        let heard = port.heard(subject.values);
        let said = heard.iter().find_map(Heard::place);
        let is_given = key.get(subject.given).is_some_and(|given| given.scalar() != number.to_string());
        if let (true, Some(place)) = (is_given, said) {
            found
                .in_value(key, format!("`{}` and `{place}` are two numbers for one port", port.key), "this one has no effect")
                .note(format!("Airflow goes by `{place}`, and all sides have {number}"))
                .help(format!("give the number in `{}` alone", port.key));
        }
        let others = heard.iter().filter_map(|heard| Some((heard.text()?, heard.place()?)));
        let mut others = others.filter(|(text, _)| text.trim() != number.to_string());
        if let Some((_, place)) = others.next() {
            found
                .in_value(place.clone(), format!("`{place}` is another port than the other side has"), "for one component alone")
                .note(format!("the others go by {number}"))
                .help(format!("give the number in `{}`, from which all sides have it", port.key));
        }
    }
}

//! The address of the server is none that Airflow can serve at.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Heard;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A102",
    name: "base-url-form",
    level: Level::Error,
    what: "The address of the server is none that Airflow can serve at.",
    why: "Airflow takes an address without its scheme for a path, and answers at no path then. With a slash at its end, the webserver \
          of Airflow 2 does not start.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {api: {base_url: airflow.example.com}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "config: {api: {base_url: \"https://airflow.example.com\"}}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(Heard::Text(address, place)) = subject.known.server.as_ref().map(|server| &server.base_url) else { return };
    let has_form = address.is_empty() || ["/", "http://", "https://"].into_iter().any(|start| address.starts_with(start));
    if !has_form {
        found
            .in_value(place.clone(), format!("`{place}` has no scheme"), "taken for a path")
            .note("Airflow would answer at no path")
            .help("begin it with `https://` or `http://`, or give the path alone, which begins with `/`");
    } else if address.ends_with('/') && address != "/" && subject.values.airflow_version.major() < 3 {
        found
            .in_value(place.clone(), format!("`{place}` ends with a slash"), "this address")
            .note("the webserver of Airflow 2 does not start with it")
            .help("leave the slash out");
    }
}

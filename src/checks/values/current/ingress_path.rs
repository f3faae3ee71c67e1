//! An Ingress or a route leads a path to a server that does not serve there.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::Heard;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A104",
    name: "ingress-path",
    level: Level::Warning,
    what: "An Ingress or a route leads a path to a server that does not serve there.",
    why: "The server answers below the path of its `base_url`, and its pages refer to each other by that path.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "ingress: {apiServer: {enabled: true, path: /airflow}}\n",
            "config: {api: {base_url: \"https://example.com\"}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "ingress: {apiServer: {enabled: true, path: /airflow}}\n",
            "config: {api: {base_url: \"https://example.com/airflow\"}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(server) = &subject.known.server else { return };
    let Some((key, path)) = &server.ingress_path else { return };
    let is_below = |path: &str| format!("{}/", server.path).starts_with(&format!("{path}/"));
    if server.base_url != Heard::Unknown && !is_below(path) {
        let at = if server.path.is_empty() { "/" } else { &server.path };
        found
            .in_value(key.clone(), format!("`{path}` leads to a server that serves at `{at}`"), "this path")
            .note("to cut the path off on the way is no way out: what the server's pages refer to is below its own path")
            .help("give the server an address with that path in its option `base_url`");
    }
}

//! Tasks are told of the set's own server, at an address where it does not answer.

use url::Url;

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::{AirflowOption, Heard, Options};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "A106",
    name: "execution-server-address",
    level: Level::Warning,
    what: "Tasks are told of the set's own server, at an address where it does not answer.",
    why: "The scheme, the port and the path are those at which the server serves; without the option they follow it.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "config: {core: {execution_api_server_url: \"http://airflow-api-server:9090/execution/\"}}\n"
        ),
        instead: concat!("airflowVersion: 3.2.0\n", "ports: {apiServer: 9090}\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let Some(server) = subject.known.server.as_ref().filter(|_| subject.values.airflow_version.major() >= 3) else { return };
    let own = format!("{}/execution/", server.url);
    let Ok(at) = Url::parse(&own) else { return };
    for heard in Options::of_each(subject.values, AirflowOption::of("core", "execution_api_server_url")) {
        let Heard::Text(text, place) = heard else { continue };
        let Ok(url) = Url::parse(&text) else { continue };
        let is_own = server.hosts.iter().any(|host| url.host_str() == Some(host));
        let port = url.port_or_known_default();
        // What speaks at another port of the Service is the user's.
        let is_there = if port == at.port_or_known_default() {
            url.scheme() == at.scheme() && url.path().trim_end_matches('/') == at.path().trim_end_matches('/')
        } else {
            port.is_some_and(|port| server.ports.contains(&port))
        };
        if is_own && !is_there {
            found
                .in_value(place, "the set's own server does not answer at this address", "for every task")
                .note(format!("it answers at `{own}`"))
                .help("leave the option out: it follows the server then");
        }
    }
}

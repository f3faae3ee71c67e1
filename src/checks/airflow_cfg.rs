//! What stands in airflow.cfg is read back by Airflow as it was given, and holds no secret.

use super::Finding;
use crate::error::Severity;
use crate::values::{Edition, OptionValue, Values};

/// Options that are secrets, as Airflow's documentation writes them, and the keys that say them.
const SECRETS: [(&str, &str); 8] = [
    ("[core] fernet_key", "fernetKey"),
    ("[core] sql_alchemy_conn", "data.metadataConnection"),
    ("[database] sql_alchemy_conn", "data.metadataConnection"),
    ("[celery] broker_url", "data.brokerUrl"),
    ("[celery] result_backend", "data.resultBackendConnection"),
    ("[webserver] secret_key", "webserverSecretKey"),
    ("[api] secret_key", "apiSecretKey"),
    ("[api_auth] jwt_secret", "jwtSecret"),
];

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    for (section, options) in &values.config.0 {
        // In sections of this name the options are names of others.
        let free = section.starts_with("kubernetes_") || section == "elasticsearch_configs";
        for (option, value) in options.iter().flatten() {
            let path = ["config", section, option];
            let key = path.join(".");
            let of_1_10 = values.edition() == Edition::V1_10;
            let written = format!("[{section}] {option}");
            let secrets = &SECRETS[..if of_1_10 { 2 } else { SECRETS.len() }];
            if let Some((_, instead)) = secrets.iter().find(|(name, _)| *name == written) {
                // The chart takes it, and so do values files that there are.
                let severity = if of_1_10 { Severity::Error } else { Severity::Warning };
                let error = Finding::of_value(severity, path, format!("`{key}` would stand in the config map, readable"), "a secret");
                findings.push(error.note("and the containers get another one by their environment").help(format!("set `{instead}`")));
            }
            if !free && option.chars().any(char::is_uppercase) {
                let error = Finding::error(path, format!("`{key}` is not in lower case"), "this option");
                findings.push(
                    error
                        .note("Airflow looks options up in lower case and would not see it")
                        .help(format!("write `{}`", option.to_lowercase())),
                );
            }
            let Some(OptionValue::Text(text)) = value else { continue };
            let known = |name: &str| options.iter().flatten().any(|(other, _)| other == name);
            if !interpolates(text, known) {
                let error = Finding::error(path, format!("`{key}` has a `%` that Airflow cannot interpolate"), "this value");
                let error =
                    error.note("in airflow.cfg `%(name)s` stands for another option of the section, and any other `%` makes Airflow fail");
                findings.push(error.help("write `%%` for a percent sign"));
            }
            if text.lines().skip(1).any(|line| line.trim_start().starts_with(['#', ';'])) {
                let error = Finding::error(path, format!("`{key}` has a line that begins with `#` or `;`"), "this value");
                findings.push(error.note("airflow.cfg takes such a line for a comment and drops it from the value"));
            }
        }
    }
}

/// Whether each percent sign is a double one, or begins the name of a known option: `%(name)s`.
fn interpolates(text: &str, known: impl Fn(&str) -> bool) -> bool {
    let rest = text.replace("%%", "");
    rest.match_indices('%').all(|(at, _)| {
        let name = rest[at + 1..].strip_prefix('(').and_then(|rest| rest.split_once(")s"));
        name.is_some_and(|(name, _)| known(name))
    })
}

#[cfg(test)]
mod tests {
    use super::interpolates;

    #[test]
    fn percent_signs_are_double_or_name_an_option() {
        for (text, expected) in [
            ("a", true),
            ("50%%", true),
            ("%(a)s/b", true),
            ("%%(asctime)s", true),
            ("%(b)s", false),
            ("50%", false),
            ("%(a", false),
            ("%%%", false),
        ] {
            assert_eq!(interpolates(text, |name| name == "a"), expected, "{text}");
        }
    }
}

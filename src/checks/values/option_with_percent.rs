//! An option of airflow.cfg has a percent sign that Airflow cannot interpolate.

use crate::checks::finding::Findings;
use crate::checks::option::CfgOption;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C101",
    name: "option-with-percent",
    level: Level::Error,
    what: "An option of airflow.cfg has a percent sign that Airflow cannot interpolate.",
    why: "In airflow.cfg `%(name)s` stands for another option of the section, and any other `%` makes Airflow fail.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "config: {core: {log_format: \"100% %(message)s\"}}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "fernetKeySecretName: airflow-fernet-key\n",
            "data: {metadataSecretName: airflow-database}\n",
            "config: {core: {log_format: \"100%% done\"}}\n"
        ),
    },
    check: Check::Option(check),
};

fn check(option: &CfgOption<'_>, found: &mut Findings) {
    let (key, known) = (option.key(), |name: &str| option.has_neighbour(name));
    if option.text().is_some_and(|text| !interpolates(text, known)) {
        found
            .in_value(option.path(), format!("`{key}` has a `%` that Airflow cannot interpolate"), "this value")
            .note("in airflow.cfg `%(name)s` stands for another option of the section, and any other `%` makes Airflow fail")
            .help("write `%%` for a percent sign");
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

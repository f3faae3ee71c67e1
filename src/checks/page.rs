//! The page of findings: what each rule finds, why, and what to write.

use std::fmt::Write as _;

use super::registry::{FAMILIES, editions, rules};
use super::rule::{Level, Of, Rule};
use crate::error::{Code, code};
use crate::values::Edition;

/// The page, in Markdown.
#[must_use]
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    let rules = rules();
    for (family, about) in FAMILIES {
        let _ = writeln!(page, "\n## {family}: {about}");
        for rule in rules.iter().filter(|rule| rule.family() == *family) {
            write_rule(&mut page, rule);
        }
    }
    page.push_str(OTHERS);
    for (Code { code, name, what, why }, instead) in code::ALL {
        let _ = writeln!(page, "\n### {code} {name}\n\n{what} {why}\n\nWhat to do: {instead}");
    }
    page
}

const OTHERS: &str = "
## Y1 and F1: what is no rule

Messages about keys and types (Y1), and about files and arguments (F1).
";

const HEAD: &str = "\
# Findings

What `gen` looks for beyond types, in the values and in the manifests that they give. Each rule has a code, which stays as it
is, and a name. An error stops the run; a warning does not, and a
note is about no fault.

This page is made of the rules themselves (`src/checks/`): `UPDATE_GOLDEN=1 cargo test` writes it.
";

fn write_rule(page: &mut String, rule: &Rule) {
    let Rule { code, name, what, why, example, .. } = rule;
    let (how_much, about) = (how_much(rule), about(rule));
    let block = |text: &str| format!("```yaml\n{}\n```\n", text.trim_end());
    let _ = writeln!(page, "\n### {code} {name}\n\n{what} {why}\n\n{how_much}");
    let _ = write!(page, "\nRefused{about}:\n\n{}\nInstead:\n\n{}", block(example.refused), block(example.instead));
}

/// How much a rule matters, and for which versions of Airflow it is.
pub(crate) fn how_much(rule: &Rule) -> String {
    let level = match rule.level {
        Level::Error => "An error",
        Level::Warning => "A warning",
        Level::Note => "A note",
        Level::ErrorIn1_10 => "An error for Airflow 1.10, a warning for Airflow 2.11 and 3",
        Level::ErrorUnlessForHelm => "An error; a warning with `delivery: helm`",
    };
    let of = match editions(rule)[..] {
        [Edition::V1_10] => ", for Airflow 1.10 alone",
        [Edition::Current] => ", for Airflow 2.11 and 3 alone",
        _ => "",
    };
    let asked = rule.profile().map(|profile| format!(", with `--profile {profile}`")).unwrap_or_default();
    format!("{level}{of}{asked}.")
}

/// Where the example of a rule is refused, to be put after "refused".
pub(crate) fn about(rule: &Rule) -> String {
    match rule.example.of {
        Of::Values => String::new(),
        Of::ValuesFor(version) => format!(" with `--kube-version {version}`"),
        Of::Manifests => " in manifests".to_owned(),
        Of::Anyones => " by `gen check`".to_owned(),
    }
}

//! An option is gone since an older version of Airflow.

use super::option_standing::Found;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Standing;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "C108",
    name: "option-gone",
    level: Level::Warning,
    what: "An option is gone since an older version of Airflow.",
    why: "Airflow does not read it any more, and says nothing of it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "config: {core: {remote_logging: \"True\"}}\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "config: {logging: {remote_logging: \"True\"}}\n"),
    },
    check: Check::Values(check),
};

/// The options of a section by which Airflow 2 logs in to the mail server (Airflow 3: `airflow/utils/email.py`).
const OF_LOGIN: [&str; 2] = ["smtp_user", "smtp_password"];

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for option in Found::all(subject) {
        let Standing::Gone(since, now) = option.standing else { continue };
        let title = format!("`{}` is no option since Airflow {since}", option.key);
        let finding = option.report(found, title, "nobody reads this");
        match now {
            Some(name) => finding.help(format!("`{}` has its place", option.instead(name))),
            None if option.is_one_of("smtp", &OF_LOGIN) => finding.help(
                "drop it; Airflow takes login and password for the mail server from the connection `smtp_default`, such as in the variable \
                 `AIRFLOW_CONN_SMTP_DEFAULT`",
            ),
            None => finding.help("drop it; nothing has its place"),
        };
    }
}

//! A variable for all containers of Airflow is one that gen sets.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::{Path, Schema};
use crate::values::{self, Said};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "E109",
    name: "variable-beside-built-in",
    level: Level::Warning,
    what: "A variable for all containers of Airflow is one that gen sets.",
    why: "The one that gen sets counts, as in the chart; only in pods of tasks the user's does, and they would differ from all others. The same \
          holds of `..._CMD` and `..._SECRET`: Airflow reads them where the variable itself is not there.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "env: [{name: AIRFLOW__CORE__FERNET_KEY_CMD, value: cat /keys/fernet}]\n"),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "enableBuiltInSecretEnvVars: {AIRFLOW__CORE__FERNET_KEY: false}\n",
            "env: [{name: AIRFLOW__CORE__FERNET_KEY_CMD, value: cat /keys/fernet}]\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let is_set = |name: &str| subject.known.variables.iter().any(|set| set == name);
    let has_task_pods = subject.values.executor.uses_kubernetes();
    for (name, at) in Said::variables(subject.values) {
        let is_for_all = ["env[", "secret[", "extraEnv"].iter().any(|key| at.starts_with(key));
        let indirect = ["_CMD", "_SECRET"].iter().find_map(|end| name.strip_suffix(end)).filter(|base| is_set(base) && !is_set(&name));
        let (set, title) = match indirect {
            Some(base) => (base, format!("the variable `{name}` has no effect beside `{base}`, which gen sets")),
            None if is_for_all && is_set(&name) => {
                (name.as_str(), format!("the variable `{name}` has no effect beside the one of that name, which gen sets"))
            }
            None => continue,
        };
        let finding = found.in_value(at.as_str(), title, "not heard").help(way_out(set));
        if indirect.is_none() && has_task_pods {
            finding.note("in pods of tasks it has one, and they differ from all others");
        }
    }
}

/// What has the variable be the user's.
fn way_out(variable: &str) -> String {
    let switch = Path::from(["enableBuiltInSecretEnvVars", variable]);
    match variable {
        "AIRFLOW_HOME" => "set `airflowHome`".to_owned(),
        _ if switch.schema(Schema::of(values::schema())).is_some() => format!("`{switch}: false` leaves the variable to you"),
        _ => "leave it out, or what has gen set it".to_owned(),
    }
}

//! A variable that is named as a secret has its value in the pod.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::ends_as_secret;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "S105",
    name: "secret-in-the-open",
    level: Level::Warning,
    what: "A variable that is named as a secret has its value in the pod.",
    why: "Whoever may look at the pod, or at what is committed, reads it.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "env: [{name: SMTP_PASSWORD, value: secret}]\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "secret: [{envName: SMTP_PASSWORD, secretName: smtp, secretKey: password}]\n"),
    },
    check: Check::Pod(check),
};

fn check(manifest: &Manifest, _: &Release<'_>, found: &mut Findings) {
    let containers = manifest.pod().into_iter().flat_map(|pod| pod.containers());
    for variable in containers.flat_map(|container| container.items(&["env"])) {
        let (name, value) = (variable.text(&["name"]).unwrap_or_default(), variable.text(&["value"]).unwrap_or_default());
        // Options of Airflow that end so name where a secret is; `$(NAME)` is another variable.
        if ends_as_secret(name) && !name.starts_with("AIRFLOW__") && !value.is_empty() && !value.starts_with("$(") {
            found
                .in_manifest(manifest, format_args!("the variable `{name}` has its value in the pod, readable"))
                .of_text(name, "name")
                .help(format!("take it from a Secret: in the values `secret: [{{envName: {name}, secretName: ..., secretKey: ...}}]`, in a pod `valueFrom.secretKeyRef`"));
        }
    }
}

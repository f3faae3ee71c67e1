//! A placeholder is left.

use super::placeholder_of_base64::is_base64;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::placeholders::Placeholder;
use crate::model::secret_data::SecretData;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "S102",
    name: "placeholder-left",
    level: Level::Warning,
    what: "A placeholder is left.",
    why: "The API server refuses a Secret whose data is not base64, and a pod cannot use a text with a placeholder in it.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 1.10.12\n",
            "data: {metadataSecretName: airflow-database}\n",
            "fernetKey: {placeholder: fill me in}\n"
        ),
        instead: concat!(
            "airflowVersion: 1.10.12\n",
            "data: {metadataSecretName: airflow-database}\n",
            "fernetKeySecretName: airflow-fernet-key\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for placeholder in subject.known.placeholders.iter().filter(|placeholder| !is_base64(placeholder)) {
        let Placeholder { key, data, secret } = placeholder;
        let place = format!("{key}.placeholder");
        let finding = found.in_value(&place, format!("`{place}` is a placeholder"), "goes into the Secret as it is");
        if matches!(data, SecretData::Open(_)) {
            finding.note(
                "it stands in a text, under the Secret's `stringData`: what takes its place there has to be written as the text wants it",
            );
        } else {
            let name = &secret.name;
            finding.note(format!("`kubectl apply` stops at the Secret `{name}` (illegal base64 data), applies the rest, and ends with 1"));
        }
        let way_out = match key.as_str() {
            "data.metadataConnection" => "set `data.metadataConnection.host`, `.user` and `.pass`".to_owned(),
            "fernetKey" => "set `fernetKey` to a fernet key".to_owned(),
            key if key.ends_with("storageAccountKey") => "set it to the storage account's key".to_owned(),
            key => format!("set `{key}`"),
        };
        finding.help(format!(
            "{way_out} before applying, in a values file that is not committed; or make the Secret yourself: {}",
            secret.command()
        ));
    }
}

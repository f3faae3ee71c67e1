//! The key of a storage account is malformed.

use super::persistence;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::values::SecretValue;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V104",
    name: "storage-account-key",
    level: Level::Error,
    what: "The key of a storage account is malformed.",
    why: "Azure's keys are base64, and another text cannot mount the share.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: true\n",
            "    volume: {azureFile: {storageAccount: account, shareName: files, storageAccountKey: not base64}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: true\n",
            "    volume: {azureFile: {storageAccount: account, shareName: files, storageAccountKey: c2VjcmV0}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (section, keys) in persistence(subject.values) {
        let key = keys.volume.as_ref().and_then(|volume| volume.azure_file.as_ref()?.storage_account_key.as_ref());
        if let Some(SecretValue::Text(text)) = key
            && (text.is_empty() || BASE64_STANDARD.decode(&**text).is_err())
        {
            let key = format!("{section}.persistence.volume.azureFile.storageAccountKey");
            found
                .in_value(&key, format!("`{key}` is not a storage account's key"), "not base64")
                .help("`az storage account keys list` shows it");
        }
    }
}

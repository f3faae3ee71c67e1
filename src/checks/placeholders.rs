//! Placeholders that are left: the API server refuses what they stand in.

use super::Finding;
use crate::model::storage;
use crate::values::{SecretValue, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let mut left = |key: String, way_out: &str| {
        let title = format!("`{key}` is a placeholder");
        let warning = Finding::warning(&key, title, "goes into the Secret as it is");
        findings.push(warning.note("the API server refuses a Secret whose data is not base64").help(way_out));
    };
    if let Some(SecretValue::Placeholder(_)) = &values.fernet_key {
        left("fernetKey".to_owned(), "set `fernetKey` to a fernet key before applying, in a values file that is not committed");
    }
    let connection = &values.data.metadata_connection;
    let existing = values.data.metadata_secret_name.as_ref().is_some_and(|name| !name.is_empty());
    if connection.placeholder.is_some() && connection.host.as_ref().is_none_or(|host| host.is_empty()) && !existing {
        let way_out = "set `data.metadataConnection.host`, `.user` and `.pass` before applying, in a values file that is not committed";
        left("data.metadataConnection.placeholder".to_owned(), way_out);
    }
    for (section, keys) in [("dags", &values.dags.persistence), ("logs", &values.logs.persistence)] {
        let share = keys.volume.as_ref().map(|volume| &volume.azure_file);
        let made = share.is_some_and(|share| storage::shares(values).any(|one| std::ptr::eq(one, share)));
        if made && matches!(share.and_then(|share| share.storage_account_key.as_ref()), Some(SecretValue::Placeholder(_))) {
            left(
                format!("{section}.persistence.volume.azureFile.storageAccountKey"),
                "set it to the storage account's key before applying, in a values file that is not committed",
            );
        }
    }
}

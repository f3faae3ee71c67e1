//! Volumes are described without contradiction.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::Finding;
use crate::model::edition_1_10::storage;
use crate::values::{SecretValue, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    for (section, keys) in [("dags", &values.dags.persistence), ("logs", &values.logs.persistence)] {
        if keys.enabled && keys.existing().is_some() && keys.volume.is_some() {
            let key = format!("{section}.persistence.existingClaim");
            let title = format!("`{section}.persistence` has both an `existingClaim` and a `volume`");
            findings.push(
                Finding::error(key, title, "a claim that exists binds its own volume")
                    .help("drop one of the two; `null` drops a key that another file sets"),
            );
        }
        if !keys.enabled && keys.volume.is_some() {
            let key = format!("{section}.persistence.volume");
            let warning = Finding::warning(&key, format!("`{key}` has no effect"), "described here");
            findings.push(warning.help(format!("set `{section}.persistence.enabled: true`")));
        }
        if keys.sub_path.as_ref().is_some_and(|path| path.split('/').any(|part| part == "..")) {
            let key = format!("{section}.persistence.subPath");
            findings.push(Finding::error(&key, format!("`{key}` must not lead out of the volume"), "`..` in it"));
        }
        let key = keys.volume.as_ref().and_then(|volume| volume.azure_file.storage_account_key.as_ref());
        if let Some(SecretValue::Text(text)) = key
            && (text.is_empty() || BASE64_STANDARD.decode(&**text).is_err())
        {
            let key = format!("{section}.persistence.volume.azureFile.storageAccountKey");
            findings.push(
                Finding::error(&key, format!("`{key}` is not a storage account's key"), "not base64")
                    .help("`az storage account keys list` shows it"),
            );
        }
    }
    let shares: Vec<_> = storage::shares(values).collect();
    if let [one, other] = shares.as_slice()
        && one.secret_name == other.secret_name
        && one.secret_namespace == other.secret_namespace
    {
        let text = |key: &Option<SecretValue>| if let Some(SecretValue::Text(text)) = key { Some(text.clone()) } else { None };
        let (first, second) = (text(&one.storage_account_key), text(&other.storage_account_key));
        let keys_differ = first.is_some() && second.is_some() && first != second;
        if one.storage_account != other.storage_account || keys_differ {
            let title = format!("two storage accounts share the Secret `{}`", &*one.secret_name);
            let error = Finding::error("logs.persistence.volume.azureFile", title, "another account or key than that of the DAGs");
            findings.push(error.help("give one of the two a `secretName` of its own"));
        }
    }
}

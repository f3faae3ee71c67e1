//! Volumes are described without contradiction.

use super::Finding;
use crate::model::storage;
use crate::values::{SecretValue, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    for (section, keys) in [("dags", &values.dags.persistence), ("logs", &values.logs.persistence)] {
        let existing = keys.existing_claim.as_ref().is_some_and(|name| !name.is_empty());
        if keys.enabled && existing && keys.volume.is_some() {
            let key = format!("{section}.persistence.existingClaim");
            let title = format!("`{section}.persistence` has both an `existingClaim` and a `volume`");
            findings.push(
                Finding::error(key, title, "a claim that exists binds its own volume")
                    .help("drop one of the two; `null` drops a key that another file sets"),
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
        let made = one.storage_account_key.is_some() || other.storage_account_key.is_some();
        if made && (one.storage_account != other.storage_account || keys_differ) {
            let title = format!("two storage accounts share the Secret `{}`", &*one.secret_name);
            let error = Finding::error("logs.persistence.volume.azureFile", title, "another account or key than that of the DAGs");
            findings.push(error.help("give one of the two a `secretName` of its own"));
        }
    }
}

//! Placeholders that are left: the API server refuses what they stand in.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::Finding;
use crate::model::edition_1_10::storage;
use crate::values::{SecretValue, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    if let Some(SecretValue::Placeholder(placeholder)) = &values.fernet_key {
        left(
            "fernetKey.placeholder",
            &placeholder.placeholder,
            "set `fernetKey` to a fernet key before applying, in a values file that is not committed",
            findings,
        );
    }
    connection(values, findings);
    for (section, keys) in [("dags", &values.dags.persistence), ("logs", &values.logs.persistence)] {
        let share = keys.volume.as_ref().map(|volume| &volume.azure_file);
        let made = share.is_some_and(|share| storage::shares(values).any(|one| std::ptr::eq(one, share)));
        if made && let Some(SecretValue::Placeholder(placeholder)) = share.and_then(|share| share.storage_account_key.as_ref()) {
            let key = format!("{section}.persistence.volume.azureFile.storageAccountKey.placeholder");
            left(
                &key,
                &placeholder.placeholder,
                "set it to the storage account's key before applying, in a values file that is not committed",
                findings,
            );
        }
    }
}

/// The placeholders of the keys that Airflow 2.11 and 3 have.
pub fn of_keys(values: &Values, findings: &mut Vec<Finding>) {
    let keys = [
        ("fernetKey", &values.fernet_key),
        ("apiSecretKey", &values.api_secret_key),
        ("jwtSecret", &values.jwt_secret),
        ("webserverSecretKey", &values.webserver_secret_key),
    ];
    for (key, value) in keys {
        if let Some(SecretValue::Placeholder(placeholder)) = value {
            let way_out = format!("set `{key}` before applying, in a values file that is not committed");
            left(&format!("{key}.placeholder"), &placeholder.placeholder, &way_out, findings);
        }
    }
    connection(values, findings);
}

/// The placeholder of the connection to the metadata database.
fn connection(values: &Values, findings: &mut Vec<Finding>) {
    let connection = &values.data.metadata_connection;
    if let Some(text) = connection.open_placeholder().filter(|_| values.data.existing_secret().is_none()) {
        let way_out = "set `data.metadataConnection.host`, `.user` and `.pass` before applying, in a values file that is not committed";
        left("data.metadataConnection.placeholder", text, way_out, findings);
    }
}

/// A placeholder that is left.
fn left(key: &str, text: &str, way_out: &str, findings: &mut Vec<Finding>) {
    if BASE64_STANDARD.decode(text).is_ok_and(|bytes| !bytes.is_empty()) {
        let error = Finding::error(key, format!("`{key}` is base64"), "not to be told from a real value");
        let error = error.note("the API server would take it for the secret itself");
        findings.push(error.help("for a placeholder choose a text with a blank in it; a real value is given plain, and gen encodes it"));
        return;
    }
    let title = format!("`{key}` is a placeholder");
    let warning = Finding::warning(key, title, "goes into the Secret as it is");
    findings.push(warning.note("the API server refuses a Secret whose data is not base64").help(way_out));
}

//! A fernet key is one that Airflow can use.

use super::Finding;
use crate::model::fernet;
use crate::values::{SecretValue, Values};

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    if values.keys.existing_fernet_key_secret().is_some() && values.keys.fernet_key.is_some() {
        let title = "both `fernetKey` and `fernetKeySecretName` are given";
        findings.push(
            Finding::error("fernetKeySecretName", title, "the key is to be taken from this Secret")
                .help("drop one of the two; `null` drops a key that another file sets"),
        );
    }
    if let Some(SecretValue::Text(key)) = &values.keys.fernet_key
        && let Some(fault) = fernet::fault(key)
    {
        let error = Finding::error("fernetKey", "`fernetKey` is not a fernet key", "this value").note(fault);
        findings.push(error.help("`gen fernet-key` prints one, as Python's `Fernet.generate_key()` makes it"));
    }
}

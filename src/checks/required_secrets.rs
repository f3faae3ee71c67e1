//! Secrets that pods need and the values do not give: they have to exist.

use super::Finding;
use crate::model::connection;
use crate::model::edition_1_10::name;
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let names = name::Names::for_values(values);
    let namespace = name::namespace(values);
    let mut missing = |key: &str, secret: String, literal: &str| {
        let warning = Finding::warning(key, format!("neither `{key}` nor the name of a Secret is given"), "");
        let warning = warning.note(format!("the pods refer to the Secret `{secret}`, which has to exist in the namespace `{namespace}`"));
        findings.push(
            warning.help(format!(
                "set it, or make the Secret: `kubectl create secret generic {secret} -n {namespace} --from-literal={literal}`"
            )),
        );
    };
    if values.fernet_key.is_none() && values.existing_fernet_key_secret().is_none() {
        missing("fernetKey", names.of("fernet-key"), "fernet-key=KEY");
    }
    let keys = &values.data.metadata_connection;
    if connection::host(keys).is_none() && keys.open_placeholder().is_none() && values.data.existing_secret().is_none() {
        missing("data.metadataConnection", names.of("airflow-metadata"), "connection=URI");
    }
}

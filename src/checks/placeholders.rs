//! Placeholders that are left: the API server refuses what they stand in, or a pod does.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::Finding;
use crate::model::Model;
use crate::model::placeholders::Placeholder;
use crate::model::secret_data::SecretData;

pub fn check(model: &Model, findings: &mut Vec<Finding>) {
    for Placeholder { key, data } in &model.known.placeholders {
        let place = format!("{key}.placeholder");
        let open = match data {
            SecretData::Placeholder(text) if BASE64_STANDARD.decode(text).is_ok_and(|bytes| !bytes.is_empty()) => {
                let error = Finding::error(&place, format!("`{place}` is base64"), "not to be told from a real value");
                let error = error.note("the API server would take it for the secret itself");
                findings.push(
                    error.help("for a placeholder choose a text with a blank in it; a real value is given plain, and gen encodes it"),
                );
                continue;
            }
            SecretData::Open(_) => true,
            SecretData::Placeholder(_) | SecretData::Known(_) => false,
        };
        let warning = Finding::warning(&place, format!("`{place}` is a placeholder"), "goes into the Secret as it is");
        let warning = if open {
            warning.note(
                "it stands in a text, under the Secret's `stringData`: what takes its place there has to be written as the text wants it",
            )
        } else {
            warning.note("the API server refuses a Secret whose data is not base64")
        };
        let way_out = match key.as_str() {
            "data.metadataConnection" => "set `data.metadataConnection.host`, `.user` and `.pass`".to_owned(),
            "fernetKey" => "set `fernetKey` to a fernet key".to_owned(),
            key if key.ends_with("storageAccountKey") => "set it to the storage account's key".to_owned(),
            key => format!("set `{key}`"),
        };
        findings.push(warning.help(format!("{way_out} before applying, in a values file that is not committed")));
    }
}

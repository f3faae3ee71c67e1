//! The Secrets that have to exist.

use super::facts::Facts;
use super::secrets::Secret;
use crate::model::connection::{self, Reader};
use crate::model::missing::{Fresh, Missing};
use crate::model::volume;
use crate::values::Values;

/// The Secrets that have to exist, for which the user gave neither a value nor a name.
pub fn missing(values: &Values, facts: &Facts<'_>) -> Vec<Missing> {
    let of = |key: &str, secret: &Secret, example: &str, fresh| Missing {
        key: key.to_owned(),
        name: secret.name.clone(),
        namespace: facts.namespace.clone(),
        literals: vec![(secret.key.to_owned(), example.to_owned())],
        fresh,
    };
    let key = of("fernetKey", &facts.fernet_key, "KEY", Some(Fresh::FernetKey));
    let uri = of(
        "data.metadataConnection",
        &facts.metadata,
        &connection::example(Reader::Sqlalchemy, values.data.metadata_connection.protocol()),
        None,
    );
    let mut missing = Vec::new();
    missing.extend(Some(key).filter(|_| !facts.fernet_key.create && values.keys.existing_fernet_key_secret().is_none()));
    missing.extend(Some(uri).filter(|_| !facts.metadata.create && values.data.existing_secret().is_none()));
    for (section, share) in volume::shares_with_key(values).filter(|(_, share)| share.lacks_key()) {
        let name = share.secret().to_owned();
        if missing.iter().all(|one: &Missing| one.name != name) && facts.storage_secrets.iter().all(|one| one.name != name) {
            missing.push(Missing {
                key: format!("{section}.persistence.volume.azureFile.storageAccountKey"),
                name,
                namespace: volume::secret_namespace(share, values, &facts.namespace),
                literals: vec![
                    (volume::ACCOUNT_NAME.to_owned(), share.storage_account.to_string()),
                    (volume::ACCOUNT_KEY.to_owned(), "KEY".to_owned()),
                ],
                fresh: None,
            });
        }
    }
    missing
}

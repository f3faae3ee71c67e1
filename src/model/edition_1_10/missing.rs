//! The Secrets that have to exist, and the placeholders that are left in the others.

use super::facts::Facts;
use super::secrets::Secret;
use crate::model::connection::{self, Reader};
use crate::model::missing::{Fresh, Missing};
use crate::model::placeholders::{self, Placeholder};
use crate::model::volume;
use crate::values::{AzureFile, Values};

/// The Secrets that have to exist, for which the user gave neither a value nor a name.
pub fn missing(values: &Values, facts: &Facts<'_>) -> Vec<Missing> {
    let mut missing = Vec::new();
    missing.extend(Some(fernet_key(facts)).filter(|_| !facts.fernet_key.create && values.keys.existing_fernet_key_secret().is_none()));
    missing.extend(Some(metadata(values, facts)).filter(|_| !facts.metadata.create && values.data.existing_secret().is_none()));
    for (section, share) in volume::shares_with_key(values).filter(|(_, share)| share.lacks_key()) {
        let name = share.secret();
        if missing.iter().all(|one: &Missing| one.name != name) && facts.storage_secrets.iter().all(|one| one.name != name) {
            missing.push(storage(values, facts, section, share));
        }
    }
    missing
}

/// The placeholders that are left in the Secrets.
pub fn placeholders(values: &Values, facts: &Facts<'_>) -> Vec<Placeholder> {
    let mut made = vec![(fernet_key(facts), &facts.fernet_key), (metadata(values, facts), &facts.metadata)];
    for secret in &facts.storage_secrets {
        let share = volume::shares_with_key(values).find(|(_, share)| share.secret() == secret.name);
        made.extend(share.map(|(section, share)| (storage(values, facts, section, share), secret)));
    }
    made.into_iter().filter(|(_, secret)| secret.create).filter_map(|(wanted, secret)| placeholders::of(wanted, &secret.keys)).collect()
}

fn fernet_key(facts: &Facts<'_>) -> Missing {
    of(facts, "fernetKey", &facts.fernet_key, "KEY", Some(Fresh::FernetKey))
}

fn metadata(values: &Values, facts: &Facts<'_>) -> Missing {
    let example = connection::example(Reader::Sqlalchemy, values.data.metadata_connection.protocol());
    of(facts, "data.metadataConnection", &facts.metadata, &example, None)
}

fn of(facts: &Facts<'_>, key: &str, secret: &Secret, example: &str, fresh: Option<Fresh>) -> Missing {
    Missing {
        key: key.to_owned(),
        name: secret.name.clone(),
        kind: None,
        namespace: facts.namespace.clone(),
        literals: vec![(secret.key.to_owned(), example.to_owned())],
        fresh,
        is_open: false,
    }
}

fn storage(values: &Values, facts: &Facts<'_>, section: &str, share: &AzureFile) -> Missing {
    Missing {
        key: format!("{section}.persistence.volume.azureFile.storageAccountKey"),
        name: share.secret().to_owned(),
        kind: None,
        namespace: volume::secret_namespace(share, values, &facts.namespace),
        literals: vec![
            (volume::ACCOUNT_NAME.to_owned(), share.storage_account.to_string()),
            (volume::ACCOUNT_KEY.to_owned(), "KEY".to_owned()),
        ],
        fresh: None,
        is_open: false,
    }
}

//! The Secrets of databases' passwords, git repositories and storage accounts.

use super::maker::{Maker, of};
use crate::model::current::secret::{Derived, Secret, Source};
use crate::model::current::{broker, log_store};
use crate::model::git_sync::Version;
use crate::model::missing::Fresh;
use crate::model::secret_data::{SecretData, SecretKeys};
use crate::model::volume;
use crate::values::{Connection, Delivery, LogStore, RemoteKey, SecretGroup};

/// The password of a database alone, where the user or a store has it.
pub fn password(make: &Maker<'_>, values_key: &str, base: &str, connection: &Connection) -> Secret {
    let source = make.asked(values_key).map_or(Source::Missing, Source::Store);
    let secret = Secret { source, ..make.secret(values_key, base, "password", None) };
    let secret = secret.named(connection.pass_secret_name.as_ref());
    match &connection.pass_secret_key {
        Some(key) if matches!(secret.source, Source::Named) => Secret { key: key.to_string(), ..secret },
        _ => secret,
    }
}

/// The password of the metadata database alone: the user's or a store's, or that of the PostgreSQL among the manifests.
pub fn metadata_password(make: &Maker<'_>) -> Secret {
    let values = make.values;
    let secret = password(make, "data.metadataConnection.pass", "metadata-password", &values.data.metadata_connection);
    if secret.is_elsewhere() || !values.postgresql.shares_password(values) {
        return secret;
    }
    Secret { name: make.names.of_component(&values.postgresql), source: Source::Server, ..secret }
}

/// The URI of Celery's broker: by itself, or around the password of the Redis that is among the manifests.
pub fn broker_url(make: &Maker<'_>) -> Secret {
    let (values, names) = (make.values, make.names);
    let url = broker::url(values, names);
    if !broker::is_bundled(values) || values.data.gives_broker() || make.asked("data.brokerUrl").is_some() {
        return make.secret("data.brokerUrl", "broker-url", "connection", url).named(values.data.broker_url_secret_name.as_ref());
    }
    // Percent-encoded: the `+` that a query has for a blank is not one here.
    let password = r#"{{ .password | urlquery | replace "+" "%20" }}"#;
    let connection = Derived {
        key: "connection",
        template: Some(broker::around_password(values, names, password)),
        example: broker::example(values, names),
    };
    // The password in a Secret of the user's is not known here, and a fresh one would be wrong.
    let known = values.redis.password_secret_name.is_none();
    let secret = make.secret("redis.password", "broker-url", "connection", url).fresh_if(Fresh::Text, known);
    let source = match secret.source {
        // What the store has is the password, under the name of its own Secret.
        Source::Store(_) => {
            Source::Store(make.asked("redis.password").unwrap_or_else(|| RemoteKey::Name(names.of("redis-password").as_str().into())))
        }
        other => other,
    };
    Secret { stored_keys: vec!["password"], derived_keys: vec![connection], source, ..secret }
}

/// The key by which git-sync logs in with ssh.
pub fn git_ssh_key(make: &Maker<'_>) -> Secret {
    let git = &make.values.dags.git_sync;
    let key = git.ssh_key.as_ref().filter(|_| git.enabled).map(|key| &key.0);
    let named = git.ssh_key_secret.is_some();
    let asked = make.asked("dags.gitSync.sshKey").is_some();
    make.secret("dags.gitSync.sshKey", "ssh-secret", "gitSshKey", of(key))
        .named(git.ssh_key_secret.as_ref())
        .wanted(git.enabled && (git.ssh_key.is_some() || named || asked))
}

/// The user and the password or token by which git-sync logs in with https.
pub fn git_credentials(make: &Maker<'_>) -> Secret {
    let git = &make.values.dags.git_sync;
    let given = git.credentials.as_ref().filter(|_| git.enabled);
    let version = Version::of(make.values);
    let (usernames, passwords) = (version.usernames().iter().copied(), version.passwords());
    let plain: Vec<_> = given.into_iter().flat_map(|keys| usernames.clone().map(|name| (name, keys.username.to_string()))).collect();
    let keys = of(given.and_then(|keys| keys.password.as_ref())).map(|password| {
        let users = plain.iter().map(|(name, user)| (*name, SecretData::Known(user.clone())));
        SecretKeys(users.chain(passwords.iter().map(|name| (*name, password.clone()))).collect())
    });
    let named = git.credentials_secret.is_some();
    let secret = make
        .with_keys("dags.gitSync.credentials.password", make.names.of("git-credentials"), passwords[passwords.len() - 1], keys)
        .named(git.credentials_secret.as_ref())
        .wanted(git.enabled && (given.is_some() || named));
    Secret { stored_keys: passwords.to_vec(), plain_keys: plain, ..secret }
}

/// The private key of the GitHub App by which git-sync logs in.
pub fn github_app(make: &Maker<'_>) -> Secret {
    let git = &make.values.dags.git_sync;
    let app = git.github_app.as_ref().filter(|_| git.enabled);
    let key = app.and_then(|app| app.private_key.as_ref()).map(|key| &key.0);
    make.secret("dags.gitSync.githubApp.privateKey", "github-app", "githubAppPrivateKey", of(key))
        .named(app.and_then(|app| app.private_key_secret.as_ref()))
        .wanted(app.is_some())
}

/// The address of Elasticsearch or OpenSearch, where the logs of tasks are.
pub fn log_store(make: &Maker<'_>, section: &'static str, store: &LogStore) -> Secret {
    // Of OpenSearch Airflow reads user and password by themselves, which the chart does not give it.
    let in_parts = section == "opensearch" && make.values.delivery != Delivery::Helm;
    let keys = log_store::keys(make.values, store, in_parts);
    make.with_keys(&format!("{section}.connection"), make.names.of(section), "connection", keys)
        .named(store.secret_name.as_ref())
        .among(SecretGroup::Logs)
}

/// The names and keys of storage accounts, each once.
pub fn storage(make: &Maker<'_>) -> Vec<Secret> {
    let mut secrets: Vec<Secret> = Vec::new();
    for (section, share) in volume::shares_with_key(make.values) {
        let values_key = format!("{section}.persistence.volume.azureFile.storageAccountKey");
        let keys = volume::account_keys(share);
        let is_named = share.secret_name.is_some() && keys.is_none() && make.asked(&values_key).is_none();
        let secret = make.with_keys(&values_key, share.secret().to_owned(), volume::ACCOUNT_KEY, keys).wanted(true);
        let secret = Secret {
            source: if is_named { Source::Named } else { secret.source.clone() },
            namespace: Some(volume::secret_namespace(share, make.values, &make.names.namespace)),
            plain_keys: vec![(volume::ACCOUNT_NAME, share.storage_account.to_string())],
            ..secret
        }
        .among(SecretGroup::Storage);
        let same = |one: &&mut Secret| one.name == secret.name && one.namespace == secret.namespace;
        match secrets.iter_mut().find(same) {
            // `checks/values/storage_accounts_share_secret.rs` sees to it that both are the same; one of them may leave the key out.
            Some(known) if known.made().is_none() => *known = secret,
            Some(_) => {}
            None => secrets.push(secret),
        }
    }
    secrets
}

//! Volumes are described without contradiction.

use base64::{Engine as _, prelude::BASE64_STANDARD};

use super::Finding;
use crate::model::volume;
use crate::values::{AccessMode, SecretValue, Values, Volume};

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
        let key = keys.volume.as_ref().and_then(|volume| volume.azure_file.as_ref()?.storage_account_key.as_ref());
        if let Some(SecretValue::Text(text)) = key
            && (text.is_empty() || BASE64_STANDARD.decode(&**text).is_err())
        {
            let key = format!("{section}.persistence.volume.azureFile.storageAccountKey");
            findings.push(
                Finding::error(&key, format!("`{key}` is not a storage account's key"), "not base64")
                    .help("`az storage account keys list` shows it"),
            );
        }
        if let Some(volume) = &keys.volume {
            sources(section, volume, findings);
        }
        let by_mode = (keys.access_mode == Some(AccessMode::ReadOnlyMany)).then_some("logs.persistence.accessMode");
        let by_volume = keys.volume.as_ref().is_some_and(Volume::is_read_only).then_some("logs.persistence.volume");
        if let Some(key) = by_mode.or(by_volume).filter(|_| section == "logs" && keys.enabled) {
            findings.push(Finding::error(key, format!("`{key}` is for reading only"), "nothing could write a log there"));
        }
    }
    let shares: Vec<_> = volume::shares_with_key(values).map(|(_, share)| share).collect();
    if let [one, other] = shares.as_slice()
        && one.secret() == other.secret()
        && one.secret_namespace == other.secret_namespace
    {
        let text = |key: &Option<SecretValue>| key.as_ref().and_then(SecretValue::text).map(str::to_owned);
        let (first, second) = (text(&one.storage_account_key), text(&other.storage_account_key));
        let keys_differ = first.is_some() && second.is_some() && first != second;
        if one.storage_account != other.storage_account || keys_differ {
            let title = format!("two storage accounts share the Secret `{}`", one.secret());
            let error = Finding::error("logs.persistence.volume.azureFile", title, "another account or key than that of the DAGs");
            findings.push(error.help("give one of the two a `secretName` of its own"));
        }
    }
}

/// A volume is on one storage system, and fully described.
fn sources(section: &str, volume: &Volume, findings: &mut Vec<Finding>) {
    let Volume { azure_file, efs, filestore, nfs, csi, reclaim_policy: _, mount_options: _ } = volume;
    let key = format!("{section}.persistence.volume");
    let all = [
        ("azureFile", azure_file.is_some()),
        ("efs", efs.is_some()),
        ("filestore", filestore.is_some()),
        ("nfs", nfs.is_some()),
        ("csi", csi.is_some()),
    ];
    let given: Vec<&str> = all.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
    match given.as_slice() {
        [_] => {}
        [] => {
            findings.push(Finding::error(&key, format!("`{key}` does not say where the volume is"), "this map").help(
                "give one of `azureFile`, `efs`, `filestore`, `nfs` and `csi`, or leave it out for a volume that a storage class makes",
            ));
        }
        [first, second, ..] => {
            findings.push(
                Finding::error(
                    format!("{key}.{second}"),
                    format!("`{key}` has both `{first}` and `{second}`"),
                    "a volume is on one of them",
                )
                .help("drop one of the two; `null` drops a key that another file sets"),
            );
        }
    }
    if let Some(efs) = efs.as_ref().filter(|efs| efs.access_point_id.is_some() && efs.encrypt_in_transit == Some(false)) {
        let place = format!("{key}.efs.encryptInTransit");
        let error = Finding::error(&place, "an access point of EFS needs encryption in transit", "not encrypted");
        findings.push(
            error.note(format!("the access point is `{}`", efs.access_point_id.as_deref().map_or("", |id| id))).help("drop one of the two"),
        );
    }
}

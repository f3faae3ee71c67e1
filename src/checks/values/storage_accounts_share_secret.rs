//! Two storage accounts share one Secret.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::model::volume;
use crate::values::SecretValue;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V109",
    name: "storage-accounts-share-secret",
    level: Level::Error,
    what: "Two storage accounts share one Secret.",
    why: "A Secret holds the name and the key of one account.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dags: {persistence: {enabled: true, volume: {azureFile: {storageAccount: first, shareName: dags}}}}\n",
            "logs: {persistence: {enabled: true, volume: {azureFile: {storageAccount: second, shareName: logs}}}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "dags: {persistence: {enabled: true, volume: {azureFile: {storageAccount: first, shareName: dags}}}}\n",
            "logs: {persistence: {enabled: true, volume: {azureFile: {storageAccount: second, shareName: logs, secretName: logs-account}}}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let shares: Vec<_> = volume::shares_with_key(subject.values).map(|(_, share)| share).collect();
    if let [one, other] = shares.as_slice()
        && one.secret() == other.secret()
        && one.secret_namespace == other.secret_namespace
    {
        let key = one.storage_account_key.as_ref().and_then(SecretValue::text);
        let keys = key.zip(other.storage_account_key.as_ref().and_then(SecretValue::text));
        if one.storage_account != other.storage_account || keys.is_some_and(|(first, second)| first != second) {
            let title = format!("two storage accounts share the Secret `{}`", one.secret());
            found
                .in_value("logs.persistence.volume.azureFile", title, "another account or key than that of the DAGs")
                .help("give one of the two a `secretName` of its own");
        }
    }
}

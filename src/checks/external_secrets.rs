//! What a store is asked for is a secret that the set has, and that nobody else gives.

use super::Finding;
use crate::model::Model;
use crate::schema::{Path, Step, nearest};
use crate::values::Values;

const KEYS: [&str; 3] = ["secrets", "externalSecrets", "keys"];

pub fn check(values: &Values, model: &Model, findings: &mut Vec<Finding>) {
    let Some(store) = &values.secrets.external_secrets else { return };
    let known = &model.known.secrets;
    for key in store.keys.keys() {
        let path = Path(KEYS.iter().map(|key| Step::Key((*key).to_owned())).chain([Step::Key(key.clone())]).collect());
        match known.iter().find(|secret| secret.key == *key) {
            None => {
                let names = known.iter().map(|secret| secret.key.as_str());
                let error = Finding::error(path, format!("`{key}` is not the key of a secret"), "not a key that holds one");
                findings.push(match nearest(key, names.clone()) {
                    Some(nearest) => error.help(format!("did you mean `{nearest}`?")),
                    None => error.help(format!("the keys are {}", names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", "))),
                });
            }
            Some(secret) if secret.is_given => findings.push(
                Finding::error(path, format!("`{key}` is given and asked of the store"), "the store is asked for it")
                    .help("drop one of the two; `null` drops a key that another file sets"),
            ),
            Some(secret) if !secret.is_wanted => findings
                .push(Finding::warning(path, format!("nobody reads `{key}`"), "no ExternalSecret is made for it").help("leave it out")),
            Some(_) => {}
        }
    }
}

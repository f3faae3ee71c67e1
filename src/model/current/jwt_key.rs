//! The private key that signs tokens: where the pods that sign and check have it.

use serde::Serialize;

use super::basis::Basis;
use crate::model::external::External;
use crate::model::variable::{Env, plain};
use crate::values::{Component, JwtPrivateKey, Need};

/// The folder in which the containers have the files.
const FOLDER: &str = "/etc/airflow-jwt";
/// The files.
const PRIVATE_KEY: &str = "private-key.pem";
const TRUSTED_KEYS: &str = "trusted-jwks.json";

/// What templates see of it.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JwtKey {
    secret: String,
    items: Vec<Item>,
    folder: &'static str,
}

/// A key of the Secret, and the file that has it (Kubernetes: `KeyToPath`).
#[derive(Clone, Debug, Serialize)]
struct Item {
    key: String,
    path: &'static str,
}

/// What the values say of it, if Airflow reads it.
fn keys<'v>(basis: &Basis<'v>) -> Option<&'v JwtPrivateKey> {
    basis.values.keys.jwt_private_key.as_ref().filter(|_| basis.is_3())
}

impl JwtKey {
    /// The files, if there is a private key and the component signs or checks tokens.
    pub fn of(basis: &Basis<'_>, component: &dyn Component) -> Option<Self> {
        let keys = keys(basis).filter(|_| component.needs().contains(&Need::Tokens))?;
        let private_key = keys.secret_key.as_deref().unwrap_or("jwt-private-key");
        let items = [Some((private_key, PRIVATE_KEY)), keys.trusted_jwks_secret_key.as_deref().map(|key| (key, TRUSTED_KEYS))];
        let items = items.into_iter().flatten().map(|(key, path)| Item { key: key.to_owned(), path }).collect();
        Some(Self { secret: keys.secret_name.to_string(), items, folder: FOLDER })
    }
}

/// The variables that tell Airflow of it.
pub fn variables<'v>(basis: &Basis<'v>) -> Env<'v> {
    let Some(keys) = keys(basis) else { return Env::new() };
    let file = |name: &str| format!("{FOLDER}/{name}");
    let trusted = keys.trusted_jwks_url.as_deref().map(str::to_owned).or(keys.trusted_jwks_secret_key.as_ref().map(|_| file(TRUSTED_KEYS)));
    let all = [
        ("AIRFLOW__API_AUTH__JWT_PRIVATE_KEY_PATH", Some(file(PRIVATE_KEY))),
        ("AIRFLOW__API_AUTH__JWT_ALGORITHM", keys.algorithm.map(|algorithm| algorithm.name().to_owned())),
        ("AIRFLOW__API_AUTH__JWT_KID", keys.key_id.as_deref().map(str::to_owned)),
        ("AIRFLOW__API_AUTH__TRUSTED_JWKS_URL", trusted),
    ];
    all.into_iter().filter_map(|(name, value)| Some(plain(name, value?))).collect()
}

/// The Secret that has to exist.
pub fn external(basis: &Basis<'_>) -> Option<External> {
    keys(basis).map(|keys| External::object("Secret", keys.secret_name.to_string()))
}

//! The Secrets that one component alone reads.

use super::maker::{self, Maker};
use crate::model::current::external_secret;
use crate::model::current::secret::{Derived, Restarts, Secret};
use crate::model::missing::Fresh;
use crate::model::secret_data::SecretData;
use crate::values::{Component, OwnSecret, SecretForm, SecretValue};

/// A Secret that one component alone reads.
#[derive(Clone, Debug)]
pub struct Own {
    /// The component's key.
    pub component: &'static str,
    /// Its name in the component's templates.
    pub id: &'static str,
    /// The variable that the component's pods get it as.
    pub variable: Option<&'static str>,
    pub secret: Secret,
}

/// Those of all components.
pub fn of_components(make: &Maker<'_>) -> Vec<Own> {
    let components = make.values.components().into_iter();
    components
        .flat_map(|(key, component)| component.secrets(make.values).into_iter().map(move |one| made(make, key, component, &one)))
        .collect()
}

/// The Secret that a component, which has `component_key` in the values, declares.
fn made(make: &Maker<'_>, component_key: &'static str, component: &dyn Component, declared: &OwnSecret<'_>) -> Own {
    let &OwnSecret {
        id, values_key, object_name, key, ref form, value, existing, is_wanted, any_will_do, variable, checksum, group, ..
    } = declared;
    let name = if object_name == component.object_name() { make.names.of_component(component) } else { make.names.of(object_name) };
    let keys = data(form, value).map(|data| maker::keys(key, data));
    let secret = make.with_keys(values_key, name, key, keys).named(existing);
    let secret = Secret {
        derived_keys: match form {
            SecretForm::Data | SecretForm::Base64 => Vec::new(),
            SecretForm::After(text) => {
                let template = Some(external_secret::after(text, key));
                vec![Derived { key, template, example: format!("{text}{}", key.to_uppercase()) }]
            }
        },
        restarts: checksum.map(|name| Restarts::Component(component_key, name)),
        ..secret.wanted(is_wanted).fresh_if(Fresh::Text, any_will_do).among(group)
    };
    Own { component: component_key, id, variable, secret }
}

/// What its key holds, if the secret is given.
fn data(form: &SecretForm, value: Option<&SecretValue>) -> Option<SecretData> {
    let data = maker::of(value)?;
    Some(match form {
        SecretForm::Data => data,
        SecretForm::After(text) => data.after(text),
        SecretForm::Base64 => data.in_base64(),
    })
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;
    use serde_json::json;

    use super::*;
    use crate::model::current::basis::Basis;
    use crate::model::current::checksums::Checksums;
    use crate::model::current::external_secret::ExternalSecretSpec;
    use crate::model::current::secret::Source;
    use crate::model::current::{env, needed_secrets};
    use crate::values::{Annotations, SecretGroup, Values};

    /// What a component declares that has `flower` in the values and logs in as `grace`.
    fn declared(value: Option<&SecretValue>) -> OwnSecret<'_> {
        OwnSecret {
            values_key: "flower.password",
            id: "login",
            object_name: "login",
            key: "login",
            form: SecretForm::After("grace:".to_owned()),
            value,
            existing: None,
            is_wanted: true,
            any_will_do: true,
            variable: Some("LOGIN"),
            checksum: Some("login-secret"),
            is_made_once: false,
            annotations: Annotations::default(),
            group: SecretGroup::Keys,
        }
    }

    /// The facts, with what is declared among the Secrets.
    fn basis<'v>(values: &'v Values, declared: &OwnSecret<'_>) -> Basis<'v> {
        let mut basis = Basis::of(values);
        basis.secrets.own = vec![made(&Maker { values, names: &basis.names }, "flower", &values.redis, declared)];
        basis
    }

    fn secret(text: &str) -> SecretValue {
        serde_json::from_str(text).unwrap()
    }

    #[test]
    fn a_key_holds_the_secret_with_what_stands_before_it() {
        let (known, open) = (secret(r#""hopper""#), secret(r#"{"placeholder": "BASE64"}"#));
        let after = SecretForm::After("grace:".to_owned());
        let of = |form: &SecretForm, value: &SecretValue| data(form, Some(value)).unwrap();
        assert!(of(&SecretForm::Data, &known) == SecretData::Known("hopper".to_owned()));
        assert!(of(&after, &known) == SecretData::Known("grace:hopper".to_owned()));
        assert!(of(&SecretForm::Data, &open).is_open() && of(&after, &open).is_open());
        assert!(data(&after, None).is_none() && data(&after, Some(&secret("\"\""))).is_none());
    }

    #[test]
    fn a_missing_secret_is_made_with_what_stands_before_it() {
        let values = Values::default();
        let missing = needed_secrets::missing(&basis(&values, &declared(None)));
        let [one] = missing.iter().filter(|one| one.key == "flower.password").collect::<Vec<_>>()[..] else { panic!("{missing:?}") };
        assert_eq!(one.literals, [("login".to_owned(), "grace:LOGIN".to_owned())]);
        assert_eq!(one.fresh, Some(Fresh::Text));
        let alone = OwnSecret { form: SecretForm::Data, any_will_do: false, ..declared(None) };
        let missing = needed_secrets::missing(&basis(&values, &alone));
        let one = missing.iter().find(|one| one.key == "flower.password").unwrap();
        assert_eq!((one.literals[0].1.as_str(), one.fresh), ("LOGIN", None));
    }

    #[test]
    fn a_store_has_the_secret_without_what_stands_before_it() {
        let values: Values = serde_json::from_str(r#"{"secrets": {"externalSecrets": {"store": "vault"}}}"#).unwrap();
        let template = |declared: &OwnSecret<'_>| {
            let basis = basis(&values, declared);
            let secret = &basis.secrets.own[0].secret;
            let Source::Store(remote) = &secret.source else { panic!("{secret:?}") };
            let spec = ExternalSecretSpec::of(values.secrets.external_secrets.as_ref().unwrap(), remote, secret);
            let spec = serde_json::to_value(spec).unwrap();
            assert_eq!(spec["data"][0]["secretKey"], "login");
            spec["target"]["template"]["data"].clone()
        };
        assert_eq!(template(&declared(None)), json!({"login": "grace:{{ .login }}"}));
        assert_eq!(template(&OwnSecret { form: SecretForm::Data, ..declared(None) }), json!(null));
    }

    #[test]
    fn a_component_gets_its_secret_as_a_variable() {
        let values = Values::default();
        let variables = |key: &str, declared: &OwnSecret<'_>| json!(env::of_own_secrets(&basis(&values, declared), key));
        let reference = json!({"secretKeyRef": {"name": "airflow-login", "key": "login"}});
        assert_eq!(variables("flower", &declared(None)), json!([{"name": "LOGIN", "valueFrom": reference}]));
        assert_eq!(variables("redis", &declared(None)), json!([]));
        assert_eq!(variables("flower", &OwnSecret { is_wanted: false, ..declared(None) }), json!([]));
        assert_eq!(variables("flower", &OwnSecret { variable: None, ..declared(None) }), json!([]));
    }

    #[test]
    fn a_change_restarts_the_component_that_says_so_alone() {
        let values = Values::default();
        let sums = |value: &str, checksum: Option<&'static str>, key: &str| {
            let value = secret(value);
            let checksums = Checksums::of(&basis(&values, &OwnSecret { checksum, ..declared(Some(&value)) }), &IndexMap::new());
            checksums.of_component(key, &values.redis).collect::<Vec<_>>()
        };
        let name = Some("login-secret");
        let one = sums("\"hopper\"", name, "flower");
        assert_eq!(one.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["checksum/login-secret"]);
        assert_ne!(one, sums("\"other\"", name, "flower"));
        assert_eq!(sums("\"hopper\"", name, "redis"), []);
        assert_eq!(sums("\"hopper\"", None, "flower"), []);
    }
}

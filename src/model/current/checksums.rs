//! Checksums over data: a pod that refers to it is replaced when the data changes, and only then.

use indexmap::IndexMap;

use super::basis::Basis;
use super::extras;
use super::secret::Restarts;
use crate::checksum;
use crate::values::{Component, Need};

/// The checksums of the data that is among the manifests, by who refers to it.
pub struct Checksums {
    /// Those of the data that all of Airflow refers to, and whether those do too that reach the API server alone.
    airflow: Vec<((String, String), bool)>,
    /// Those of the data that makers and checkers of tokens refer to.
    tokens: Vec<(String, String)>,
    /// Those of the data that one component alone refers to, each with the component's key.
    own: Vec<(&'static str, (String, String))>,
}

impl Checksums {
    /// The checksums of the config map's files, of what the user adds, and of the Secrets.
    pub fn of(basis: &Basis<'_>, config: &IndexMap<&'static str, String>) -> Self {
        let named = |name: &str, sum: String| (format!("checksum/{name}"), sum);
        let mut airflow = vec![(named("airflow-config", checksum::of(config.iter().map(|(key, value)| (*key, value.as_str())))), true)];
        airflow.extend(extras::checksums(basis).into_iter().map(|(name, sum)| (named(name, sum), true)));
        let (mut tokens, mut own) = (Vec::new(), Vec::new());
        for secret in basis.secrets.all().filter(|secret| secret.wanted) {
            let written = secret.written();
            let Some(restarts) = secret.restarts.filter(|_| !written.is_empty()) else { continue };
            let sum = checksum::of(written.iter().map(|(key, value)| (*key, value.as_str())));
            match restarts {
                Restarts::Airflow(name) => airflow.push((named(name, sum), true)),
                Restarts::AtHome(name) => airflow.push((named(name, sum), false)),
                Restarts::Tokens(name) => tokens.push(named(name, sum)),
                Restarts::Component(key, name) => own.push((key, named(name, sum))),
            }
        }
        airflow.sort();
        Self { airflow, tokens, own }
    }

    /// The annotations of a component's pods, which has `key` in the values.
    pub fn of_component(&self, key: &str, component: &dyn Component) -> impl Iterator<Item = (String, String)> {
        let airflow = if component.restarts_with_airflow() { self.airflow.as_slice() } else { &[] };
        let at_home = !component.needs().contains(&Need::ApiAlone);
        let airflow = airflow.iter().filter(move |(_, by_all)| at_home || *by_all).map(|(sum, _)| sum);
        let tokens = if component.needs().contains(&Need::Tokens) { self.tokens.as_slice() } else { &[] };
        let own = self.own.iter().filter(move |(whose, _)| *whose == key).map(|(_, sum)| sum);
        airflow.chain(tokens).chain(own).cloned()
    }
}

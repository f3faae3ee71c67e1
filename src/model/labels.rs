//! Labels, and the selectors that go with them.

use indexmap::IndexMap;

use super::name;
use crate::values::Values;

/// The chart that the objects of edition 1.10 say they come from, as the article's do.
const CHART: &str = "airflow-1.0.0";

/// Makes the labels of all objects.
#[derive(Clone, Debug)]
pub struct Labels {
    release: String,
    /// What the user wants on every object.
    extra: IndexMap<String, String>,
}

type Map = IndexMap<String, String>;

fn map<const N: usize>(pairs: [(&str, &str); N]) -> Map {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
}

impl Labels {
    pub fn of(values: &Values) -> Self {
        Self { release: name::release(values).to_owned(), extra: values.labels.0.clone() }
    }

    /// Of an object that has none of its own.
    pub fn plain(&self) -> Map {
        self.extra.clone()
    }

    /// Of the objects of a component.
    pub fn of_component(&self, component: &str) -> Map {
        let own = map([("tier", "airflow"), ("component", component), ("release", &self.release), ("chart", CHART), ("heritage", "Helm")]);
        self.extra.clone().into_iter().chain(own).collect()
    }

    /// By which a component's pods are found.
    pub fn selector(&self, component: &str) -> Map {
        map([("tier", "airflow"), ("component", component), ("release", &self.release)])
    }

    /// Of a component's pods: its selector, and what the user wants.
    pub fn of_pods(&self, component: &str) -> Map {
        self.extra.clone().into_iter().chain(self.selector(component)).collect()
    }

    /// Of a service account.
    pub fn of_account(&self) -> Map {
        let own = map([("tier", "airflow"), ("release", &self.release), ("chart", CHART), ("heritage", "Helm")]);
        self.extra.clone().into_iter().chain(own).collect()
    }

    /// Of a Secret.
    pub fn of_secret(&self) -> Map {
        let own = map([("release", self.release.as_str()), ("chart", "airflow"), ("heritage", "Helm")]);
        self.extra.clone().into_iter().chain(own).collect()
    }
}

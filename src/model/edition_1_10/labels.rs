//! Labels, and the selectors that go with them.

use super::name;
use crate::model::labels::{Labels, map};
use crate::values::Values;

/// The chart that the objects of edition 1.10 say they come from, as the article's do.
const CHART: &str = "airflow-1.0.0";

/// Makes the labels of all objects.
#[derive(Clone, Debug)]
pub struct Labelling {
    release: String,
    /// The user's labels for every object.
    extra: Labels,
}

impl Labelling {
    pub fn of(values: &Values) -> Self {
        Self { release: name::release(values).to_owned(), extra: values.labels.0.clone() }
    }

    /// The labels of an object that has none of its own.
    pub fn plain(&self) -> Labels {
        self.extra.clone()
    }

    /// The labels of a component's objects.
    pub fn of_component(&self, component: &str) -> Labels {
        let own = map([("tier", "airflow"), ("component", component), ("release", &self.release), ("chart", CHART), ("heritage", "Helm")]);
        self.extra.clone().into_iter().chain(own).collect()
    }

    /// The labels by which a component's pods are found.
    pub fn selector(&self, component: &str) -> Labels {
        map([("tier", "airflow"), ("component", component), ("release", &self.release)])
    }

    /// The labels of a component's pods: its selector, and the user's.
    pub fn of_pods(&self, component: &str) -> Labels {
        self.extra.clone().into_iter().chain(self.selector(component)).collect()
    }

    /// The labels of a service account.
    pub fn of_account(&self) -> Labels {
        let own = map([("tier", "airflow"), ("release", &self.release), ("chart", CHART), ("heritage", "Helm")]);
        self.extra.clone().into_iter().chain(own).collect()
    }

    /// The labels of a Secret.
    pub fn of_secret(&self) -> Labels {
        let own = map([("release", self.release.as_str()), ("chart", "airflow"), ("heritage", "Helm")]);
        self.extra.clone().into_iter().chain(own).collect()
    }
}

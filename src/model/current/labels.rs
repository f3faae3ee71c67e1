//! Labels, and the selectors that go with them.

use super::CHART;
use super::names::Names;
use crate::model::labels::{Labels, map};
use crate::values::{self, Values};

/// Makes the labels of all objects.
#[derive(Clone, Debug)]
pub struct Labelling {
    release: String,
    /// What the user wants on every object.
    extra: Labels,
}

impl Labelling {
    pub fn for_values(values: &Values, names: &Names) -> Self {
        Self { release: names.release.clone(), extra: values.labels.0.clone() }
    }

    fn with(&self, own: Labels, extra: Option<&values::Labels>) -> Labels {
        let mut labels = own;
        for (key, value) in self.extra.iter().chain(extra.iter().flat_map(|labels| &labels.0)) {
            labels.insert(key.clone(), value.clone());
        }
        labels
    }

    /// Of an object that belongs to no component.
    pub fn plain(&self) -> Labels {
        self.with(map([("tier", "airflow"), ("release", &self.release), ("chart", CHART), ("heritage", "Helm")]), None)
    }

    /// Of the objects of a component.
    pub fn of_component(&self, component: &str, extra: Option<&values::Labels>) -> Labels {
        let own = map([("tier", "airflow"), ("component", component), ("release", &self.release), ("chart", CHART), ("heritage", "Helm")]);
        self.with(own, extra)
    }

    /// Of an object that belongs to what `component` says.
    pub fn of(&self, component: &str) -> Labels {
        self.of_component(component, None)
    }

    /// Of the PostgreSQL that is among the manifests, which say what it is not for.
    pub fn of_bundled_database(&self) -> Labels {
        let mut labels = self.of("postgresql");
        labels.insert("airflow-gen/not-for-production".to_owned(), "true".to_owned());
        labels
    }

    /// An executor's name as a label has it.
    pub fn of_executor(executors: &values::Executors) -> String {
        executors.to_string().replace(',', "-")
    }

    /// By which a component's pods are found.
    pub fn selector(&self, component: &str) -> Labels {
        map([("tier", "airflow"), ("component", component), ("release", &self.release)])
    }

    /// By which all pods of the release are found.
    pub fn of_release(&self) -> Labels {
        map([("tier", "airflow"), ("release", &self.release)])
    }

    /// Of a component's pods: its selector, and what the user wants.
    pub fn of_pods(&self, component: &str, extra: Option<&values::Labels>) -> Labels {
        self.with(self.selector(component), extra)
    }
}

//! Labels, and the selectors that go with them.

use super::names::Names;
use crate::model::labels::{Labels, map};
use crate::values::{self, Component, Values};

/// The chart that objects say they come from.
pub const CHART: &str = "airflow-1.22.0";

/// Makes the labels of all objects.
#[derive(Clone, Debug)]
pub struct Labelling {
    release: String,
    /// The user's labels for every object.
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

    /// The labels of an object that belongs to no component.
    pub fn plain(&self) -> Labels {
        self.with(map([("tier", "airflow"), ("release", &self.release), ("chart", CHART), ("heritage", "Helm")]), None)
    }

    /// The labels of a component's objects.
    pub fn of_component(&self, component: &str, extra: Option<&values::Labels>) -> Labels {
        let own = map([("tier", "airflow"), ("component", component), ("release", &self.release), ("chart", CHART), ("heritage", "Helm")]);
        self.with(own, extra)
    }

    /// The labels of an object that belongs to what `component` says.
    pub fn of(&self, component: &str) -> Labels {
        self.of_component(component, None)
    }

    /// The labels of a component's objects, with the user's.
    pub fn of_objects(&self, component: &dyn Component) -> Labels {
        self.of_component(component.name(), component.workload().map(|workload| &workload.labels))
    }

    /// The labels of a component's objects, with those that it declares and without the user's for it.
    pub fn of_own(&self, component: &dyn Component) -> Labels {
        let declared = component.labels().iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        self.of(component.name()).into_iter().chain(declared).collect()
    }

    /// An executor's name as a label has it: 63 characters at most, with a letter or digit at the end (Kubernetes API).
    pub fn of_executor(executors: &values::Executors) -> String {
        let text: String = executors.to_string().replace([',', ':'], "-").chars().take(63).collect();
        text.trim_end_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()
    }

    /// The labels by which a component's pods are found.
    pub fn selector(&self, component: &str) -> Labels {
        map([("tier", "airflow"), ("component", component), ("release", &self.release)])
    }

    /// The labels by which all pods of the release are found.
    pub fn of_release(&self) -> Labels {
        map([("tier", "airflow"), ("release", &self.release)])
    }

    /// The labels of a component's pods: its selector, and the user's.
    pub fn of_pods(&self, component: &str, extra: Option<&values::Labels>) -> Labels {
        self.with(self.selector(component), extra)
    }
}

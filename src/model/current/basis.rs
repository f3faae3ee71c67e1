//! The values, and the facts that all other facts need.

use super::images::Images;
use super::labels::Labelling;
use super::names::Names;
use super::namespaces::TaskNamespaces;
use super::secrets::Secrets;
use super::server::Server;
use crate::values::{Component, Delivery, Values};

/// The values, and the facts that most other facts need.
pub struct Basis<'v> {
    pub values: &'v Values,
    pub names: Names,
    pub labelling: Labelling,
    pub images: Images,
    pub secrets: Secrets,
    pub task_namespaces: TaskNamespaces,
    pub server: Server,
}

impl<'v> Basis<'v> {
    pub fn of(values: &'v Values) -> Self {
        let names = Names::for_values(values);
        let task_namespaces = TaskNamespaces::of(values, &names);
        Self {
            labelling: Labelling::for_values(values, &names),
            images: Images::of(values),
            secrets: Secrets::of(values, &names),
            server: Server::of(values, &names, &task_namespaces, user_interface(values)),
            task_namespaces,
            names,
            values,
        }
    }

    /// Whether the manifests are to be as Helm would have them, to the letter.
    pub fn is_for_helm(&self) -> bool {
        self.values.delivery == Delivery::Helm
    }

    /// The namespace that objects name; none in Helm's manifests, since Helm adds it when it installs.
    pub fn namespace(&self) -> Option<&str> {
        (!self.is_for_helm()).then_some(self.names.namespace.as_str())
    }

    /// Whether the version of Airflow is 3 or later.
    pub fn is_3(&self) -> bool {
        self.values.airflow_version.major() >= 3
    }

    /// The components that are part of the set, each with its key.
    pub fn components(&self) -> impl Iterator<Item = (&'static str, &'v dyn Component)> {
        self.values.components().into_iter().filter(|(_, component)| component.enabled(self.values))
    }

    /// The component that serves the user interface.
    pub fn user_interface(&self) -> &'v dyn Component {
        user_interface(self.values)
    }
}

/// The component that serves the user interface: the API server since Airflow 3, before that the webserver.
fn user_interface(values: &Values) -> &dyn Component {
    if values.airflow_version.major() >= 3 { &values.api_server } else { &values.webserver }
}

//! How a component is reached from outside.

use crate::values::{HttpRoute, Ingress, Values};

/// How an Ingress exposes a component.
pub struct Exposure<'v> {
    /// The section of `ingress` that describes it.
    pub keys: &'v Ingress,
    /// The route of the Gateway API that may take its place, and its key.
    pub route: Option<(&'static str, &'v HttpRoute)>,
    /// The key of its path.
    pub path_key: &'static str,
    /// Whether the general `ingress.enabled` enables it too.
    pub by_general_key: bool,
    /// The suffix of the Ingress' name.
    pub object_name: &'static str,
    /// The value of the Ingress' label `component`.
    pub label: &'static str,
    /// The name of the container's port, which that of the component's Service has too.
    pub port: &'static str,
    /// The number of the container's port.
    pub number: u16,
}

impl Exposure<'_> {
    /// Whether there is an Ingress.
    #[must_use]
    pub fn is_made(&self, values: &Values) -> bool {
        self.keys.enabled || self.by_general_key && values.ingress.enabled == Some(true)
    }

    /// Its route and the key of that, if there is one.
    #[must_use]
    pub fn made_route(&self) -> Option<(&'static str, &HttpRoute)> {
        self.route.filter(|(_, route)| route.enabled)
    }
}

//! The port of a component's Service by which others reach the component.

use serde::Serialize;
use serde_json::Value;

use crate::values::{Component, PortName, ServicePort};

/// A port of a Service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entrance<'v> {
    /// Its name, if it has one.
    name: Option<&'v str>,
    /// Its number.
    pub number: u16,
}

/// A port of a Service, as an Ingress names it (Kubernetes: `ServiceBackendPort`).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Backend<'v> {
    Name(&'v str),
    Number(u16),
}

impl<'v> Entrance<'v> {
    /// The first port of the Service that leads to the container's port, which has this name and number; the Service's own, if
    /// the user gives it no ports, or none that leads there.
    pub fn of(component: &'v dyn Component, name: &'v str, number: u16) -> Self {
        let leads = |port: &&ServicePort| match port.target_port.as_ref().map(|target| &target.0) {
            None => port.port.0 == number,
            Some(Value::String(target)) => target == name,
            Some(target) => target.as_u64() == Some(u64::from(number)),
        };
        let own = Self { name: Some(name), number };
        component.service_ports().iter().find(leads).map_or(own, |port| Self { name: port.name.as_deref(), number: port.port.0 })
    }

    /// The same, as an Ingress names it.
    pub fn backend(self) -> Backend<'v> {
        // A Service takes names by which no Ingress can refer to it.
        let name = self.name.filter(|name| !name.is_empty() && PortName::takes(name));
        name.map_or(Backend::Number(self.number), Backend::Name)
    }
}

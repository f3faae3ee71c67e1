//! How a component is reached: Services, and who may come to them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::values::{Annotations, Cidr, IntOrString, Line, NetworkPolicyPeer, NetworkPolicyPort};

/// How a component is reached (Kubernetes: Service).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Service {
    /// From where: from within the cluster (`ClusterIP`), through a port of each node (`NodePort`), or from outside
    /// through the cloud's load balancer (`LoadBalancer`). Default: `ClusterIP`.
    #[serde(rename = "type")]
    pub kind: ServiceType,
    /// Annotations of the Service. Default: none.
    pub annotations: Annotations,
    /// The Service's ports. Default: one, with the number that `ports` has for the component.
    pub ports: Vec<ServicePort>,
    /// The address that the load balancer takes, where the cloud lets one choose. Default: any.
    #[serde(rename = "loadBalancerIP")]
    pub load_balancer_ip: Option<String>,
    /// The addresses that the load balancer lets in. Default: all.
    pub load_balancer_source_ranges: Vec<Cidr>,
}

/// A port of a Service.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServicePort {
    /// The port's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<Line>,
    /// Its number.
    pub port: PortNumber,
    /// The name or number of the port of the container that it leads to. Default: the same number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_port: Option<IntOrString>,
    /// The port of each node, for the types `NodePort` and `LoadBalancer`. Default: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_port: Option<PortNumber>,
    /// `TCP`, `UDP` or `SCTP`. Default: `TCP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<PortProtocol>,
    /// What is spoken at the port, such as `http` (Kubernetes: `appProtocol`). Default: not said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<Line>,
}

/// A protocol of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum PortProtocol {
    /// The usual one.
    Tcp,
    /// Without connections.
    Udp,
    /// With several streams.
    Sctp,
}

/// The number of a port. The chart takes it in quotes as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PortNumber(pub u16);

impl Serialize for PortNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u16(self.0)
    }
}

impl<'de> Deserialize<'de> for PortNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Written {
            Number(u16),
            Text(String),
        }
        match Written::deserialize(deserializer)? {
            Written::Number(number) => Ok(Self(number)),
            Written::Text(text) => text.parse().map(Self).map_err(serde::de::Error::custom),
        }
    }
}

impl JsonSchema for PortNumber {
    fn schema_name() -> Cow<'static, str> {
        "PortNumber".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "anyOf": [
                {"type": "integer", "minimum": 1, "maximum": 65535},
                {"type": "string", "pattern": "^[1-9][0-9]{0,3}$|^[1-5][0-9]{4}$|^6[0-5][0-9]{3}$", "maxLength": 5, "x-expected": "the number of a port"}
            ]
        })
    }
}

/// From where a Service is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum ServiceType {
    /// From within the cluster.
    #[default]
    ClusterIP,
    /// Through a port of each node.
    NodePort,
    /// From outside, through the cloud's load balancer.
    LoadBalancer,
}

/// Who may reach a component, where `networkPolicies.enabled` asks for policies (Kubernetes: NetworkPolicy).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkPolicy {
    /// What is let in.
    pub ingress: NetworkPolicyIngress,
}

/// What is let in.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkPolicyIngress {
    /// From whom. Default: nobody but Airflow's own pods.
    pub from: Vec<NetworkPolicyPeer>,
    /// At which ports. Default: that of the component.
    pub ports: Vec<NetworkPolicyPort>,
}

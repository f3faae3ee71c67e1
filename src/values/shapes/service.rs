//! Services, and network policies for them.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::values::{Annotations, AppProtocol, Cidr, IntOrString, NetworkPolicyPeer, NetworkPolicyPort, ServicePortName};

/// The Service in front of a component (Kubernetes: Service).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Service {
    /// The Service's type: reachable within the cluster (`ClusterIP`), through a port of each node (`NodePort`), or from
    /// outside through the cloud's load balancer (`LoadBalancer`). Default: `ClusterIP`.
    #[serde(rename = "type")]
    pub kind: ServiceType,
    /// Annotations of the Service. Default: none.
    pub annotations: Annotations,
    /// The Service's ports. Default: one, with the component's number in `ports`.
    pub ports: Vec<ServicePort>,
    /// The IP address of the load balancer, if the cloud lets you choose it. Default: any.
    #[serde(rename = "loadBalancerIP")]
    pub load_balancer_ip: Option<String>,
    /// The IP ranges that may connect to the load balancer, in CIDR notation. Default: all.
    pub load_balancer_source_ranges: Vec<Cidr>,
}

/// A port of a Service.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServicePort {
    /// The port's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<ServicePortName>,
    /// The port's number.
    pub port: PortNumber,
    /// The container's port, by name or number. Default: the same number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_port: Option<IntOrString>,
    /// The port of each node, for the types `NodePort` and `LoadBalancer`. Default: any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_port: Option<PortNumber>,
    /// `TCP`, `UDP` or `SCTP`. Default: `TCP`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub protocol: Option<PortProtocol>,
    /// The application protocol, such as `http` (Kubernetes: `appProtocol`). Default: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_protocol: Option<AppProtocol>,
}

/// A protocol of a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum PortProtocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// SCTP.
    Sctp,
}

/// The number of a port. It may be in quotes, as in the chart.
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
                {"type": "string", "pattern": "^[1-9][0-9]{0,3}$|^[1-5][0-9]{4}$|^6([0-4][0-9]{3}|5[0-4][0-9]{2}|55[0-2][0-9]|553[0-5])$", "maxLength": 5, "x-expected": "the number of a port"}
            ]
        })
    }
}

/// The type of a Service.
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

/// Who may connect to a component, if `networkPolicies.enabled` is `true` (Kubernetes: NetworkPolicy).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkPolicy {
    /// Allowed incoming connections.
    pub ingress: NetworkPolicyIngress,
}

/// Allowed incoming connections.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NetworkPolicyIngress {
    /// The peers that may connect. Default: only Airflow's own pods.
    pub from: Vec<NetworkPolicyPeer>,
    /// The ports that they may connect to. Default: the component's.
    pub ports: Vec<NetworkPolicyPort>,
}

//! The webserver.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Annotations, Cidr, Component, DeploymentStrategy, Extras, Need, Probe, Resources, ServicePort, Workload};

/// The webserver.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Webserver {
    /// How many webservers run. Default: 1.
    pub replicas: u32,
    /// How new pods replace old ones. Default of edition 1.10: one after the other.
    pub strategy: DeploymentStrategy,
    /// The command of the container. Default: the image's.
    pub command: Option<Vec<String>>,
    /// The arguments of the command. Default of edition 1.10: `[webserver]`.
    pub args: Option<Vec<String>>,
    /// When the container counts as failed and is started anew.
    pub liveness_probe: Probe,
    /// When the container gets requests.
    pub readiness_probe: Probe,
    /// Resources of the container. Default: none said.
    pub resources: Resources,
    /// How the webserver is reached.
    pub service: Service,
    /// Where and with what the pods run.
    #[serde(flatten)]
    pub workload: Workload,
    /// What is added to them.
    #[serde(flatten)]
    pub extras: Extras,
}

impl Default for Webserver {
    fn default() -> Self {
        Self {
            replicas: 1,
            strategy: DeploymentStrategy::default(),
            command: None,
            args: None,
            liveness_probe: Probe::default(),
            readiness_probe: Probe::default(),
            resources: Resources::default(),
            service: Service::default(),
            workload: Workload::default(),
            extras: Extras::default(),
        }
    }
}

/// How the webserver is reached (Kubernetes: Service).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Service {
    /// From where: from within the cluster (`ClusterIP`), through a port of each node (`NodePort`), or from outside
    /// through the cloud's load balancer (`LoadBalancer`). Default: `ClusterIP`.
    #[serde(rename = "type")]
    pub kind: ServiceType,
    /// Annotations of the Service. Default: none.
    pub annotations: Annotations,
    /// The Service's ports. Default: one, `airflow-ui`, with the number of `ports.airflowUI`.
    pub ports: Vec<ServicePort>,
    /// The address that the load balancer takes, where the cloud lets one choose. Default: any.
    #[serde(rename = "loadBalancerIP")]
    pub load_balancer_ip: Option<String>,
    /// The addresses that the load balancer lets in. Default: all.
    pub load_balancer_source_ranges: Vec<Cidr>,
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

impl Component for Webserver {
    fn name(&self) -> &'static str {
        "webserver"
    }

    fn values(&self) -> Value {
        super::component::as_template_sees(self)
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::Database]
    }

    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }
}

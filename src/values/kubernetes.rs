//! Parts of the values that Kubernetes defines: typed as its API types them, by the embedded schema.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::schema::KUBERNETES_REF;

/// Declares types that stand for definitions of the Kubernetes API.
macro_rules! kubernetes {
    ( $( $(#[$doc:meta])* $name:ident = $definition:literal; )* ) => { $(
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub Value);

        impl $name {
            /// Whether nothing is given.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.is_null() || self.0.as_object().is_some_and(serde_json::Map::is_empty)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({"$ref": format!("{KUBERNETES_REF}{}", $definition)})
            }
        }
    )* };
}

kubernetes! {
    /// Affinity rules: which nodes and neighbours pods prefer or avoid.
    Affinity = "io.k8s.api.core.v1.Affinity";
    /// A claim of a volume.
    Claim = "io.k8s.api.core.v1.PersistentVolumeClaim";
    /// A container.
    Container = "io.k8s.api.core.v1.Container";
    /// A port of a container.
    ContainerPort = "io.k8s.api.core.v1.ContainerPort";
    /// What a container may do.
    ContainerSecurityContext = "io.k8s.api.core.v1.SecurityContext";
    /// A volume of a CSI driver.
    CsiSource = "io.k8s.api.core.v1.CSIPersistentVolumeSource";
    /// How a Deployment replaces its pods.
    DeploymentStrategy = "io.k8s.api.apps.v1.DeploymentStrategy";
    /// A volume that begins empty and ends with its pod.
    EmptyDir = "io.k8s.api.core.v1.EmptyDirVolumeSource";
    /// A command in a container.
    ExecAction = "io.k8s.api.core.v1.ExecAction";
    /// A name that a pod resolves by itself.
    HostAlias = "io.k8s.api.core.v1.HostAlias";
    /// A question by HTTP.
    HttpGetAction = "io.k8s.api.core.v1.HTTPGetAction";
    /// A path of an Ingress.
    IngressPath = "io.k8s.api.networking.v1.HTTPIngressPath";
    /// A number, or a part in percent.
    IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    /// What runs when a container starts and before it ends.
    Lifecycle = "io.k8s.api.core.v1.Lifecycle";
    /// What pods or containers of a namespace may ask for.
    LimitRangeItem = "io.k8s.api.core.v1.LimitRangeItem";
    /// What an autoscaler goes by.
    MetricSpec = "io.k8s.api.autoscaling.v2.MetricSpec";
    /// Who is let in by a network policy.
    NetworkPolicyPeer = "io.k8s.api.networking.v1.NetworkPolicyPeer";
    /// A port that a network policy opens.
    NetworkPolicyPort = "io.k8s.api.networking.v1.NetworkPolicyPort";
    /// What a pod may do.
    PodSecurityContext = "io.k8s.api.core.v1.PodSecurityContext";
    /// A volume of a pod.
    PodVolume = "io.k8s.api.core.v1.Volume";
    /// How the kubelet asks a container whether it is well.
    ProbeSpec = "io.k8s.api.core.v1.Probe";
    /// The resources that a container asks for and may use.
    Resources = "io.k8s.api.core.v1.ResourceRequirements";
    /// An amount of a resource.
    ResourceAmount = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    /// What becomes of the claims of a StatefulSet.
    RetentionPolicy = "io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy";
    /// How fast an autoscaler scales.
    ScalingBehavior = "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior";
    /// A connection to a port.
    TcpSocketAction = "io.k8s.api.core.v1.TCPSocketAction";
    /// A taint of nodes that a pod bears.
    Toleration = "io.k8s.api.core.v1.Toleration";
    /// How pods spread over nodes and zones.
    TopologySpreadConstraint = "io.k8s.api.core.v1.TopologySpreadConstraint";
    /// How a StatefulSet replaces its pods.
    UpdateStrategy = "io.k8s.api.apps.v1.StatefulSetUpdateStrategy";
    /// An environment variable.
    Variable = "io.k8s.api.core.v1.EnvVar";
    /// Where a container has a volume.
    VolumeMount = "io.k8s.api.core.v1.VolumeMount";
}

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
    /// Affinity rules: which nodes and neighbouring pods the pods prefer or avoid.
    Affinity = "io.k8s.api.core.v1.Affinity";
    /// A claim of a volume (`PersistentVolumeClaim`).
    Claim = "io.k8s.api.core.v1.PersistentVolumeClaim";
    /// A container.
    Container = "io.k8s.api.core.v1.Container";
    /// A port of a container.
    ContainerPort = "io.k8s.api.core.v1.ContainerPort";
    /// The security context of a container: its user and rights.
    ContainerSecurityContext = "io.k8s.api.core.v1.SecurityContext";
    /// A volume of a CSI driver.
    CsiSource = "io.k8s.api.core.v1.CSIPersistentVolumeSource";
    /// How a Deployment replaces its pods.
    DeploymentStrategy = "io.k8s.api.apps.v1.DeploymentStrategy";
    /// An emptyDir volume: it starts empty and is deleted with its pod.
    EmptyDir = "io.k8s.api.core.v1.EmptyDirVolumeSource";
    /// A command that the kubelet runs in a container.
    ExecAction = "io.k8s.api.core.v1.ExecAction";
    /// An entry of a pod's `/etc/hosts`.
    HostAlias = "io.k8s.api.core.v1.HostAlias";
    /// An HTTP request by the kubelet.
    HttpGetAction = "io.k8s.api.core.v1.HTTPGetAction";
    /// Where a path of an Ingress leads to.
    IngressBackend = "io.k8s.api.networking.v1.IngressBackend";
    /// A number or a percentage.
    IntOrString = "io.k8s.apimachinery.pkg.util.intstr.IntOrString";
    /// Lifecycle hooks: what runs after a container starts (`postStart`) and before it stops (`preStop`).
    Lifecycle = "io.k8s.api.core.v1.Lifecycle";
    /// A limit on the resources of pods or containers in a namespace.
    LimitRangeItem = "io.k8s.api.core.v1.LimitRangeItem";
    /// A metric that an autoscaler follows.
    MetricSpec = "io.k8s.api.autoscaling.v2.MetricSpec";
    /// A peer that a network policy lets connect.
    NetworkPolicyPeer = "io.k8s.api.networking.v1.NetworkPolicyPeer";
    /// A port that a network policy lets peers connect to.
    NetworkPolicyPort = "io.k8s.api.networking.v1.NetworkPolicyPort";
    /// The security context of a pod: its user, groups and rights.
    PodSecurityContext = "io.k8s.api.core.v1.PodSecurityContext";
    /// A volume of a pod.
    PodVolume = "io.k8s.api.core.v1.Volume";
    /// A probe: how the kubelet checks a container.
    ProbeSpec = "io.k8s.api.core.v1.Probe";
    /// Resource requests and limits of a container.
    Resources = "io.k8s.api.core.v1.ResourceRequirements";
    /// An amount of a resource.
    ResourceAmount = "io.k8s.apimachinery.pkg.api.resource.Quantity";
    /// Whether the claims of a StatefulSet are kept or deleted.
    RetentionPolicy = "io.k8s.api.apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy";
    /// How fast an autoscaler scales up and down.
    ScalingBehavior = "io.k8s.api.autoscaling.v2.HorizontalPodAutoscalerBehavior";
    /// A TCP connection by the kubelet.
    TcpSocketAction = "io.k8s.api.core.v1.TCPSocketAction";
    /// A toleration: a taint of nodes that a pod tolerates.
    Toleration = "io.k8s.api.core.v1.Toleration";
    /// A topology spread constraint: how pods spread over nodes and zones.
    TopologySpreadConstraint = "io.k8s.api.core.v1.TopologySpreadConstraint";
    /// How a StatefulSet replaces its pods.
    UpdateStrategy = "io.k8s.api.apps.v1.StatefulSetUpdateStrategy";
    /// An environment variable.
    Variable = "io.k8s.api.core.v1.EnvVar";
    /// A volume mount: the path of a volume in a container.
    VolumeMount = "io.k8s.api.core.v1.VolumeMount";
}

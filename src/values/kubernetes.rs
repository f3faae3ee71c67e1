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
    /// Rules of attraction between pods and nodes.
    Affinity = "io.k8s.api.core.v1.Affinity";
    /// A container.
    Container = "io.k8s.api.core.v1.Container";
    /// How a Deployment replaces its pods.
    DeploymentStrategy = "io.k8s.api.apps.v1.DeploymentStrategy";
    /// The resources that a container asks for and may use.
    Resources = "io.k8s.api.core.v1.ResourceRequirements";
    /// A port of a Service.
    ServicePort = "io.k8s.api.core.v1.ServicePort";
    /// A taint of nodes that a pod bears.
    Toleration = "io.k8s.api.core.v1.Toleration";
    /// How pods spread over nodes and zones.
    TopologySpreadConstraint = "io.k8s.api.core.v1.TopologySpreadConstraint";
    /// An environment variable.
    Variable = "io.k8s.api.core.v1.EnvVar";
    /// A volume of a pod.
    PodVolume = "io.k8s.api.core.v1.Volume";
    /// Where a container has a volume.
    VolumeMount = "io.k8s.api.core.v1.VolumeMount";
}

//! What Flux is told of the manifests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, Delivery, DnsLabel, FluxDuration, Line, ObjectName, Optional, Values};

/// What Flux is told of the manifests. The chart does not have this key.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Flux {
    /// The Kustomization of Flux that applies the manifests.
    pub kustomization: Kustomization,
}

/// The Kustomization of Flux that applies the manifests from a source. It is one of the files, `flux/flux-kustomization.yaml`; a
/// `kustomization.yaml` is written too then, which leaves it out of what it applies.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Kustomization {
    /// With `delivery: flux`: whether it is among the manifests. Default: `false`.
    pub enabled: bool,
    /// Its name. Default: the release's.
    pub name: Optional<ObjectName>,
    /// Its namespace. Default: `flux-system`.
    pub namespace: DnsLabel,
    /// Its annotations. Default: none.
    pub annotations: Annotations,
    /// Where Flux has the manifests from.
    pub source_ref: SourceReference,
    /// The path of their directory in that, such as `./rendered/prod`.
    pub path: Optional<Line>,
    /// How often they are applied, whether they changed or not. Default: `10m`.
    pub interval: FluxDuration,
    /// How long an apply may take. Default: the interval.
    pub timeout: Optional<FluxDuration>,
    /// Whether what is no longer committed is deleted. Default: `true`.
    pub prune: bool,
    /// Whether it is ready only when the workloads are. Default: `false`.
    pub wait: bool,
    /// The account that Flux applies them with, in the namespace of the Kustomization. Default: Flux's own.
    pub service_account_name: Optional<ObjectName>,
}

/// A source of Flux.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SourceReference {
    /// Its kind. Default: `GitRepository`.
    pub kind: SourceKind,
    /// Its name. Default: `flux-system`, the source that `flux bootstrap` makes.
    pub name: ObjectName,
    /// Its namespace. Default: that of the Kustomization.
    pub namespace: Optional<DnsLabel>,
}

/// The kind of a source of Flux.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum SourceKind {
    /// A repository of git.
    #[default]
    GitRepository,
    /// An artifact of a registry of images.
    #[serde(rename = "OCIRepository")]
    OciRepository,
    /// A bucket.
    Bucket,
}

impl Values {
    /// The Kustomization of Flux, if it is asked for and `delivery` is its own.
    #[must_use]
    pub fn kustomization(&self) -> Option<&Kustomization> {
        Some(&self.flux.kustomization).filter(|own| own.enabled && self.delivery == Delivery::Flux)
    }
}

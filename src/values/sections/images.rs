//! The container images.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{ImageDigest, ImageRepository, ImageTag, Optional};

/// The container images, by component.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Images {
    /// Airflow: the scheduler, the webserver, the workers and so on.
    pub airflow: Image,
    /// Whether the migration of the database and the init containers that wait for it use `defaultAirflowRepository` and
    /// `defaultAirflowTag`. Default: `false`.
    pub use_default_image_for_migration: bool,
    /// Seconds that pods wait for the migration of the database before they try again. Default: 60.
    pub migrations_wait_timeout: u32,
    /// The pods that the Kubernetes executor makes. Default: the image that `defaultAirflowRepository` and
    /// `defaultAirflowTag` or `defaultAirflowDigest` say. What
    /// `config.kubernetes_executor.worker_container_repository` and `worker_container_tag` say has precedence.
    #[serde(rename = "pod_template")]
    pub pod_template: Image,
    /// Flower. Default: the image that `defaultAirflowRepository` and `defaultAirflowTag` or `defaultAirflowDigest` say.
    pub flower: Image,
    /// The StatsD exporter. Default of edition 1.10: `astronomerinc/ap-statsd-exporter:0.11.0`.
    pub statsd: Image,
    /// The OpenTelemetry collector. The chart has it since 1.22.
    pub otel_collector: Image,
    /// Redis.
    pub redis: Image,
    /// PgBouncer, with `sh` and `awk`. Default: the chart's image of PgBouncer 1.23.1.
    pub pgbouncer: Image,
    /// The exporter of PgBouncer's metrics.
    pub pgbouncer_exporter: Image,
    /// git-sync, which fetches DAGs. The tag says which variables it gets: those of version 3, of version 4, or of both where
    /// it is no version. Default of edition 1.10: `k8s.gcr.io/git-sync:v3.1.6`.
    pub git_sync: Image,
}

/// An image.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Image {
    /// The image's repository, without the tag. Default for Airflow: `defaultAirflowRepository`.
    pub repository: Optional<ImageRepository>,
    /// The image's tag. Default for Airflow: `defaultAirflowTag`.
    pub tag: Optional<ImageTag>,
    /// The image's digest, which has precedence over the tag. Default for Airflow: `defaultAirflowDigest`.
    pub digest: Optional<ImageDigest>,
    /// When the image is pulled. Default: `IfNotPresent`.
    pub pull_policy: PullPolicy,
}

/// When an image is pulled (Kubernetes: `imagePullPolicy`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum PullPolicy {
    /// Whenever a container starts.
    Always,
    /// If the node does not have it.
    #[default]
    IfNotPresent,
    /// Never: the node must have it.
    Never,
}

impl PullPolicy {
    /// The policy as Kubernetes spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Always => "Always",
            Self::IfNotPresent => "IfNotPresent",
            Self::Never => "Never",
        }
    }
}

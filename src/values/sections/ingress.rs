//! How components are reached from outside by name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, IngressPath, Line, Optional};

/// How components are reached from outside by name (Kubernetes: Ingress).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Ingresses {
    /// All of the API server's or webserver's and Flower's. Deprecated: each has an `enabled` of its own.
    #[schemars(extend("x-instead" = ["ingress.apiServer.enabled", "ingress.web.enabled", "ingress.flower.enabled"]))]
    pub enabled: Option<bool>,
    /// The API server, since Airflow 3.
    pub api_server: Ingress,
    /// The webserver, before Airflow 3.
    pub web: Ingress,
    /// Flower.
    pub flower: Ingress,
    /// The metrics of the StatsD exporter.
    pub statsd: Ingress,
    /// The metrics of PgBouncer.
    pub pgbouncer: Ingress,
}

/// How a component is reached from outside by name.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Ingress {
    /// Whether it is. Default: `false`.
    pub enabled: bool,
    /// Annotations of the Ingress, by which its controller is told what it does. Default: none.
    pub annotations: Annotations,
    /// The path. Default: `/`; `/metrics` for metrics.
    pub path: Line,
    /// How the path is compared (Kubernetes: `pathType`). Default: `ImplementationSpecific`.
    pub path_type: Line,
    /// The name. Deprecated: `hosts` takes its place.
    #[schemars(extend("x-instead" = ["hosts"]))]
    pub host: Optional<Line>,
    /// The names. Default: any.
    pub hosts: Vec<IngressHost>,
    /// The class, which says whose controller serves it. Default: the cluster's.
    pub ingress_class_name: Optional<Line>,
    /// TLS for all names. Deprecated: `hosts[].tls` takes its place.
    #[schemars(extend("x-instead" = ["hosts[].tls"]))]
    pub tls: IngressTls,
    /// Paths that come before it. Default: none.
    pub preceding_paths: Vec<IngressPath>,
    /// Paths that come after it. Default: none.
    pub succeeding_paths: Vec<IngressPath>,
}

/// A name, or a name with its TLS.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum IngressHost {
    /// The name alone.
    Name(Line),
    /// The name, and its TLS.
    Host(NamedHost),
}

/// A name with its TLS.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NamedHost {
    /// The name.
    pub name: Line,
    /// TLS for it.
    pub tls: IngressTls,
}

/// TLS of an Ingress.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct IngressTls {
    /// Whether TLS ends at the Ingress. Default: `false`.
    pub enabled: bool,
    /// The name of a Secret that exists and holds key and certificate.
    #[schemars(extend("writeOnly" = true))]
    pub secret_name: Line,
}

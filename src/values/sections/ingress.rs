//! Ingresses: access to components from outside the cluster.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, DnsLabel, DnsSubdomain, IngressBackend, IngressHostName, Line, Optional, PathType, PortName, PortNumber, UrlPath,
};

/// Access to components from outside the cluster (Kubernetes: Ingress).
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Ingresses {
    /// Whether the Ingresses of the API server or webserver and of Flower are created, of each that runs. Deprecated: use the
    /// `enabled` of each.
    #[schemars(extend("x-instead" = ["ingress.apiServer.enabled", "ingress.web.enabled", "ingress.flower.enabled"]))]
    pub enabled: Option<bool>,
    /// The Ingress of the API server, since Airflow 3.
    pub api_server: Ingress,
    /// The Ingress of the webserver, before Airflow 3.
    pub web: Ingress,
    /// The Ingress of Flower.
    pub flower: Ingress,
    /// The Ingress of the StatsD exporter's metrics.
    pub statsd: Ingress,
    /// The Ingress of PgBouncer's metrics.
    pub pgbouncer: Ingress,
}

/// The Ingress of a component.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Ingress {
    /// Whether the Ingress is created. Default: `false`.
    pub enabled: bool,
    /// Annotations of the Ingress, which configure its controller. Default: none.
    pub annotations: Annotations,
    /// The path. Default: `/`; `/metrics` for metrics.
    pub path: UrlPath,
    /// How the path is matched (Kubernetes: `pathType`). Default: `ImplementationSpecific`.
    pub path_type: PathType,
    /// The host name. Deprecated: use `hosts`.
    #[schemars(extend("x-instead" = ["hosts"]))]
    pub host: Optional<IngressHostName>,
    /// The host names. Default: any.
    pub hosts: Vec<IngressHost>,
    /// The Ingress class, which selects the controller. Default: the cluster's.
    pub ingress_class_name: Optional<Line>,
    /// TLS for all host names. Deprecated: use `hosts[].tls`.
    #[schemars(extend("x-instead" = ["hosts[].tls"]))]
    pub tls: IngressTls,
    /// Paths before `path`. Default: none.
    pub preceding_paths: Vec<IngressPath>,
    /// Paths after `path`. Default: none.
    pub succeeding_paths: Vec<IngressPath>,
}

/// A path of an Ingress that leads elsewhere than `path` does. It names a Service in the chart's way, or says its `backend` as
/// Kubernetes does.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
#[schemars(extend("x-check-ingress-path" = true, "x-check-ingress-target" = true))]
pub struct IngressPath {
    /// The path. Default: all.
    pub path: UrlPath,
    /// How the path is matched (Kubernetes: `pathType`). Default: `ImplementationSpecific`.
    pub path_type: PathType,
    /// The name of the Service. Default: the component's own.
    pub service_name: Optional<DnsLabel>,
    /// The port of the Service, by its name or number. Default: the component's own.
    pub service_port: Option<PortOfService>,
    /// Where the path leads to, in Kubernetes' words (`IngressBackend`). Default: to `serviceName`. The chart does not have this key.
    pub backend: IngressBackend,
}

/// A port of a Service, by its name or number.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(untagged)]
pub enum PortOfService {
    /// The number, in quotes too: a name has a letter.
    Number(PortNumber),
    /// The name.
    Name(PortName),
}

impl JsonSchema for PortOfService {
    fn schema_name() -> Cow<'static, str> {
        "PortOfService".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        // What is neither is told as no name.
        let (name, number) = (generator.subschema_for::<PortName>(), generator.subschema_for::<PortNumber>());
        json_schema!({"anyOf": [name, number]})
    }
}

/// A host name, alone or with its TLS.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(untagged)]
pub enum IngressHost {
    /// The host name alone.
    Name(IngressHostName),
    /// The host name with its TLS.
    Host(NamedHost),
}

/// A host name with its TLS.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct NamedHost {
    /// The host name.
    pub name: IngressHostName,
    /// TLS for this host name.
    pub tls: IngressTls,
}

/// TLS of an Ingress.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct IngressTls {
    /// Whether TLS ends at the Ingress. Default: `false`.
    pub enabled: bool,
    /// The name of an existing Secret that holds the private key and the certificate.
    #[schemars(extend("writeOnly" = true))]
    pub secret_name: DnsSubdomain,
}

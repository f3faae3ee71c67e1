//! Probes: how the kubelet checks containers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{ExecAction, HttpGetAction, TcpSocketAction};

/// The timing of a probe. Keys that are not given, or are 0, have Kubernetes' defaults.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Probe {
    /// Seconds from the start of the container to the first check.
    pub initial_delay_seconds: Option<u32>,
    /// Seconds until a check times out.
    pub timeout_seconds: Option<u32>,
    /// Seconds between two checks.
    pub period_seconds: Option<u32>,
    /// How many checks must fail in a row before the probe fails.
    pub failure_threshold: Option<u32>,
}

/// A probe that runs a command in the container.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct CommandProbe {
    /// The timing.
    #[serde(flatten)]
    pub probe: Probe,
    /// The command; it succeeds with exit status 0. Default: checks the component's last heartbeat in the database.
    pub command: Option<Vec<String>>,
}

/// A probe that can be disabled.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionalProbe {
    /// Whether the container has the probe.
    pub enabled: Option<bool>,
    /// The timing.
    #[serde(flatten)]
    pub probe: CommandProbe,
}

/// A probe by HTTP request.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct HttpProbe {
    /// The timing.
    #[serde(flatten)]
    pub probe: Probe,
    /// The scheme of the request: `HTTP` or `HTTPS`. Default: `HTTP`.
    pub scheme: Option<Scheme>,
}

/// The scheme of a URL (Kubernetes: `URIScheme`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Scheme {
    /// HTTP without TLS.
    Http,
    /// HTTP with TLS.
    Https,
}

/// A probe of git-sync: git-sync's own health check, or `exec`, `httpGet` or `tcpSocket`.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GitSyncProbe {
    /// Whether the probe is git-sync's own health check.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// The timing.
    #[serde(flatten)]
    pub probe: Probe,
    /// How many checks must succeed in a row before the probe succeeds again.
    pub success_threshold: Option<u32>,
    /// A command in the container, instead of git-sync's own health check.
    pub exec: Option<ExecAction>,
    /// An HTTP request, instead of git-sync's own health check.
    pub http_get: Option<HttpGetAction>,
    /// A TCP connection, instead of git-sync's own health check.
    pub tcp_socket: Option<TcpSocketAction>,
}

impl GitSyncProbe {
    /// The probe that the user describes, if there is one.
    #[must_use]
    pub fn own(&self) -> Option<Self> {
        let described = self.exec.is_some() || self.http_get.is_some() || self.tcp_socket.is_some();
        described.then(|| Self { enabled: None, ..self.clone() })
    }
}

//! How the kubelet asks a container whether it is well.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{ExecAction, HttpGetAction, TcpSocketAction};

/// When the kubelet asks. What is not given is Kubernetes' own default.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Probe {
    /// Seconds from the start of the container to the first question.
    pub initial_delay_seconds: Option<u32>,
    /// Seconds to wait for an answer.
    #[schemars(range(min = 1))]
    pub timeout_seconds: Option<u32>,
    /// Seconds between two questions.
    #[schemars(range(min = 1))]
    pub period_seconds: Option<u32>,
    /// After how many failures in a row the container counts as failed.
    #[schemars(range(min = 1))]
    pub failure_threshold: Option<u32>,
}

/// A probe that runs a command in the container.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct CommandProbe {
    /// When it asks.
    #[serde(flatten)]
    pub probe: Probe,
    /// The command that asks. Default: a look at the component's last heartbeat in the database.
    pub command: Option<Vec<String>>,
}

/// A probe that can be left out.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct OptionalProbe {
    /// Whether the kubelet asks at all.
    pub enabled: Option<bool>,
    /// When it asks.
    #[serde(flatten)]
    pub probe: CommandProbe,
}

/// A probe that asks by HTTP.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct HttpProbe {
    /// When it asks.
    #[serde(flatten)]
    pub probe: Probe,
    /// By HTTP or HTTPS. Default: `HTTP`.
    pub scheme: Option<Scheme>,
}

/// A scheme of addresses (Kubernetes: `URIScheme`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Scheme {
    /// Plain.
    Http,
    /// With TLS.
    Https,
}

/// A probe of git-sync: it asks git-sync itself, or does what is said here.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct GitSyncProbe {
    /// Whether the kubelet asks git-sync itself.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// When it asks.
    #[serde(flatten)]
    pub probe: Probe,
    /// After how many answers in a row the container counts as well.
    pub success_threshold: Option<u32>,
    /// A command in the container, in the place of git-sync's own answer.
    pub exec: Option<ExecAction>,
    /// Another address to ask, in the place of git-sync's own answer.
    pub http_get: Option<HttpGetAction>,
    /// A port to connect to, in the place of git-sync's own answer.
    pub tcp_socket: Option<TcpSocketAction>,
}

impl GitSyncProbe {
    /// The probe that the user describes, if that is one.
    #[must_use]
    pub fn own(&self) -> Option<Self> {
        let described = self.exec.is_some() || self.http_get.is_some() || self.tcp_socket.is_some();
        described.then(|| Self { enabled: None, ..self.clone() })
    }
}

//! Routes of the Gateway API: another way in than an Ingress.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::values::{Annotations, DnsLabel, DnsSubdomain, Labels, Line};

/// A route from Gateways to a component (Gateway API: `HTTPRoute`), in the place of an Ingress. The chart has it since
/// after 1.22.0.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct HttpRoute {
    /// Whether the route is created. Default: `false`.
    pub enabled: bool,
    /// Labels of the route. Default: none.
    pub labels: Labels,
    /// Annotations of the route. Default: none.
    pub annotations: Annotations,
    /// The Gateways that the route is attached to (Gateway API: `parentRefs`), at least one.
    pub parent_refs: Vec<ParentReference>,
    /// The host names. Default: those of the Gateways.
    pub hostnames: Vec<Line>,
    /// The path. Default: `/`.
    pub path: Line,
    /// How the path is matched (Gateway API: `PathMatchType`). Default: `PathPrefix`.
    pub path_type: PathMatchType,
    /// Rules in the place of the one for `path` (Gateway API: `HTTPRouteRule`). Default: none.
    pub rules: Vec<Map<String, Value>>,
}

/// A Gateway, or one of its listeners (Gateway API: `ParentReference`).
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ParentReference {
    /// The API group. Default: `gateway.networking.k8s.io`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<DnsSubdomain>,
    /// The kind. Default: `Gateway`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Line>,
    /// The namespace. Default: the release's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub namespace: Option<DnsLabel>,
    /// The name.
    pub name: DnsSubdomain,
    /// The name of the listener. Default: all listeners.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section_name: Option<DnsSubdomain>,
    /// The port of the listener. Default: all ports.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
}

/// How a path is matched (Gateway API: `PathMatchType`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
pub enum PathMatchType {
    /// The path and all below it.
    #[default]
    PathPrefix,
    /// The path alone.
    Exact,
    /// A regular expression, of the kind that the controller understands.
    RegularExpression,
}

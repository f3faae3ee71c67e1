//! Pods, as the controls of the Pod Security Standards look at them.

use std::fmt;

use schemars::JsonSchema;
use serde::Deserialize;

use super::finding::{Finding, Findings};
use super::{KubernetesVersion, Release};
use crate::kubernetes::{Manifest, Pod};
use crate::yaml::{Data, Node};

/// A profile of the Pod Security Standards that forbids something (Kubernetes: `k8s.io/pod-security-admission`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Profile {
    /// What would give a pod rights on its node.
    Baseline,
    /// That, and whatever a pod can do without.
    Restricted,
}

impl fmt::Display for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Baseline => "baseline",
            Self::Restricted => "restricted",
        })
    }
}

/// A pod that has to keep to a profile.
#[derive(Debug)]
pub(super) struct Guarded<'m> {
    manifest: &'m Manifest,
    pod: Pod<'m>,
    profile: Profile,
    version: Option<KubernetesVersion>,
}

/// What has a security context: a container, or the pod itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'m> {
    /// The name of the container; none for the pod.
    pub container: Option<&'m str>,
    /// The container, or the `spec` of the pod.
    pub node: &'m Node,
}

impl<'m> Part<'m> {
    /// What its security context says at a path.
    pub fn says(self, path: &[&str]) -> Option<&'m Node> {
        self.node.get("securityContext")?.at(path)
    }
}

impl<'m> Guarded<'m> {
    /// The pod of a manifest, if it has one and a profile is asked for.
    pub fn of(manifest: &'m Manifest, release: &Release<'_>) -> Option<Self> {
        let profile = release.cluster.profile?;
        Some(Self { manifest, pod: manifest.pod()?, profile, version: release.cluster.version })
    }

    /// Its `spec`.
    pub fn spec(&self) -> &'m Node {
        self.pod.spec
    }

    /// Its annotations.
    pub fn annotations(&self) -> impl Iterator<Item = (&'m str, &'m Node)> + use<'m> {
        self.pod.annotations.into_iter().flat_map(|node| node.entries(&[]))
    }

    /// Whether the profile is the restricted one, as it is since a minor version of Kubernetes.
    pub fn is_restricted_since(&self, minor: u32) -> bool {
        self.profile == Profile::Restricted && self.is_since(minor)
    }

    /// Whether the profile is as it is since a minor version of Kubernetes: without a version, it is the newest.
    pub fn is_since(&self, minor: u32) -> bool {
        self.version.is_none_or(|version| !version.is_before(minor))
    }

    /// Whether it runs on Windows, which has nothing of what Linux restricts: so it is since 1.25.
    pub fn is_of_windows(&self) -> bool {
        self.is_since(25) && self.spec().text(&["os", "name"]) == Some("windows")
    }

    /// Whether its users are none of the node's, for whom some controls do not hold since 1.35.
    pub fn has_own_users(&self) -> bool {
        self.is_since(35) && is(self.spec().get("hostUsers"), false)
    }

    /// All its containers.
    pub fn containers(&self) -> impl Iterator<Item = Part<'m>> + use<'m> {
        let debuggers = self.pod.spec.items(&["ephemeralContainers"]);
        self.pod.containers().chain(debuggers).map(|node| Part { container: Some(node.text(&["name"]).unwrap_or_default()), node })
    }

    /// The pod itself, and all its containers.
    pub fn parts(&self) -> impl Iterator<Item = Part<'m>> + use<'m> {
        [Part { container: None, node: self.pod.spec }].into_iter().chain(self.containers())
    }

    /// Tells what is wrong with a part of it, at a node.
    pub fn tell<'f>(&self, found: &'f mut Findings, part: Part<'_>, node: &Node, fault: impl fmt::Display) -> &'f mut Finding {
        let finding = match part.container {
            Some(name) => found.in_container(self.manifest, name, fault),
            None => found.in_manifest(self.manifest, fault),
        };
        finding.at_node(self.manifest, node)
    }

    /// Tells what is wrong with the pod, at a node.
    pub fn tell_of_pod<'f>(&self, found: &'f mut Findings, node: &Node, fault: impl fmt::Display) -> &'f mut Finding {
        self.tell(found, Part { container: None, node: self.pod.spec }, node, fault)
    }

    /// What to say in a security context, and which key of the values does: `pod` or `container`.
    pub fn advice(&self, say: &str, level: &str) -> String {
        let plain = format!("set `securityContext.{say}`");
        // What somebody else wrote has no values.
        if self.manifest.given.is_some() {
            return plain;
        }
        let general = if level == "pod" { "pod" } else { "containers" };
        format!("{plain}: in the values `securityContexts.{general}` for Airflow, or `securityContexts.{level}` of a component")
    }
}

/// Whether a node is a boolean of this value.
pub(super) fn is(node: Option<&Node>, value: bool) -> bool {
    node.is_some_and(|node| matches!(node.data, Data::Bool(one) if one == value))
}

//! A Kubernetes object, with what it carries from its template to the output.

use serde::{Deserialize, Serialize};

use super::Pod;
use crate::schema::{Kind, Stranger};
use crate::yaml::{Node, Origin};

/// A Kubernetes object, and the path of the file that it belongs in.
#[derive(Debug)]
pub struct Manifest {
    /// The path of its file in a directory, as in `scheduler/scheduler-deployment.yaml`.
    pub path: String,
    /// The object.
    pub object: Node,
    /// Whether it holds secrets.
    pub secrecy: Secrecy,
    /// Where it stands in the values, if the user gives it whole.
    pub given: Option<Origin>,
    /// The patches that have changed it, by their places in the list.
    pub patches: Vec<usize>,
}

/// Whether an object holds secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Secrecy {
    /// It is no Secret.
    None,
    /// A Secret in which a placeholder stands for what is secret: anybody may read it.
    Placeholder,
    /// A Secret with real values.
    Real,
}

/// The annotation with what `kubectl apply` was given the last time.
pub const LAST_APPLIED: &str = "kubectl.kubernetes.io/last-applied-configuration";

/// The fields of a Secret or a config map that hold what is read of it.
pub const DATA: [&str; 3] = ["data", "stringData", "binaryData"];

/// The group of Flux's Kustomizations.
const FLUX: &str = "kustomize.toolkit.fluxcd.io";

impl Manifest {
    /// Whether it is a Secret with anything in it.
    #[must_use]
    pub fn is_filled_secret(&self) -> bool {
        self.kind() == "Secret" && DATA.iter().any(|field| self.object.get(field).is_some_and(|data| !data.says_nothing()))
    }

    /// `apiVersion`.
    #[must_use]
    pub fn api_version(&self) -> &str {
        self.text(&["apiVersion"])
    }

    /// `kind`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.text(&["kind"])
    }

    /// `metadata.name`.
    #[must_use]
    pub fn name(&self) -> &str {
        self.text(&["metadata", "name"])
    }

    /// `metadata.namespace`; empty for an object of the whole cluster.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.text(&["metadata", "namespace"])
    }

    /// Whether it tells who delivers the set of it, and is no part of what that applies. One that the user gives whole is.
    #[must_use]
    pub fn is_handover(&self) -> bool {
        self.given.is_none() && matches!((self.group(), self.kind()), ("argoproj.io", "Application") | (FLUX, "Kustomization"))
    }

    /// Whether it does so by kustomize, which then has to have a file of its own.
    #[must_use]
    pub fn is_handover_by_kustomize(&self) -> bool {
        self.is_handover() && self.group() == FLUX
    }

    /// The group of its API; empty for the core's.
    #[must_use]
    pub fn group(&self) -> &str {
        self.api_version().split_once('/').map_or("", |(group, _)| group)
    }

    /// Whether nothing is known of its kind but a name.
    #[must_use]
    pub fn is_strange(&self) -> bool {
        match Kind::find(self.api_version(), self.kind()) {
            Ok(kind) => kind.schema.is_none(),
            Err(stranger) => stranger == Stranger::Unheard,
        }
    }

    /// Whether both may be in one namespace: one that does not say its own gets it from whoever applies it.
    #[must_use]
    pub fn may_be_beside(&self, other: &Self) -> bool {
        self.namespace() == other.namespace() || self.namespace().is_empty() || other.namespace().is_empty()
    }

    /// The pod that the object is or makes, if any.
    #[must_use]
    pub fn pod(&self) -> Option<Pod<'_>> {
        match self.kind() {
            "Pod" => Pod::of(&self.object),
            "PodTemplate" => Pod::of(self.object.get("template")?),
            "CronJob" => Pod::of(self.object.at(&["spec", "jobTemplate", "spec", "template"])?),
            _ => Pod::of(self.object.at(&["spec", "template"]).filter(|_| !self.is_strange())?),
        }
    }

    /// The `spec` of a Service, which is no other API's kind of that name.
    #[must_use]
    pub fn service(&self) -> Option<&Node> {
        self.object.get("spec").filter(|_| self.kind() == "Service" && !self.api_version().contains('/'))
    }

    /// Whether it is an object of which a controller makes the Secret of this name.
    #[must_use]
    pub fn makes_secret(&self, name: &str) -> bool {
        let target = match self.kind() {
            "ExternalSecret" => self.object.text(&["spec", "target", "name"]),
            "SealedSecret" => None,
            "Certificate" => self.object.text(&["spec", "secretName"]),
            _ => return false,
        };
        target.unwrap_or(self.name()) == name
    }

    /// Whether it is the Secret of this name, or a controller makes that of it.
    #[must_use]
    pub fn is_secret(&self, namespace: &str, name: &str) -> bool {
        let is_there = self.namespace().is_empty() || self.namespace() == namespace;
        is_there && (self.kind() == "Secret" && self.name() == name || self.makes_secret(name))
    }

    /// The claims that a StatefulSet makes for each of its pods.
    #[must_use]
    pub fn claim_templates(&self) -> &[Node] {
        self.object.items(&["spec", "volumeClaimTemplates"])
    }

    fn text(&self, path: &[&str]) -> &str {
        self.object.text(path).unwrap_or_default()
    }
}

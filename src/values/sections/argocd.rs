//! What Argo CD is told of the manifests.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{Annotations, Delivery, DnsLabel, GitUrl, Line, ObjectName, Optional, Values};

/// What Argo CD is told of the manifests. The chart does not have this key.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Argocd {
    /// The Application that applies the manifests.
    pub application: Application,
}

/// The Application of Argo CD that applies the manifests from a repository. It is one of the files, `argocd/argocd-application.yaml`, and
/// leaves itself out of what it applies.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Application {
    /// With `delivery: argocd`: whether it is among the manifests. Default: `false`.
    pub enabled: bool,
    /// Its name. Default: the release's.
    pub name: Optional<ObjectName>,
    /// Its namespace, in which Argo CD looks for Applications. Default: `argocd`.
    pub namespace: DnsLabel,
    /// Its annotations. Default: none.
    pub annotations: Annotations,
    /// The project of Argo CD that it belongs to. Default: `default`.
    pub project: Line,
    /// The address of the repository in which the manifests are committed.
    #[serde(rename = "repoURL")]
    pub repo_url: Optional<GitUrl>,
    /// The path of their directory in that, such as `rendered/prod`.
    pub path: Optional<Line>,
    /// The branch, tag or commit of that. Default: `HEAD`.
    pub target_revision: Line,
    /// The cluster and the namespace to apply them to.
    pub destination: Destination,
    /// When and how they are applied. Default: when somebody asks for it.
    pub sync_policy: SyncPolicy,
}

/// Where an Application of Argo CD applies manifests to.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Destination {
    /// The name that Argo CD has for the cluster. Default: none, so that `server` counts.
    pub name: Optional<Line>,
    /// The address of the cluster's API server. Default: `https://kubernetes.default.svc`, the cluster that Argo CD runs in.
    pub server: Optional<Line>,
    /// The namespace of what names none. Default: the release's.
    pub namespace: Optional<DnsLabel>,
}

/// When and how Argo CD applies manifests.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct SyncPolicy {
    /// That they are applied as soon as they differ from what is in the cluster. Default: they are not.
    pub automated: Option<Automated>,
    /// Options of every sync, such as `CreateNamespace=true`. Default: none.
    pub sync_options: Vec<Line>,
}

/// What an automated sync of Argo CD does.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Automated {
    /// Whether it deletes what is no longer committed. Default: `false`.
    pub prune: bool,
    /// Whether it undoes what somebody changed in the cluster. Default: `false`.
    pub self_heal: bool,
}

impl Values {
    /// The Application of Argo CD, if it is asked for and `delivery` is its own.
    #[must_use]
    pub fn application(&self) -> Option<&Application> {
        Some(&self.argocd.application).filter(|own| own.enabled && self.delivery == Delivery::Argocd)
    }
}

//! How the manifests reach the cluster.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the manifests reach the cluster. It decides how the Jobs, whose specification cannot change once they are
/// there, are applied again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// By `kubectl apply`: a Job's name ends with a hash of what it does, so that a change makes another Job.
    #[default]
    Kubectl,
    /// By Argo CD: the Jobs are hooks of the sync, made anew each time, and waves put the migration before what waits
    /// for it.
    Argocd,
    /// By Flux: a Job that has changed is replaced, and none is removed by itself, or Flux would make it again.
    Flux,
    /// As Helm would have it: the chart's names, and its hooks.
    Helm,
}

//! How the manifests reach the cluster.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the manifests reach the cluster. It decides how Jobs are applied again, since the specification of an existing Job
/// cannot change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Delivery {
    /// By `kubectl apply`: the name of a Job ends with a hash of its specification, so that a change creates a new Job.
    #[default]
    Kubectl,
    /// By Argo CD: Jobs are sync hooks, created anew by each sync; sync waves run the migration before the workloads that
    /// wait for it.
    Argocd,
    /// By Flux: a changed Job is replaced. Finished Jobs are not deleted, since Flux would create them again.
    Flux,
    /// As by Helm: with the chart's names and hooks.
    Helm,
}

//! What the command line says of the cluster that manifests are for.

use clap::{Args, ValueEnum};

use crate::checks::{Cluster, KubernetesVersion, Profile};

/// The options about the cluster.
#[derive(Clone, Copy, Debug, Args)]
pub struct ClusterArguments {
    /// Check that a cluster of this version of Kubernetes has what the manifests ask for, such as `1.30`
    #[arg(long, value_name = "VERSION")]
    kube_version: Option<KubernetesVersion>,
    /// Check that every pod keeps to a profile of the Pod Security Standards, as `--kube-version` has it, else the newest
    #[arg(long, value_name = "PROFILE", value_enum)]
    profile: Option<ProfileName>,
}

/// A profile of the Pod Security Standards.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum ProfileName {
    /// Nothing that gives rights on the node.
    Baseline,
    /// That, and nothing that a pod can do without.
    Restricted,
}

impl ClusterArguments {
    /// What they say.
    pub(super) fn cluster(self) -> Cluster {
        let profile = self.profile.map(|name| match name {
            ProfileName::Baseline => Profile::Baseline,
            ProfileName::Restricted => Profile::Restricted,
        });
        Cluster { version: self.kube_version, profile }
    }
}

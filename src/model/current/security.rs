//! Security contexts: as whom pods and containers run, and what they may do.

use serde::Serialize;
use serde_json::Value;

use super::basis::Basis;
use crate::values::{ContainerSecurityContext, Lifecycle, OwnVolume, PodSecurityContext, Workload};

/// What a pod may do (Kubernetes: `PodSecurityContext`).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum PodSecurity<'v> {
    /// As the user says.
    Given(&'v Value),
    /// As a user, and with the group that owns mounted files.
    #[serde(rename_all = "camelCase")]
    User { run_as_user: Option<u32>, run_as_group: Option<u32>, fs_group: Option<u32> },
    /// As the cluster decides (OpenShift: `restricted-v2`), but not as root.
    #[serde(rename_all = "camelCase")]
    OfCluster { run_as_non_root: bool, seccomp_profile: SeccompProfile },
}

#[derive(Clone, Debug, Serialize)]
pub struct SeccompProfile {
    #[serde(rename = "type")]
    kind: &'static str,
}

/// What a container may do (Kubernetes: `SecurityContext`).
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Security<'v> {
    /// As the user says.
    Given(&'v Value),
    /// Without capabilities, and without a way to gain privileges.
    #[serde(rename_all = "camelCase")]
    Restricted { allow_privilege_escalation: bool, capabilities: Capabilities },
    /// As a user.
    #[serde(rename_all = "camelCase")]
    User { run_as_user: Option<u32> },
}

#[derive(Clone, Debug, Serialize)]
pub struct Capabilities {
    drop: [&'static str; 1],
}

impl Security<'_> {
    /// The default.
    fn restricted() -> Self {
        Self::Restricted { allow_privilege_escalation: false, capabilities: Capabilities { drop: ["ALL"] } }
    }
}

impl PodSecurity<'_> {
    /// The default: these users and groups, or whom the cluster decides.
    fn usual(basis: &Basis<'_>, run_as_user: Option<u32>, run_as_group: Option<u32>, fs_group: Option<u32>) -> Self {
        if basis.values.openshift.enabled {
            Self::OfCluster { run_as_non_root: true, seccomp_profile: SeccompProfile { kind: "RuntimeDefault" } }
        } else {
            Self::User { run_as_user, run_as_group, fs_group }
        }
    }

    /// A pod that has no keys for it.
    pub fn of_user(basis: &Basis<'_>, id: u32) -> Self {
        Self::usual(basis, Some(id), Some(id), Some(id))
    }

    /// The user and the group, as `chown` takes them.
    pub fn owner(&self) -> String {
        let (user, group) = match self {
            Self::Given(context) => (context.get("runAsUser").cloned(), context.get("fsGroup").cloned()),
            Self::User { run_as_user, fs_group, run_as_group: _ } => (run_as_user.map(Into::into), fs_group.map(Into::into)),
            Self::OfCluster { .. } => (None, None),
        };
        let text = |id: Option<Value>| id.filter(|id| !id.is_null()).map_or_else(|| "0".to_owned(), |id| id.to_string());
        format!("{}:{}", text(user), text(group))
    }
}

/// The first that is not empty.
fn first<'v>(candidates: impl IntoIterator<Item = &'v Value>) -> Option<&'v Value> {
    candidates.into_iter().find(|value| value.as_object().is_some_and(|map| !map.is_empty()))
}

/// The security context of a pod of Airflow: its own, or the general one.
pub fn of_pod<'v>(basis: &Basis<'v>, own: &'v Workload) -> PodSecurity<'v> {
    let general = basis.values;
    let PodSecurityContext(old) = &own.security_context;
    first([&own.security_contexts.pod.0, old, &general.security_contexts.pod.0, &general.security_context.0])
        .map_or_else(|| PodSecurity::usual(basis, general.uid, None, general.gid), PodSecurity::Given)
}

/// The security context of a pod that does not run Airflow: its own, or its user, if that is not the image's.
pub fn of_foreign_pod<'v>(basis: &Basis<'v>, own: &'v Workload, uid: Option<u32>) -> PodSecurity<'v> {
    let own = first([&own.security_contexts.pod.0, &own.security_context.0]);
    own.map_or_else(|| PodSecurity::usual(basis, uid, None, None), PodSecurity::Given)
}

/// The security context of a container of Airflow: its own, or the general one.
pub fn of_container<'v>(basis: &Basis<'v>, own: &'v ContainerSecurityContext) -> Security<'v> {
    first([&own.0].into_iter().chain(general(basis))).map_or_else(Security::restricted, Security::Given)
}

/// The security context of a container of Airflow that has no keys for it.
pub fn of_general<'v>(basis: &Basis<'v>) -> Security<'v> {
    first(general(basis)).map_or_else(Security::restricted, Security::Given)
}

/// What holds for all containers of Airflow.
fn general<'v>(basis: &Basis<'v>) -> impl Iterator<Item = &'v Value> {
    basis.values.security_contexts.of_containers().into_iter().map(|context| &context.0)
}

/// The security context of the container that gives a pod's own volume to Airflow's user.
pub fn of_volume_owner<'v>(basis: &Basis<'v>, volume: Option<&'v OwnVolume>) -> Security<'v> {
    let own = volume.map(|volume| &volume.security_contexts.container.0);
    first(own.into_iter().chain(general(basis))).map_or_else(Security::restricted, Security::Given)
}

/// The security context of a container that does not run Airflow.
pub fn of_foreign_container(own: &ContainerSecurityContext) -> Security<'_> {
    first([&own.0]).map_or_else(Security::restricted, Security::Given)
}

/// The security context of a container: the one under the new key, the one under the old key, or its user.
pub fn of_user<'v>(
    basis: &Basis<'_>,
    new: &'v ContainerSecurityContext,
    old: &'v ContainerSecurityContext,
    uid: Option<u32>,
) -> Security<'v> {
    let usual = || if basis.values.openshift.enabled { Security::restricted() } else { Security::User { run_as_user: uid } };
    first([&new.0, &old.0]).map_or_else(usual, Security::Given)
}

/// The lifecycle hooks of a container: its own, or the general ones.
pub fn lifecycle<'v>(basis: &Basis<'v>, own: &'v Lifecycle) -> Option<&'v Value> {
    first([&own.0, &basis.values.container_lifecycle_hooks.0])
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_volume_goes_to_the_user_and_the_group_of_the_pod() {
        assert_eq!(PodSecurity::User { run_as_user: Some(50000), run_as_group: None, fs_group: Some(0) }.owner(), "50000:0");
        assert_eq!(PodSecurity::Given(&json!({"fsGroup": 1})).owner(), "0:1");
        assert_eq!(PodSecurity::Given(&json!({"runAsUser": null})).owner(), "0:0");
    }

    #[test]
    fn the_first_that_says_anything_counts() {
        let (nothing, empty, some, more) = (json!(null), json!({}), json!({"a": 1}), json!({"b": 2}));
        assert_eq!(first([&nothing, &empty, &some, &more]), Some(&some));
        assert_eq!(first([&nothing, &empty]), None);
    }
}

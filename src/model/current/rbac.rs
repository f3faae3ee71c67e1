//! Roles, and the accounts that they are bound to.

use serde::Serialize;

use super::account::account_name;
use super::basis::Basis;
use super::component::workers;
use crate::values::Component;

/// Roles, and the accounts that they are bound to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rbac {
    kind: &'static str,
    binding_kind: &'static str,
    namespace: Option<String>,
    pod_launcher: Role,
    job_launcher: Role,
    log_reader: Role,
    /// The binding to OpenShift's security context constraint.
    scc: Role,
}

/// A role, and the accounts that it is bound to.
#[derive(Serialize)]
struct Role {
    /// Whether it is among the manifests.
    make: bool,
    name: String,
    binding: String,
    subjects: Vec<Subject>,
}

/// An account that a role is bound to (Kubernetes: `Subject`).
#[derive(Serialize)]
struct Subject {
    kind: &'static str,
    name: String,
    namespace: String,
}

/// The account of a component, if it has a workload.
fn account(basis: &Basis<'_>, component: &dyn Component) -> Option<String> {
    Some(account_name(basis, component.account_name(), component.workload()?))
}

impl Rbac {
    pub fn of(basis: &Basis<'_>) -> Self {
        let values = basis.values;
        let cluster = values.multi_namespace_mode;
        let namespace = basis.names.namespace.as_str();
        // Roles of the whole cluster must not clash with those of the same release in another namespace.
        let name = |base: &str| if cluster { format!("{namespace}-{}", basis.names.of(base)) } else { basis.names.of(base) };
        let role = |base: &str, accounts: Vec<String>, make: bool| Role {
            make: values.rbac.create && make,
            name: name(&format!("{base}-role")),
            binding: name(&format!("{base}-rolebinding")),
            subjects: accounts.into_iter().map(|name| Subject { kind: "ServiceAccount", name, namespace: namespace.to_owned() }).collect(),
        };
        let job_launchers = launchers(basis);
        let triggerer = values.triggerer.enabled.then(|| account(basis, &values.triggerer)).flatten();
        let pod_launchers = job_launchers.iter().cloned().chain(triggerer).collect();
        let ui = basis.user_interface();
        let reads =
            if basis.is_3() { values.api_server.server.allow_pod_log_reading } else { values.webserver.server.allow_pod_log_reading };
        Self {
            kind: if cluster { "ClusterRole" } else { "Role" },
            binding_kind: if cluster { "ClusterRoleBinding" } else { "RoleBinding" },
            namespace: (!cluster).then(|| namespace.to_owned()),
            pod_launcher: role("pod-launcher", pod_launchers, values.allow_pod_launching),
            job_launcher: role("job-launcher", job_launchers, values.allow_job_launching),
            log_reader: role("pod-log-reader", account(basis, ui).into_iter().collect(), reads && ui.enabled(values)),
            scc: role("scc", all(basis), values.rbac.create_scc_role_binding),
        }
    }
}

/// The accounts of what runs tasks.
fn launchers(basis: &Basis<'_>) -> Vec<String> {
    let values = basis.values;
    let scheduler = values.scheduler.enabled && (values.executor.uses_local() || values.executor.uses_kubernetes());
    let scheduler = scheduler.then(|| account(basis, &values.scheduler)).flatten();
    scheduler.into_iter().chain(workers::accounts(basis)).collect()
}

/// The accounts of all that runs.
fn all(basis: &Basis<'_>) -> Vec<String> {
    let of = |component: &dyn Component| {
        // Workers have an account for each kind and set of them.
        if component.name() == basis.values.workers.name() {
            workers::accounts(basis)
        } else {
            account(basis, component).into_iter().collect()
        }
    };
    basis.components().flat_map(|(_, component)| of(component)).collect()
}

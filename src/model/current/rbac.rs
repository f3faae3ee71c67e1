//! Roles, and the accounts that they are bound to.

use serde::Serialize;

use super::account::account_name;
use super::basis::Basis;
use super::component::{task_pods, workers};
use super::namespaces::TaskNamespaces;
use crate::model::known::Launchers;
use crate::values::Component;

/// Roles, and the accounts that they are bound to: each in the namespaces that it is for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rbac {
    kind: &'static str,
    binding_kind: &'static str,
    pod_launchers: Vec<Role>,
    job_launchers: Vec<Role>,
    log_readers: Vec<Role>,
    /// The bindings to OpenShift's security context constraint.
    scc: Vec<Role>,
}

/// A role, and the accounts that it is bound to.
#[derive(Serialize)]
struct Role {
    /// Its namespace; none of a role of the whole cluster.
    namespace: Option<String>,
    name: String,
    binding: String,
    subjects: Vec<Subject>,
}

/// An account that a role is bound to (Kubernetes: `Subject`).
#[derive(Clone, Serialize)]
struct Subject {
    kind: &'static str,
    name: String,
    namespace: String,
}

impl Subject {
    fn new(name: &str, namespace: &str) -> Self {
        Self { kind: "ServiceAccount", name: name.to_owned(), namespace: namespace.to_owned() }
    }
}

/// The account of a component, if it has a workload.
fn account(basis: &Basis<'_>, component: &dyn Component) -> Option<String> {
    Some(account_name(basis, component.account_name(), component.workload()?))
}

/// What makes roles.
struct Maker<'b> {
    namespaces: &'b TaskNamespaces,
    basis: &'b Basis<'b>,
    /// The account that pods of tasks run as, in each of their namespaces.
    of_tasks: Option<String>,
}

impl Maker<'_> {
    /// A role in each of its namespaces, bound to these accounts of the release's, and to that of the tasks, if they need it.
    fn roles(&self, base: &str, accounts: &[String], for_tasks: bool) -> Vec<Role> {
        let own = self.basis.names.namespace.as_str();
        let of_tasks = self.of_tasks.as_deref().filter(|_| for_tasks);
        let subjects: Vec<Subject> = accounts.iter().map(|name| Subject::new(name, own)).collect();
        let others = self.namespaces.others.iter().map(|namespace| (namespace, of_tasks.map(|name| Subject::new(name, namespace))));
        let named = |prefix: &str, namespace: Option<&str>, subjects: Vec<Subject>| Role {
            namespace: namespace.map(str::to_owned),
            name: format!("{prefix}{}", self.basis.names.of(&format!("{base}-role"))),
            binding: format!("{prefix}{}", self.basis.names.of(&format!("{base}-rolebinding"))),
            subjects,
        };
        if self.namespaces.any {
            // Roles of the whole cluster must not clash with those of the same release in another namespace.
            let all = subjects.into_iter().chain(others.filter_map(|(_, tasks)| tasks)).collect();
            return vec![named(&format!("{own}-"), None, all)];
        }
        let there = others.map(|(namespace, tasks)| named("", Some(namespace), subjects.iter().cloned().chain(tasks).collect()));
        let there: Vec<Role> = there.collect();
        std::iter::once(named("", Some(own), subjects)).chain(there).collect()
    }
}

impl<'b> Maker<'b> {
    fn of(basis: &'b Basis<'b>) -> Self {
        let of_tasks = basis.values.executor.uses_kubernetes().then(|| task_pods::account(basis));
        Self { namespaces: &basis.task_namespaces, basis, of_tasks }
    }
}

impl Rbac {
    pub fn of(basis: &Basis<'_>) -> Self {
        let values = basis.values;
        let maker = Maker::of(basis);
        let role = |base: &str, accounts: &[String], for_tasks: bool, make: bool| {
            if values.rbac.create && make { maker.roles(base, accounts, for_tasks) } else { Vec::new() }
        };
        let ui = basis.user_interface();
        let reads =
            if basis.is_3() { values.api_server.server.allow_pod_log_reading } else { values.webserver.server.allow_pod_log_reading };
        let readers: Vec<String> = account(basis, ui).into_iter().collect();
        let cluster = maker.namespaces.any;
        Self {
            kind: if cluster { "ClusterRole" } else { "Role" },
            binding_kind: if cluster { "ClusterRoleBinding" } else { "RoleBinding" },
            pod_launchers: role("pod-launcher", &pod_launchers(basis), true, values.allow_pod_launching),
            job_launchers: role("job-launcher", &job_launchers(basis), true, values.allow_job_launching),
            log_readers: role("pod-log-reader", &readers, false, reads && ui.enabled(values)),
            scc: role("scc", &all(basis), true, values.rbac.create_scc_role_binding),
        }
    }
}

/// Who has to be able to make pods, in which namespaces.
pub fn launchers(basis: &Basis<'_>) -> Vec<Launchers> {
    let roles = Maker::of(basis).roles("pod-launcher", &pod_launchers(basis), true);
    let named = |subject: Subject| format!("{}:{}", subject.namespace, subject.name);
    let launchers = |role: Role| Launchers { namespace: role.namespace, accounts: role.subjects.into_iter().map(named).collect() };
    roles.into_iter().map(launchers).collect()
}

/// The accounts of what runs tasks, and of the triggerer, which watches the pods that they make.
fn pod_launchers(basis: &Basis<'_>) -> Vec<String> {
    let triggerer = basis.values.triggerer.enabled.then(|| account(basis, &basis.values.triggerer)).flatten();
    job_launchers(basis).into_iter().chain(triggerer).collect()
}

/// The accounts of what runs tasks.
fn job_launchers(basis: &Basis<'_>) -> Vec<String> {
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

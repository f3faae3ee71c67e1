//! Roles, and the accounts that they are bound to.

use serde::Serialize;

use super::account::account_name;
use super::basis::Basis;
use super::component::{task_pods, workers};
use super::namespaces::TaskNamespaces;
use crate::model::known::Launchers;
use crate::values::{Component, Need};

/// Roles, and the accounts that they are bound to: each in the namespaces that it is for.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rbac {
    pod_launchers: Vec<Role>,
    job_launchers: Vec<Role>,
    log_readers: Vec<Role>,
    pod_removers: Vec<Role>,
    /// Roles that allow nothing, which the chart has for CronJobs.
    idle: Vec<Role>,
    /// The bindings to OpenShift's security context constraint.
    scc: Vec<Role>,
}

/// A role, and the accounts that it is bound to.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Role {
    kind: &'static str,
    binding_kind: &'static str,
    /// Its namespace; none of a role of the whole cluster.
    namespace: Option<String>,
    name: String,
    binding: String,
    subjects: Vec<Subject>,
}

/// An account that a role is bound to (Kubernetes: `Subject`).
#[derive(Clone, PartialEq, Serialize)]
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
        let mut there = self.in_each(base, accounts, for_tasks);
        if !self.namespaces.any {
            return there;
        }
        // Roles of the whole cluster must not clash with those of the same release in another namespace.
        let prefix = format!("{}-", self.basis.names.namespace);
        let mut all: Vec<Subject> = Vec::new();
        for subject in there.iter().flat_map(|role| &role.subjects) {
            all.extend((!all.contains(subject)).then(|| subject.clone()));
        }
        let Role { name, binding, .. } = there.swap_remove(0);
        let (name, binding) = (format!("{prefix}{name}"), format!("{prefix}{binding}"));
        vec![Role { kind: "ClusterRole", binding_kind: "ClusterRoleBinding", namespace: None, name, binding, subjects: all }]
    }

    /// The same, whatever namespaces tasks may run in: in the release's, and in those that are known.
    fn in_each(&self, base: &str, accounts: &[String], for_tasks: bool) -> Vec<Role> {
        let own = self.basis.names.namespace.as_str();
        let of_tasks = self.of_tasks.as_deref().filter(|_| for_tasks);
        let role = |namespace: &str, of_tasks: Option<&str>| Role {
            kind: "Role",
            binding_kind: "RoleBinding",
            namespace: Some(namespace.to_owned()),
            name: self.basis.names.of(&format!("{base}-role")),
            binding: self.basis.names.of(&format!("{base}-rolebinding")),
            subjects: accounts
                .iter()
                .map(|name| Subject::new(name, own))
                .chain(of_tasks.map(|name| Subject::new(name, namespace)))
                .collect(),
        };
        let others = self.namespaces.others.iter().map(|namespace| role(namespace, of_tasks));
        std::iter::once(role(own, None)).chain(others).collect()
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
        Self {
            pod_launchers: role("pod-launcher", &pod_launchers(basis), true, values.allow_pod_launching),
            job_launchers: role("job-launcher", &job_launchers(basis), true, values.allow_job_launching),
            pod_removers: of_cron_jobs(&maker, true),
            idle: if basis.is_for_helm() { of_cron_jobs(&maker, false) } else { Vec::new() },
            log_readers: role("pod-log-reader", &readers, false, reads && ui.enabled(values)),
            scc: role("scc", &all(basis), true, values.rbac.create_scc_role_binding),
        }
    }
}

/// The roles of the CronJobs that remove pods, or of those that do not.
fn of_cron_jobs(maker: &Maker<'_>, removes_pods: bool) -> Vec<Role> {
    let basis = maker.basis;
    let is_asked_for = |component: &dyn Component| {
        component.cron_job().is_some() && component.needs().contains(&Need::RemovePods) == removes_pods && basis.values.rbac.create
    };
    let components = basis.components().filter(|(_, component)| is_asked_for(*component));
    let roles = |component: &dyn Component| {
        let accounts: Vec<String> = account(basis, component).into_iter().collect();
        let mut roles = maker.in_each(component.object_name(), &accounts, false);
        roles.truncate(if removes_pods { roles.len() } else { 1 });
        // Unlike those of other roles, the chart's does not name it.
        roles[0].namespace = basis.namespace().map(str::to_owned);
        roles
    };
    components.flat_map(|(_, component)| roles(component)).collect()
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
    let edge = &*values.workers.edge;
    let edge = edge.enabled(values).then(|| account(basis, edge)).flatten();
    scheduler.into_iter().chain(workers::accounts(basis)).chain(edge).collect()
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

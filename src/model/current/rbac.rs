//! Roles, and the accounts that they are bound to.

use serde_json::{Value, json};

use super::{Basis, active, component, workers};
use crate::values::Component;

/// Roles, and the accounts that they are bound to.
pub fn facts(basis: &Basis<'_>) -> Value {
    let values = basis.values;
    let cluster = values.multi_namespace_mode;
    let namespace = basis.names.namespace.as_str();
    // Roles of the whole cluster must not meet those of the same release in another namespace.
    let name = |base: &str| if cluster { format!("{namespace}-{}", basis.names.of(base)) } else { basis.names.of(base) };
    let subjects = |accounts: Vec<String>| -> Vec<Value> {
        accounts.into_iter().map(|name| json!({"kind": "ServiceAccount", "name": name, "namespace": namespace})).collect()
    };
    let role = |base: &str, accounts: Vec<String>, make: bool| {
        json!({
            "make": values.rbac.create && make,
            "name": name(&format!("{base}-role")),
            "binding": name(&format!("{base}-rolebinding")),
            "subjects": subjects(accounts),
        })
    };
    let account = |component: &dyn Component| {
        let workload = component.workload().expect("what launches pods has a workload");
        component::account_name(basis, component, workload)
    };
    let executor = &values.executor;
    let scheduler = values.scheduler.enabled && (executor.uses_local() || executor.uses_kubernetes());
    let workers = if executor.uses_celery() || executor.uses_kubernetes() { workers::accounts(basis) } else { Vec::new() };
    let mut launchers: Vec<String> = scheduler.then(|| account(&values.scheduler)).into_iter().chain(workers).collect();
    let job_launchers = launchers.clone();
    launchers.extend(values.triggerer.enabled.then(|| account(&values.triggerer)));
    let (ui, reads): (&dyn Component, bool) = if basis.is_3() {
        (&values.api_server, values.api_server.server.allow_pod_log_reading)
    } else {
        (&values.webserver, values.webserver.server.allow_pod_log_reading)
    };
    // Workers have an account for each kind and set of them.
    let accounts = |component: &dyn Component| {
        if component.name() == values.workers.name() { workers::accounts(basis) } else { vec![account(component)] }
    };
    let all = active(values).filter(|component| component.workload().is_some()).flat_map(accounts);
    json!({
        "kind": if cluster { "ClusterRole" } else { "Role" },
        "bindingKind": if cluster { "ClusterRoleBinding" } else { "RoleBinding" },
        "namespace": (!cluster).then_some(namespace),
        "podLauncher": role("pod-launcher", launchers, values.allow_pod_launching),
        "jobLauncher": role("job-launcher", job_launchers, values.allow_job_launching),
        "logReader": role("pod-log-reader", vec![account(ui)], reads && ui.enabled(values)),
        "scc": role("scc", all.collect(), values.rbac.create_scc_role_binding),
    })
}

//! What a component's templates see: its own values, and what is derived for every component alike.

use indexmap::IndexMap;
use serde_json::{Value, json};

use super::checksums::Checksums;
use super::{Basis, active, containers, dags, env, workers};
use crate::model::External;
use crate::values::{Component, ContainerSecurityContext, LogGroomer, Need, Workload};

/// What every component's templates see is made from.
pub struct Shared<'s, 'v> {
    pub basis: &'s Basis<'v>,
    pub checksums: &'s Checksums,
}

/// By which the cluster autoscaler knows whether it may move a pod.
pub const SAFE_TO_EVICT: &str = "cluster-autoscaler.kubernetes.io/safe-to-evict";

impl Shared<'_, '_> {
    /// What a component's templates see.
    pub fn see(&self, component: &dyn Component) -> Value {
        let Some(workload) = component.workload() else { return self.plain(component) };
        self.see_as(component, component.values(), workload, component.safe_to_evict())
    }

    /// Of a component whose pods have no keys of their own.
    fn plain(&self, component: &dyn Component) -> Value {
        let mut seen = component.values();
        seen["enabled"] = json!(component.enabled(self.basis.values));
        seen
    }

    /// What templates see of a component with these values.
    pub fn see_as(&self, component: &dyn Component, mut seen: Value, workload: &Workload, safe_to_evict: Option<bool>) -> Value {
        let basis = self.basis;
        let (values, labelling, name) = (basis.values, &basis.labelling, component.name());
        let airflow = component.needs().contains(&Need::Airflow);
        let tokens = component.needs().contains(&Need::Tokens);
        let placement = workload.scheduling.placement.or(&values.placement);
        let own_env = env::own(&workload.env);
        let env =
            if airflow { env::joined([&env::custom(basis), &env::standard(basis, tokens), &own_env]) } else { env::joined([&own_env]) };
        let mut scaler_labels = labelling.of_component(&format!("{name}-horizontalpodautoscaler"), Some(&workload.labels));
        scaler_labels.insert("deploymentName".to_owned(), format!("{}-{}", basis.names.release, component.object_name()));
        let derived = json!({
            "enabled": component.enabled(values),
            "name": basis.names.of(component.object_name()),
            "component": name,
            "labels": labelling.of_component(name, Some(&workload.labels)),
            "selector": labelling.selector(name),
            "podLabels": labelling.of_pods(name, Some(&workload.labels)),
            "podAnnotations": self.pod_annotations(component, workload, safe_to_evict),
            "serviceAccount": {
                "create": workload.service_account.create == Some(true),
                "name": account_name(basis, component, workload),
                "automountServiceAccountToken": workload.service_account.automount_service_account_token,
                "annotations": workload.service_account.annotations,
                "withoutToken": workload.service_account.automount_service_account_token == Some(false),
                "token": token(workload),
            },
            "nodeSelector": placement.node_selector,
            "affinity": Self::affinity(component, &placement.affinity.0),
            "tolerations": placement.tolerations,
            "topologySpreadConstraints": placement.topology_spread_constraints,
            "schedulerName": placement.scheduler_name,
            "ownRevisionHistoryLimit": workload.revision_history_limit,
            "generalLabels": labelling.of(name),
            "revisionHistoryLimit": workload.revision_history_limit.or(values.revision_history_limit),
            "podSecurityContext": match component.user() {
                None => containers::pod_security(basis, workload),
                Some(uid) => containers::foreign_pod_security(workload, uid),
            },
            "securityContext": if airflow {
                containers::security(basis, &workload.security_contexts.container)
            } else {
                containers::foreign_security(&workload.security_contexts.container)
            },
            "lifecycle": containers::lifecycle(basis, &workload.container_lifecycle_hooks),
            "env": env,
            "keepsGit": dags::keeps_volume(values, component),
            "hasDags": dags::mounted(values, component),
            "isStateful": component.is_stateful(values),
            "isScaled": component.is_scaled(),
            "scalerLabels": scaler_labels,
            "permissionsSecurityContext": containers::security(basis, &permissions(&seen)),
            "budgetName": Value::Null,
            "chown": workers::chown(&containers::pod_security(basis, workload)),
        });
        let groomer = seen.get("logGroomerSidecar").cloned().and_then(|keys| serde_json::from_value::<LogGroomer>(keys).ok());
        let waits = seen.get("waitForMigrations").cloned().and_then(|keys| serde_json::from_value(keys).ok());
        if let Some(seen) = seen.as_object_mut() {
            seen.extend(derived.as_object().cloned().unwrap_or_default());
            if let Some(keys) = groomer {
                seen.insert("logGroomer".to_owned(), json!(containers::log_groomer(basis, &keys)));
            }
            if let Some(keys) = waits {
                seen.insert("waits".to_owned(), json!(containers::wait_for_migrations(basis, &keys)));
            }
        }
        seen
    }

    /// Where nobody says otherwise, what runs in several copies runs on several nodes, if there are.
    fn affinity(component: &dyn Component, given: &Value) -> Value {
        let empty = given.as_object().is_none_or(serde_json::Map::is_empty);
        if !empty || !component.needs().contains(&Need::Apart) {
            return given.clone();
        }
        let term = json!({
            "labelSelector": {"matchLabels": {"component": component.name()}},
            "topologyKey": "kubernetes.io/hostname",
        });
        json!({"podAntiAffinity": {"preferredDuringSchedulingIgnoredDuringExecution": [{"podAffinityTerm": term, "weight": 100}]}})
    }

    /// What the user asks for, and the checksums of the data that the pods refer to.
    fn pod_annotations(&self, component: &dyn Component, workload: &Workload, safe_to_evict: Option<bool>) -> IndexMap<String, String> {
        let airflow = component.needs().contains(&Need::Airflow);
        let general = self.basis.values.airflow_pod_annotations.0.clone();
        let mut annotations: IndexMap<_, _> = safe_to_evict.map(|safe| (SAFE_TO_EVICT.to_owned(), safe.to_string())).into_iter().collect();
        annotations.extend(general.into_iter().filter(|_| airflow));
        annotations.extend(workload.pod_annotations.0.clone());
        let checksums = self.checksums.of(component);
        let missing = checksums.into_iter().filter(|(key, _)| !annotations.contains_key(key)).collect::<Vec<_>>();
        annotations.extend(missing);
        annotations
    }
}

/// The security context of the container that gives a volume to Airflow's user.
fn permissions(seen: &Value) -> ContainerSecurityContext {
    ContainerSecurityContext(seen.pointer("/persistence/securityContexts/container").cloned().unwrap_or_default())
}

/// The token that is mounted by hand, if one is.
fn token(workload: &Workload) -> Option<Value> {
    let account = &workload.service_account;
    let keys = &account.service_account_token_volume;
    let mounted = keys.enabled && account.automount_service_account_token == Some(false);
    mounted.then(|| {
        json!({
            "mountPath": keys.mount_path,
            "volumeName": keys.volume_name,
            "expirationSeconds": keys.expiration_seconds,
            "audience": keys.audience,
        })
    })
}

/// The account that a component's pods run as.
pub fn account_name(basis: &Basis<'_>, component: &dyn Component, workload: &Workload) -> String {
    named_account(basis, component.account_name(), workload)
}

/// The account that the pods of what `base` says run as.
pub fn named_account(basis: &Basis<'_>, base: &str, workload: &Workload) -> String {
    let account = &workload.service_account;
    let given = account.name.as_ref().and_then(|name| name.given());
    // Without a name, an account that is not made is the one that every namespace has.
    let otherwise = || if account.create == Some(true) { basis.names.account(base) } else { "default".to_owned() };
    given.map_or_else(otherwise, str::to_owned)
}

/// The accounts that have to exist.
pub fn external(basis: &Basis<'_>) -> Vec<External> {
    let workloads = active(basis.values).filter_map(|component| Some((component, component.workload()?)));
    let named = workloads.filter(|(_, workload)| workload.service_account.create != Some(true));
    named.map(|(component, workload)| External::object("ServiceAccount", account_name(basis, component, workload))).collect()
}

//! Values that are merged in layers: an empty value takes the value of the layer below.
//!
//! Workers have three layers in the chart: the keys for both kinds, those of Celery's or Kubernetes' workers, and those of
//! a set. Sections merge key by key; lists, free maps and Kubernetes' own types replace.

use serde_json::Value;

use super::{
    Affinity, Annotations, Background, CommandProbe, ContainerSecurityContext, ContainerSecurityContexts, DagProcessorKeys,
    DeploymentStrategy, DisruptionBudget, DnsLabel, DnsSubdomain, EdgeWorkerKeys, EvictionPolicy, Hpa, IntOrString, Keda, KedaAdvanced,
    KedaAutoscaler, KerberosContainer, KubernetesWorkers, Labels, Lifecycle, Line, LogGroomer, MountPath, Optional, OptionalProbe,
    OwnVolume, Placement, PodDisruptionBudget, PodManagementPolicy, PodSecurityContext, Probe, Quantity, Resources, RetentionPolicy,
    ScalingBehavior, Scheduling, SecurityContexts, ServiceAccount, TokenVolume, TriggererKeys, UpdateStrategy, WaitForMigrations, Worker,
    WorkerLogGroomer, Workload, WriteMode,
};

/// A value that takes the value of the layer below if it is empty.
pub trait Layered: Clone {
    /// Whether it is empty.
    fn is_nothing(&self) -> bool;

    /// The value merged over the one below.
    fn over(&self, below: &Self) -> Self {
        if self.is_nothing() { below.clone() } else { self.clone() }
    }
}

impl<T: Layered> Layered for Option<T> {
    fn is_nothing(&self) -> bool {
        self.as_ref().is_none_or(T::is_nothing)
    }

    fn over(&self, below: &Self) -> Self {
        match (self, below) {
            (Some(own), Some(below)) => Some(own.over(below)),
            (own, None) => own.clone().filter(|own| !own.is_nothing()),
            (None, below) => below.clone(),
        }
    }
}

impl<T: Clone> Layered for Optional<T> {
    fn is_nothing(&self) -> bool {
        self.is_none()
    }
}

impl<T: Clone> Layered for Vec<T> {
    fn is_nothing(&self) -> bool {
        self.is_empty()
    }
}

impl Layered for Value {
    fn is_nothing(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Array(items) => items.is_empty(),
            Self::Object(entries) => entries.values().all(Layered::is_nothing),
            _ => false,
        }
    }
}

/// Types that are never empty.
macro_rules! scalars {
    ( $( $type:ty ),* $(,)? ) => { $(
        impl Layered for $type {
            fn is_nothing(&self) -> bool {
                false
            }
        }
    )* };
}
scalars!(MountPath, bool, u32, u64, String, EvictionPolicy, PodManagementPolicy, DnsLabel, DnsSubdomain, Line, Quantity, WriteMode);

/// Types that hold one value, free or defined by Kubernetes.
macro_rules! wrappers {
    ( $( $type:ident ),* $(,)? ) => { $(
        impl Layered for $type {
            fn is_nothing(&self) -> bool {
                self.0.is_nothing()
            }
        }
    )* };
}
wrappers!(
    Affinity,
    ContainerSecurityContext,
    DeploymentStrategy,
    IntOrString,
    Lifecycle,
    PodSecurityContext,
    Resources,
    RetentionPolicy,
    ScalingBehavior,
    UpdateStrategy,
);

impl Layered for Labels {
    fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }
}

impl Layered for Annotations {
    fn is_nothing(&self) -> bool {
        self.0.is_empty()
    }
}

/// Structs of keys: a `section` merges key by key, a `whole` replaces.
macro_rules! keys {
    ( $( $how:ident $type:ident { $( $field:ident ),* $(,)? } )* ) => { $(
        impl Layered for $type {
            fn is_nothing(&self) -> bool {
                let Self { $( $field ),* } = self;
                true $( && $field.is_nothing() )*
            }

            keys!(@$how $type $( $field ),*);
        }
    )* };
    (@section $type:ident $( $field:ident ),*) => {
        fn over(&self, below: &Self) -> Self {
            Self { $( $field: self.$field.over(&below.$field) ),* }
        }
    };
    (@whole $type:ident $( $field:ident ),*) => {};
}

keys! {
    section Worker {
        replicas, queue, liveness_probe, update_strategy, strategy, pod_management_policy, pod_disruption_budget, keda, hpa,
        persistence, kerberos_sidecar, kerberos_init_container, safe_to_evict, extra_ports, volume_claim_templates,
        log_groomer_sidecar, wait_for_migrations, workload,
    }
    section EdgeWorkerKeys {
        replicas, queues, concurrency, liveness_probe, strategy, pod_disruption_budget, hpa, safe_to_evict, log_groomer_sidecar, workload,
    }
    section DagProcessorKeys { replicas, strategy, background, workload }
    section TriggererKeys { replicas, strategy, update_strategy, persistence, keda, background, workload }
    section Background { liveness_probe, safe_to_evict, pod_disruption_budget, log_groomer_sidecar, wait_for_migrations }
    section KubernetesWorkers { kerberos_sidecar, kerberos_init_container, safe_to_evict, workload }
    section Workload {
        scheduling, command, args, resources, env, annotations, pod_annotations, labels, service_account, security_context,
        security_contexts, container_lifecycle_hooks, revision_history_limit, termination_grace_period_seconds,
        extra_containers, extra_init_containers, extra_volumes, extra_volume_mounts,
    }
    section Scheduling { placement, priority_class_name, runtime_class_name, host_aliases }
    section Placement { node_selector, affinity, tolerations, topology_spread_constraints, scheduler_name }
    section ServiceAccount { create, name, annotations, automount_service_account_token, service_account_token_volume }
    whole TokenVolume { enabled, mount_path, volume_name, expiration_seconds, audience }
    section SecurityContexts { pod, container }
    section ContainerSecurityContexts { container }
    section OptionalProbe { enabled, probe }
    section CommandProbe { probe, command }
    section Probe { initial_delay_seconds, timeout_seconds, period_seconds, failure_threshold }
    section PodDisruptionBudget { enabled, config }
    whole DisruptionBudget { max_unavailable, min_available, unhealthy_pod_eviction_policy }
    section Keda {
        enabled, namespace_labels, polling_interval, cooldown_period, min_replica_count, max_replica_count, advanced, query,
        use_pgbouncer,
    }
    section KedaAdvanced { horizontal_pod_autoscaler_config }
    section KedaAutoscaler { behavior }
    section Hpa { enabled, min_replica_count, max_replica_count, metrics, behavior }
    section OwnVolume {
        enabled, size, access_mode, storage_class_name, fix_permissions, annotations, persistent_volume_claim_retention_policy,
        security_contexts,
    }
    section KerberosContainer { enabled, resources, security_contexts, container_lifecycle_hooks }
    section LogGroomer {
        enabled, command, args, retention_days, retention_minutes, frequency_minutes, max_size_bytes, max_size_percent,
        resources, env, security_contexts, container_lifecycle_hooks,
    }
    section WorkerLogGroomer { groomer, require_persistence }
    section WaitForMigrations { enabled, env, security_contexts }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn worker(keys: Value) -> Worker {
        serde_json::from_value(keys).unwrap()
    }

    #[test]
    fn sections_are_laid_over_each_other_and_the_rest_replaces() {
        let below = worker(json!({
            "replicas": 1,
            "keda": {"enabled": true, "minReplicaCount": 1, "namespaceLabels": {"a": "1"}},
            "resources": {"limits": {"cpu": "1"}, "requests": {"cpu": "1"}},
            "podDisruptionBudget": {"enabled": true, "config": {"minAvailable": 1}},
            "tolerations": [{"key": "a"}],
            "serviceAccount": {"name": "below", "annotations": {"a": "1"}},
        }));
        let own = worker(json!({
            "replicas": 0,
            "keda": {"minReplicaCount": 0, "namespaceLabels": {"b": "2"}},
            "resources": {"limits": {"memory": "1Gi"}},
            "podDisruptionBudget": {"config": {"maxUnavailable": 2}},
            "serviceAccount": {"annotations": {}},
        }));
        let both = own.over(&below);
        let expected = worker(json!({
            "replicas": 0,
            "keda": {"enabled": true, "minReplicaCount": 0, "namespaceLabels": {"b": "2"}},
            "resources": {"limits": {"memory": "1Gi"}},
            "podDisruptionBudget": {"enabled": true, "config": {"maxUnavailable": 2}},
            "tolerations": [{"key": "a"}],
            "serviceAccount": {"name": "below", "annotations": {"a": "1"}},
        }));
        assert_eq!(json!(both), json!(expected));
    }

    #[test]
    fn what_says_nothing_lets_through_what_is_below() {
        for nothing in [json!(null), json!({}), json!([]), json!({"limits": {}}), json!({"a": null, "b": []})] {
            assert!(nothing.is_nothing(), "{nothing}");
        }
        for something in [json!(false), json!(0), json!(""), json!([null]), json!({"a": [{}]})] {
            assert!(!something.is_nothing(), "{something}");
        }
    }

    #[test]
    fn the_empty_text_takes_away_what_is_below_it() {
        let below = worker(json!({"priorityClassName": "high", "serviceAccount": {"name": "below"}, "runtimeClassName": "gvisor"}));
        let own = worker(json!({"priorityClassName": "", "serviceAccount": {"name": ""}}));
        let Workload { scheduling, service_account, .. } = own.over(&below).workload;
        assert_eq!(scheduling.priority_class_name.as_deref(), Some(""));
        assert_eq!(service_account.name.as_deref(), Some(""));
        assert_eq!(scheduling.runtime_class_name.as_deref(), Some("gvisor"));
    }
}

//! What templates see of pods: those of a component, of a set of workers, or of tasks.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::account::Account;
use super::basis::Basis;
use super::checksums::Checksums;
use super::env::{self, AirflowEnv};
use super::http_route::HttpRoute;
use super::ingress::Ingress;
use super::jwt_key::JwtKey;
use super::keda::{self, Trigger};
use super::kerberos::{Containers, Kerberos};
use super::monitor::Monitor;
use super::network::Policy;
use super::placement::{self, Placement};
use super::secret_manifests::OwnSecret;
use super::security::{self, PodSecurity, Security};
use super::sidecars::{LogGroomer, WaitForMigrations};
use super::storage::{PodDags, PodLogs};
use crate::model::image::Reference;
use crate::model::labels::{Labels, SAFE_TO_EVICT};
use crate::model::variable::{self, Env};
use crate::values::{self, Component, Demand, Keda, Need, OwnVolume, Workload};

/// Whose pods they are: the values that decide what a pod is.
pub struct Subject<'v> {
    pub component: &'v dyn Component,
    /// Its own values, as templates see them.
    pub own: &'v dyn erased_serde::Serialize,
    pub workload: &'v Workload,
    /// What its account's name ends with.
    pub account: String,
    pub log_groomer: Option<&'v values::LogGroomer>,
    pub wait_for_migrations: Option<&'v values::WaitForMigrations>,
    pub own_volume: Option<&'v OwnVolume>,
    pub keda: Option<(&'v Keda, Demand<'v>)>,
    pub kerberos: Option<Containers<'v>>,
    pub safe_to_evict: Option<bool>,
}

impl<'v> Subject<'v> {
    /// A component, if it has a workload.
    pub fn of(component: &'v dyn Component) -> Option<Self> {
        Some(Self {
            component,
            own: component,
            workload: component.workload()?,
            account: component.account_name().to_owned(),
            log_groomer: component.log_groomer(),
            wait_for_migrations: component.wait_for_migrations(),
            own_volume: component.own_volume(),
            keda: component.keda(),
            kerberos: None,
            safe_to_evict: component.safe_to_evict(),
        })
    }
}

/// What templates see of pods: the subject's own values, and what is derived for every subject alike.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Pod<'v> {
    /// Its own values, as the user gives them.
    own: &'v dyn erased_serde::Serialize,
    /// Whether it is part of the set.
    enabled: bool,
    pub name: String,
    /// The label `component`.
    component: &'static str,
    /// Whether each pod has a volume of its own (Kubernetes: StatefulSet).
    pub is_stateful: bool,
    /// The kind of its workload.
    pub kind: &'static str,
    pub image: Reference,
    health_path: Option<String>,
    /// Labels of its objects.
    labels: Labels,
    /// Labels of its objects without the user's own for it.
    general_labels: Labels,
    pub selector: Labels,
    pub template: PodTemplate<'v>,
    pub service_account: Account<'v>,
    #[serde(flatten)]
    pub placement: Placement<'v>,
    priority_class_name: Option<String>,
    revision_history_limit: Option<u32>,
    own_revision_history_limit: Option<u32>,
    security_context: Security<'v>,
    lifecycle: Option<&'v Value>,
    pub args: Option<Vec<String>>,
    pub env: Env<'v>,
    pub dags: PodDags,
    pub logs: PodLogs<'v>,
    pub scaler: Scaler,
    /// The name of its disruption budget.
    pub budget_name: String,
    /// What tells its pods from those of sets, whose labels they have.
    pub apart: Option<Absent>,
    log_groomer: Option<LogGroomer<'v>>,
    pub wait_for_migrations: Option<WaitForMigrations<'v>>,
    pub kerberos: Option<Kerberos<'v>>,
    jwt_key: Option<JwtKey>,
    /// The Secrets that it alone reads.
    secrets: IndexMap<&'static str, OwnSecret>,
    ingress: Option<Ingress<'v>>,
    http_route: Option<HttpRoute<'v>>,
    monitor: Option<Monitor<'v>>,
    policy: Policy<'v>,
}

/// What the pods themselves have.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PodTemplate<'v> {
    pub labels: Labels,
    pub annotations: IndexMap<String, String>,
    security_context: PodSecurity<'v>,
}

/// A label that pods do not have (Kubernetes: `LabelSelectorRequirement`).
#[derive(Serialize)]
pub struct Absent {
    key: &'static str,
    operator: &'static str,
}

impl Absent {
    /// Of pods without this label.
    pub fn of(key: &'static str) -> Self {
        Self { key, operator: "DoesNotExist" }
    }
}

/// An autoscaler.
#[derive(Serialize)]
pub struct Scaler {
    /// Whether it decides how many run.
    pub decides: bool,
    pub labels: Labels,
    trigger: Option<Trigger>,
}

/// What makes pods.
pub struct Pods<'b, 'v> {
    pub basis: &'b Basis<'v>,
    pub checksums: &'b Checksums,
    pub env: &'b AirflowEnv<'v>,
}

impl<'v> Pods<'_, 'v> {
    /// The pods of a subject, which has `key` in the values.
    pub fn of(&self, key: &str, subject: &Subject<'v>) -> Pod<'v> {
        let basis = self.basis;
        let (values, labelling) = (basis.values, &basis.labelling);
        let Subject { component, own, workload, .. } = *subject;
        let name = component.name();
        let runs_airflow = component.needs().contains(&Need::Airflow);
        // The user's own variables come last: they have precedence.
        let (own_secrets, own_env) = (env::of_own_secrets(basis, key), variable::own(&workload.env));
        let kerberos = subject.kerberos.and_then(|containers| Kerberos::of(basis, self.env, containers));
        let for_tickets = kerberos.as_ref().map(|kerberos| kerberos.variables(values)).unwrap_or_default();
        let own_security = &workload.security_contexts.container;
        let is_stateful = component.is_stateful(values);
        Pod {
            own,
            enabled: component.enabled(values),
            name: basis.names.of_component(component),
            component: name,
            is_stateful,
            kind: kind(is_stateful),
            image: basis.images.of_component(values, component),
            health_path: component.health_path(values),
            labels: labelling.of_component(name, Some(&workload.labels)),
            general_labels: labelling.of(name),
            selector: labelling.selector(name),
            template: PodTemplate {
                labels: labelling.of_pods(name, Some(&workload.labels)),
                annotations: self.annotations(key, subject),
                security_context: if runs_airflow {
                    security::of_pod(basis, workload)
                } else {
                    security::of_foreign_pod(basis, workload, component.user())
                },
            },
            service_account: Account::of(basis, &subject.account, workload),
            placement: Placement::of(basis, component, workload),
            priority_class_name: placement::priority_class(basis, &workload.scheduling),
            revision_history_limit: workload.revision_history_limit.or(values.revision_history_limit),
            own_revision_history_limit: workload.revision_history_limit,
            security_context: if runs_airflow {
                security::of_container(basis, own_security)
            } else {
                security::of_foreign_container(own_security)
            },
            lifecycle: security::lifecycle(basis, &workload.container_lifecycle_hooks),
            args: workload.args.clone(),
            env: if runs_airflow {
                let standard = self.env.of_component(component).clone();
                variable::joined([own_secrets, self.env.custom.clone(), standard, for_tickets, own_env])
            } else {
                variable::joined([own_secrets, own_env])
            },
            dags: PodDags::of(values, &basis.secrets, component),
            logs: PodLogs::of(basis, workload, subject.own_volume, is_stateful),
            scaler: Scaler {
                decides: component.is_scaled(),
                labels: scaler_labels(basis, component, workload),
                trigger: subject.keda.map(|(keys, demand)| keda::trigger(basis, keys, demand, &subject.workload.env)),
            },
            budget_name: format!("{}-pdb", basis.names.of_component(component)),
            apart: None,
            log_groomer: subject.log_groomer.and_then(|keys| LogGroomer::of(basis, keys)),
            wait_for_migrations: subject.wait_for_migrations.and_then(|keys| WaitForMigrations::of(basis, self.env, keys)),
            kerberos,
            jwt_key: JwtKey::of(basis, component),
            secrets: OwnSecret::of_component(basis, key, component),
            ingress: Ingress::of(basis, component),
            http_route: HttpRoute::of(basis, component),
            monitor: Monitor::of(basis, component),
            policy: Policy::of(basis, component),
        }
    }

    /// What the user asks for, and the checksums of the data that the pods refer to.
    fn annotations(&self, key: &str, subject: &Subject<'_>) -> IndexMap<String, String> {
        let (component, own) = (subject.component, &subject.workload.pod_annotations);
        let general = component.needs().contains(&Need::Airflow).then_some(&self.basis.values.airflow_pod_annotations);
        let mut annotations: IndexMap<_, _> =
            subject.safe_to_evict.map(|safe| (SAFE_TO_EVICT.to_owned(), safe.to_string())).into_iter().collect();
        annotations.extend(general.into_iter().chain([own]).flat_map(|annotations| annotations.0.clone()));
        for (name, sum) in self.checksums.of_component(key, component) {
            annotations.entry(name).or_insert(sum);
        }
        annotations
    }
}

/// The kind of a workload.
pub fn kind(is_stateful: bool) -> &'static str {
    if is_stateful { "StatefulSet" } else { "Deployment" }
}

/// The labels of an autoscaler.
fn scaler_labels(basis: &Basis<'_>, component: &dyn Component, workload: &Workload) -> Labels {
    let whose = format!("{}-horizontalpodautoscaler", component.name());
    let mut labels = basis.labelling.of_component(&whose, Some(&workload.labels));
    labels.insert("deploymentName".to_owned(), format!("{}-{}", basis.names.release, component.object_name()));
    labels
}

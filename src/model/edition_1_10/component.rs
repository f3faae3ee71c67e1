//! What a component's templates see: its own values, and what is derived for every component alike.

use indexmap::IndexMap;
use serde::Serialize;

use super::facts::Facts;
use super::name::Names;
use super::{checksums, env};
use crate::model::external::External;
use crate::model::labels::{Labels, SAFE_TO_EVICT};
use crate::model::variable::{self, Env};
use crate::values::{self, Annotations, Component, Need, Placement, ServiceAccount, Values};

/// What a component's templates see.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Seen<'v> {
    /// Its own values, as the user gives them.
    own: &'v dyn erased_serde::Serialize,
    /// Whether it is part of the set.
    enabled: bool,
    name: String,
    labels: Labels,
    selector: Labels,
    template: PodTemplate,
    env: Env<'v>,
    /// The account of a component that makes pods.
    service_account: Option<Account<'v>>,
    /// On which nodes its pods run.
    #[serde(flatten)]
    placement: Placement,
}

/// What the pods themselves have.
#[derive(Serialize)]
struct PodTemplate {
    labels: Labels,
    annotations: IndexMap<String, String>,
}

/// The account that pods run as.
#[derive(Serialize)]
struct Account<'v> {
    create: bool,
    name: String,
    labels: Labels,
    annotations: &'v Annotations,
}

/// What every component's templates see is made from.
pub struct Shared<'f, 'v> {
    values: &'v Values,
    facts: &'f Facts<'v>,
    checksums: Vec<(String, String)>,
    env: Env<'v>,
}

/// The components that this edition has, by their keys.
pub fn all(values: &Values) -> impl Iterator<Item = (&'static str, &dyn Component)> {
    values.components().into_iter().filter(|(key, _)| ["scheduler", "webserver", "statsd", "workers"].contains(key))
}

/// The components that are part of the set.
pub fn active(values: &Values) -> impl Iterator<Item = &dyn Component> {
    all(values).map(|(_, component)| component).filter(|component| component.enabled(values))
}

impl<'f, 'v> Shared<'f, 'v> {
    /// With the files of the config map.
    pub fn of(values: &'v Values, facts: &'f Facts<'v>, config: &IndexMap<&'static str, String>) -> Self {
        Self { values, facts, checksums: checksums::of_pods(config, facts), env: env::of_airflow(values, facts) }
    }

    /// What a component's templates see.
    pub fn see(&self, component: &'v dyn Component) -> Seen<'v> {
        let Facts { names, labelling, .. } = self.facts;
        let workload = component.workload();
        let extra = workload.map(|workload| workload.labels.clone()).unwrap_or_default();
        let general = &self.values.placement;
        Seen {
            own: component,
            enabled: component.enabled(self.values),
            name: names.of(component.name()),
            labels: with(&extra, labelling.of_component(component.name())),
            selector: labelling.selector(component.name()),
            template: PodTemplate {
                labels: with(&extra, labelling.of_pods(component.name())),
                annotations: self.pod_annotations(component),
            },
            env: self.env(component),
            service_account: account(component).map(|account| Account {
                create: account.create == Some(true),
                name: account_name(names, component),
                labels: labelling.of_account(),
                annotations: &account.annotations,
            }),
            placement: workload.map_or_else(|| general.clone(), |own| own.scheduling.placement.or(general)),
        }
    }

    /// What the user asks for, and the checksums of what the pods refer to, unless the user pins checksums.
    fn pod_annotations(&self, component: &dyn Component) -> IndexMap<String, String> {
        let mut annotations = component.workload().map(|workload| workload.pod_annotations.0.clone()).unwrap_or_default();
        if let Some(safe) = component.safe_to_evict().filter(|_| component.name() == "scheduler") {
            annotations.entry(SAFE_TO_EVICT.to_owned()).or_insert_with(|| safe.to_string());
        }
        let pinned = annotations.keys().any(|key| key.starts_with("checksum/"));
        if component.restarts_with_airflow() && !pinned {
            annotations.extend(self.checksums.iter().cloned());
        }
        annotations
    }

    fn env(&self, component: &'v dyn Component) -> Env<'v> {
        let shared = if component.needs().contains(&Need::Airflow) { self.env.clone() } else { Vec::new() };
        variable::joined([shared, component.workload().map(|own| variable::own(&own.env)).unwrap_or_default()])
    }
}

/// The account that a component's pods run as, if it has to exist.
pub fn external(names: &Names, component: &dyn Component) -> Option<External> {
    let made = account(component)?.create == Some(true);
    (!made).then(|| External::object("ServiceAccount", account_name(names, component)))
}

/// The account of a component that makes pods; the others run as the namespace's default one.
fn account(component: &dyn Component) -> Option<&ServiceAccount> {
    component.workload().filter(|_| component.needs().contains(&Need::LaunchPods)).map(|workload| &workload.service_account)
}

/// The account that a component's pods run as.
pub fn account_name(names: &Names, component: &dyn Component) -> String {
    let given = account(component).and_then(ServiceAccount::given_name);
    let made = account(component).is_none_or(|account| account.create == Some(true));
    // Without a name, an account that is not made is the one that every namespace has.
    let otherwise = || if made { names.of(&format!("{}-serviceaccount", component.name())) } else { "default".to_owned() };
    given.map_or_else(otherwise, str::to_owned)
}

/// What the user wants, and over it what must be.
fn with(extra: &values::Labels, own: Labels) -> Labels {
    extra.0.clone().into_iter().chain(own).collect()
}

//! What components declare about themselves.

mod exposure;
mod scaled_sets;

pub use exposure::Exposure;
pub use scaled_sets::scaled_sets;

use super::{
    CronJob, Door, Edition, Endpoint, Image, Job, Keda, LogGroomer, Monitored, OwnSecret, OwnVolume, Purpose, QueueName, ServicePort,
    Values, WaitForMigrations, Workload,
};

/// A part of Airflow that runs in pods of its own.
///
/// A component declares here what other modules need to know about it; nothing else names it. Serialised, it is its own
/// values, as templates see them.
pub trait Component: erased_serde::Serialize {
    /// The value of its label `component`.
    fn name(&self) -> &'static str;

    /// The suffix of its objects' names.
    fn object_name(&self) -> &'static str {
        self.name()
    }

    /// The suffix of its service account's name.
    fn account_name(&self) -> &'static str {
        self.object_name()
    }

    /// Whether its objects are written.
    fn enabled(&self, _values: &Values) -> bool {
        true
    }

    /// What it needs from other objects.
    fn needs(&self) -> &'static [Need] {
        &[]
    }

    /// The maximum number of replicas in an edition, if the user asks for more.
    fn too_many(&self, _edition: Edition) -> Option<u32> {
        None
    }

    /// The keys that all workloads share, if it has a workload.
    fn workload(&self) -> Option<&Workload> {
        None
    }

    /// The keys of each of its workloads, and where they stand below its own key.
    fn workloads<'v>(&'v self, _values: &'v Values) -> Vec<(String, &'v Workload)> {
        self.workload().map(|workload| (String::new(), workload)).into_iter().collect()
    }

    /// The ports of its Service that the user gives, in the place of its own.
    fn service_ports(&self) -> &[ServicePort] {
        &[]
    }

    /// Labels of its objects besides those that every object has.
    fn labels(&self) -> &'static [(&'static str, &'static str)] {
        &[]
    }

    /// Whether its objects' names always begin with the release's name.
    fn is_named_by_release(&self) -> bool {
        false
    }

    /// The keys of its Job and when the Job runs, if it is one.
    fn job(&self) -> Option<(&Job, JobStep)> {
        None
    }

    /// What it has as a CronJob, if it is one.
    fn cron_job(&self) -> Option<&CronJob> {
        None
    }

    /// The arguments of its container, if it is a CronJob; the namespaces are those of pods of tasks, the release's first.
    fn scheduled_args(&self, _namespaces: &[&str]) -> Option<Vec<String>> {
        None
    }

    /// The image that its main container runs.
    fn image<'v>(&'v self, _values: &'v Values) -> ImageKeys<'v> {
        ImageKeys::Airflow
    }

    /// The path under which its server says whether it is well, if it is asked over HTTP.
    fn health_path(&self, _values: &Values) -> Option<String> {
        None
    }

    /// The user that its pods run as, if it runs another program than Airflow, and not as its image's user.
    fn user(&self) -> Option<u32> {
        None
    }

    /// Its log groomer, if it can have one.
    fn log_groomer(&self) -> Option<&LogGroomer> {
        None
    }

    /// Its init container that waits for the database migration, if it can have one.
    fn wait_for_migrations(&self) -> Option<&WaitForMigrations> {
        None
    }

    /// The volume for logs that each of its pods may have.
    fn own_volume(&self) -> Option<&OwnVolume> {
        None
    }

    /// Its KEDA autoscaler and what that measures, if it can have one.
    fn keda(&self) -> Option<(&Keda, Demand<'_>)> {
        None
    }

    /// The KEDA autoscalers of all its sets.
    fn autoscalers(&self) -> Vec<&Keda> {
        self.keda().map(|(keda, _)| keda).into_iter().collect()
    }

    /// Whether its workload is a StatefulSet: each pod has a volume of its own.
    fn is_stateful(&self, _values: &Values) -> bool {
        false
    }

    /// Whether an autoscaler decides how many replicas run.
    fn is_scaled(&self) -> bool {
        false
    }

    /// Where below its key the number of its replicas is said, and whether autoscalers decide it all the same.
    fn scaled(&self, _values: &Values) -> Vec<(String, bool)> {
        vec![(String::new(), self.is_scaled())]
    }

    /// Whether the cluster autoscaler may evict its pods, if the values say so.
    fn safe_to_evict(&self) -> Option<bool> {
        None
    }

    /// The Secrets that only it reads.
    fn secrets<'v>(&'v self, _values: &'v Values) -> Vec<OwnSecret<'v>> {
        Vec::new()
    }

    /// Its Ingress, if it can have one.
    fn ingress<'v>(&'v self, _values: &'v Values) -> Option<Exposure<'v>> {
        None
    }

    /// What it has for Prometheus, if it serves metrics and the Prometheus Operator can be told of them.
    fn monitored(&self) -> Option<Monitored<'_>> {
        None
    }

    /// The value of its network policy's label `component`.
    fn policy_label(&self) -> String {
        let whose = if self.needs().contains(&Need::Airflow) { "airflow-" } else { "" };
        // The chart has no policy for what it takes from another chart.
        if self.is_named_by_release() { self.name().to_owned() } else { format!("{whose}{}-policy", self.name()) }
    }

    /// What it serves to others over the network.
    fn serves(&self, _values: &Values) -> Vec<Endpoint> {
        Vec::new()
    }

    /// What it connects to, besides what everything that runs Airflow does: the database, and where metrics go.
    fn talks_to(&self, _values: &Values) -> Vec<Purpose> {
        Vec::new()
    }

    /// Its door for those who are not of the release, if it has one.
    fn door(&self) -> Option<Door<'_>> {
        None
    }
}

erased_serde::serialize_trait_object!(Component);

impl dyn Component + '_ {
    /// Whether a change of what all of Airflow reads must restart its pods. Those of a Job end by themselves.
    #[must_use]
    pub fn restarts_with_airflow(&self) -> bool {
        self.needs().contains(&Need::Airflow) && !self.ends()
    }

    /// Whether its pods run once and end, as those of Jobs and CronJobs do.
    #[must_use]
    pub fn ends(&self) -> bool {
        self.job().is_some() || self.cron_job().is_some()
    }
}

/// What a component needs from other objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It runs Airflow: it gets airflow.cfg and the environment that goes with it, and a change of these restarts it.
    Airflow,
    /// It runs Airflow and reaches the API server alone: it gets nothing that leads to the database.
    ApiAlone,
    /// It creates pods and watches them.
    LaunchPods,
    /// It lists pods of tasks and deletes them.
    RemovePods,
    /// It creates or checks tokens: it gets the secret that signs them.
    Tokens,
    /// It runs in several replicas, which should run on different nodes.
    SeparateNodes,
    /// It reads DAGs.
    Dags,
    /// It reads DAGs before the other components do.
    DagsFirst,
    /// It reads DAGs if there is no DAG processor, or if tasks run in it.
    DagsIfAlone,
}

/// Which keys say what image a component runs.
#[derive(Clone, Copy, Debug)]
pub enum ImageKeys<'v> {
    /// `images.airflow`, as most of Airflow does.
    Airflow,
    /// Keys of its own for an image that has Airflow in it, too: what they leave out, the general keys say.
    AirflowBy(&'v Image),
    /// Keys of its own for the image of another program: they say all of it.
    Own(&'v Image),
}

/// When a Job runs; the steps run in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum JobStep {
    /// The database is migrated to the version of Airflow; all other components wait for it.
    Migration,
    /// The first user is created.
    FirstUser,
    /// Pools, variables and connections are set.
    Import,
}

/// What an autoscaler measures to decide how many pods are needed.
#[derive(Clone, Copy, Debug)]
pub enum Demand<'v> {
    /// Waiting triggers.
    Triggers {
        /// Those of these queues; without any, all of them, or where triggers have queues, those without one.
        queues: &'v [QueueName],
        /// Whether triggers have queues.
        has_queues: bool,
    },
    /// Queued and running tasks of these queues, separated by commas.
    Tasks(&'v str),
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each component by its key: whether it restarts with Airflow.
    #[test]
    fn what_runs_airflow_restarts_with_it_unless_it_is_a_job() {
        let values = Values::default();
        let restarts = |key: &str| values.components().into_iter().find(|(one, _)| *one == key).unwrap().1.restarts_with_airflow();
        for key in ["scheduler", "webserver", "api_server", "dag_processor", "triggerer", "workers", "workers.edge"] {
            assert!(restarts(key), "{key}");
        }
        for key in ["migrate_database_job", "create_user_job", "cleanup", "database_cleanup", "redis", "statsd", "postgresql"] {
            assert!(!restarts(key), "{key}");
        }
    }
}

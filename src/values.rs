//! The values: what a user decides, typed, with its meaning and default.
//!
//! Each field's doc comment is its manual. Keys are the official chart's, in camel case; a field that the chart lacks says
//! so. Which components exist is said in this file alone, see [`Values::components`].

#[macro_use]
mod declare;

mod component;
mod components;
mod heard;
mod kubernetes;
mod labels;
mod layered;
mod option;
mod optional;
mod options;
pub(crate) mod other_executor;
pub(crate) mod other_major;
mod own_secret;
mod port_option;
mod said;
mod schema;
pub(crate) mod secret;
mod sections;
mod shapes;
mod text;
mod traffic;
mod yaml_text;

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use component::{Component, Demand, Exposure, ImageKeys, JobStep, Need, scaled_sets};
pub use components::*;
pub use declare::camel_case;
pub use heard::Heard;
pub use kubernetes::*;
pub use labels::{Annotations, Labels};
pub use option::AirflowOption;
pub use optional::Optional;
pub use options::Options;
pub use own_secret::{OwnSecret, SecretForm, SecretGroup};
pub use port_option::PortOption;
pub(crate) use port_option::argument;
pub use said::Said;
pub use schema::{document, schema};
pub use secret::{Password, Placeholder, SecretLines, SecretText, SecretValue};
pub use sections::*;
pub use shapes::*;
pub use text::*;
pub use traffic::{Door, Endpoint, Port, Purpose};
pub use yaml_text::{BLOCK, yaml_entries, yaml_list, yaml_value, yaml_values};

values! {
    general {
        /// The version of Airflow, such as `3.2.0`; it decides which edition of the manifests is written: 1.10, or the one
        /// for 2.11 and 3. Default: `3.2.2`, the chart's.
        airflow_version: AirflowVersion,
        /// How the manifests reach the cluster: `kubectl`, `argocd`, `flux` or `helm`. Default: `kubectl`. The chart does not
        /// have this key.
        delivery: Delivery,
        /// What Argo CD is told of the manifests. The chart does not have this key.
        argocd: Argocd,
        /// What Flux is told of the manifests. The chart does not have this key.
        flux: Flux,
        /// The name of the release, as Helm's: names begin with it, and it goes into the label `release`. `--release-name`
        /// has precedence. Default: `airflow`. The chart has it from Helm's command line only.
        release_name: Optional<LabelValue>,
        /// The namespace of every object that has one. `--namespace` has precedence. Default: `default`; of edition 1.10:
        /// `airflow-on-k8s`. The chart has it from Helm's command line only.
        namespace: Option<DnsLabel>,
        /// Whether the Namespace itself is among the manifests, as by Helm's `--create-namespace`. Default: `false`; of
        /// edition 1.10: `true`. The chart does not have this key.
        create_namespace: bool,
        /// The beginning of names, instead of the release's name. Default: none. It is for all names in edition 1.10 and with
        /// `useStandardNaming`, and otherwise for the names of service accounts alone.
        fullname_override: Optional<NamePrefix>,
        /// The part of names that is the chart's name, instead of `airflow`. Default: none.
        name_override: Optional<NamePrefix>,
        /// Whether all names are made alike, from the release's name and the chart's. Default: `false`, which is how the chart
        /// named its objects when it was young: all but accounts by the release's name alone.
        use_standard_naming: bool,
        /// How many old revisions of workloads are kept. Default: Kubernetes' 10.
        revision_history_limit: Option<u32>,
        /// The folder in which the image has Airflow's home. Default: `/opt/airflow`.
        airflow_home: AbsolutePath,
        /// The image repository of Airflow, where `images.airflow.repository` says nothing. Default: `apache/airflow`.
        default_airflow_repository: ImageRepository,
        /// The image tag of Airflow, where `images.airflow.tag` says nothing. Default: the Airflow version.
        default_airflow_tag: Optional<ImageTag>,
        /// The image digest of Airflow, which has precedence over the tag. Default: none.
        default_airflow_digest: Optional<ImageDigest>,
        /// The container images.
        images: Images,
        /// The names of Secrets with registry credentials, for all pods, the executor's workers included. Default: none.
        image_pull_secrets: Vec<PullSecret>,
        /// The credentials of an image registry.
        registry: Registry,
        /// The numeric user that Airflow's containers run as; with `null`, pods do not say it. Default: 50000, the image's.
        uid: Option<u32>,
        /// The numeric group that owns the files of mounted volumes; with `null`, pods do not say it. Default: 0; of edition
        /// 1.10: 50000.
        gid: Option<u32>,
        /// What OpenShift asks of pods. The chart does not have this key.
        openshift: Openshift,
        /// The pods' security context. Deprecated: `securityContexts.pod` takes its place.
        #[schemars(extend("x-instead" = ["securityContexts.pod"]))]
        security_context: PodSecurityContext,
        /// The security contexts of pods and containers that have none of their own.
        security_contexts: GeneralSecurityContexts,
        /// Lifecycle hooks of Airflow's containers: what runs after they start (`postStart`) and before they stop (`preStop`).
        /// Default: none.
        container_lifecycle_hooks: Lifecycle,
        /// What runs the tasks: `LocalExecutor`, `CeleryExecutor`, `KubernetesExecutor` or the Python class of another, or
        /// several with commas between. Before Airflow 3 there are `CeleryKubernetesExecutor` and `LocalKubernetesExecutor`
        /// too. Default: `CeleryExecutor`. Edition 1.10 has `KubernetesExecutor` alone.
        executor: Executors,
        /// Whether tasks may make pods. Default: `true`.
        allow_pod_launching: bool,
        /// Whether tasks may make Jobs. Default: `false`.
        allow_job_launching: bool,
        /// Whether pods may be made in every namespace, by roles of the whole cluster. Default: `false`.
        multi_namespace_mode: bool,
        /// Whether containers get variables with the addresses of the namespace's Services (Kubernetes: `enableServiceLinks`).
        /// Default: Kubernetes' own, `true`. The chart has it since 1.22.
        enable_service_links: Option<bool>,
        /// Labels for every object. Default: none.
        labels: Labels,
        /// Annotations for every pod of Airflow. Default: none.
        airflow_pod_annotations: Annotations,
        /// Annotations of the config map with airflow.cfg. Default: none.
        airflow_config_annotations: Annotations,
        /// Where pods run, unless their component says otherwise.
        #[serde(flatten)]
        placement: Placement,
        /// Environment variables of every Airflow container, the executor's workers included. Default: none.
        env: Vec<Variable>,
        /// Environment variables of every Airflow container whose values are keys of Secrets that exist. Default: none.
        secret: Vec<EnvironmentSecret>,
        /// Environment variables of every Airflow container, as YAML. Default: none.
        extra_env: Option<String>,
        /// Sources of environment variables of every Airflow container, as YAML (Kubernetes: `envFrom`). Default: none.
        extra_env_from: Option<String>,
        /// Volumes of every pod of Airflow. Default: none.
        volumes: Vec<PodVolume>,
        /// Mounts of every container of Airflow. Default: none.
        volume_mounts: Vec<VolumeMount>,
        /// Which variables with secrets the containers of Airflow get.
        enable_built_in_secret_env_vars: BuiltInSecretVariables,
        /// The ports that the components listen on. Where an option of Airflow says one (`config.api.port` and its like, in
        /// `config` or as a variable), that counts, and all sides follow.
        ports: Ports,
        /// Roles and bindings.
        rbac: Rbac,
        /// How components are reached from outside by name.
        ingress: Ingresses,
        /// Policies that let only those talk to each other who have to.
        network_policies: NetworkPolicies,
        /// Options of airflow.cfg: `config.<section>.<option>`. They come on top of what the edition and the other
        /// values give; `null` leaves an option out. Text, numbers and booleans are written as they are.
        config: AirflowConfig,
        /// Python code for the file `airflow_local_settings.py`, which Airflow reads when it starts. Default: none.
        airflow_local_settings: Option<String>,
        /// The pod that the Kubernetes executor makes for a task, as YAML, in the place of the one that is made from
        /// `workers`. Default: none.
        pod_template: Option<String>,
        /// The databases, and Celery's broker.
        data: Data,
        /// Kerberos, by which tasks log in to other services.
        kerberos: Kerberos,
        /// The keys with which Airflow encrypts and signs.
        #[serde(flatten)]
        keys: Keys,
        /// Where Secrets come from that the values do not give. The chart does not have this key.
        secrets: SecretSettings,
        /// Where DAGs come from: a volume, git, or (where neither is asked for) the image.
        dags: Dags,
        /// Where the logs of tasks are kept.
        logs: Logs,
        /// Elasticsearch, as the place of the logs of tasks.
        elasticsearch: LogStore,
        /// OpenSearch, as the place of the logs of tasks, since Airflow 3.
        opensearch: LogStore,
        /// Priority classes for pods. Default: none.
        priority_classes: Vec<PriorityClass>,
        /// More Secrets, by their names. Default: none.
        extra_secrets: ByName<ExtraSecret>,
        /// More config maps, by their names. Default: none.
        extra_config_maps: ByName<ExtraConfigMap>,
        /// Whole objects of Kubernetes, of any kind: a map each, or a text of YAML with one or several. They are checked and
        /// delivered as all others are; what is in no namespace gets the release's, unless it says `namespace: ""`, and nothing
        /// else is added. Where pods of Airflow read a Secret or a config map of these, they are replaced when it changes.
        /// Default: none. The chart does not have this key.
        extra_objects: Vec<ExtraObject>,
        /// Changes of objects, the user's own among them, one after the other and before anything is checked. A patch that finds no
        /// object, or of which a part cannot be done, is an error. Default: none. The chart does not have this key.
        patches: Vec<Patch>,
        /// What the namespace may use at most (Kubernetes: ResourceQuota). Default: no bounds.
        quotas: Ordered<ResourceAmount>,
        /// What pods and containers of the namespace may use (Kubernetes: LimitRange). Default: no bounds.
        limits: Vec<LimitRangeItem>,
    }
    components {
        /// The scheduler.
        scheduler: Scheduler,
        /// The API server, which Airflow has since version 3.
        api_server: ApiServer,
        /// The webserver, which Airflow has before version 3.
        webserver: Webserver,
        /// The DAG processor.
        dag_processor: DagProcessor,
        /// The triggerer, in which deferred tasks wait.
        triggerer: Triggerer,
        /// The workers: Celery's, the Edge executor's, and pods that the Kubernetes executor makes, one a task.
        workers: Workers,
        /// Redis, through which Celery's workers get their tasks.
        redis: Redis,
        /// PgBouncer, which shares connections to the databases.
        pgbouncer: Pgbouncer,
        /// Flower, which shows Celery's workers.
        flower: Flower,
        /// The StatsD exporter, which takes Airflow's metrics and shows them to Prometheus.
        statsd: Statsd,
        /// The OpenTelemetry collector, to which Airflow sends traces or metrics. The chart has it since 1.22.
        otel_collector: OtelCollector,
        /// The Job that migrates the database to the version of Airflow.
        migrate_database_job: MigrateDatabaseJob,
        /// The Job that creates the first user.
        create_user_job: CreateUserJob,
        /// The Job that sets pools, variables and connections. The chart does not have this key.
        import_job: ImportJob,
        /// The CronJob that removes pods of tasks that have ended.
        cleanup: Cleanup,
        /// The CronJob that removes old rows from the database.
        database_cleanup: DatabaseCleanup,
        /// A PostgreSQL to try Airflow out with. Not for production.
        postgresql: Postgresql,
    }
    within {
        workers.edge,
    }
}

impl Values {
    /// The edition of the manifests that the Airflow version asks for.
    #[must_use]
    pub fn edition(&self) -> Edition {
        self.airflow_version.edition()
    }
}

/// A free map in the order in which it was written.
pub type Ordered<T> = IndexMap<String, T>;

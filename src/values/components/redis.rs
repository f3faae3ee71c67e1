//! Redis, the broker that Celery's workers get their tasks from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Annotations, ClusterIp, Component, DnsSubdomain, EmptyDir, Endpoint, ImageKeys, Optional, OwnSecret, OwnVolume, Purpose, SecretForm,
    SecretGroup, SecretValue, ServiceType, Values, Workload,
};

/// Redis, the broker that Celery's workers get their tasks from.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Redis {
    /// Whether it runs, if the executor needs a broker. With `false`, give another broker in `data.brokerUrl`. Default:
    /// `true`.
    pub enabled: bool,
    /// The numeric ID of the user that it runs as; with `null`, its pods do not say it. Default: 0.
    pub uid: Option<u32>,
    /// The password. Without it, the Secret must exist. Default: none.
    pub password: Option<SecretValue>,
    /// The name of an existing Secret that holds the password under the key `password`, instead of `password`. Give
    /// `data.brokerUrlSecretName` with it.
    #[schemars(extend("writeOnly" = true))]
    pub password_secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret with the password. Default: none.
    pub password_secret_annotations: Annotations,
    /// The Service in front of Redis.
    pub service: RedisService,
    /// The volume for the data of Redis.
    pub persistence: RedisPersistence,
    /// The emptyDir volume that is used when `persistence.enabled` is `false`. Default: no limits.
    pub empty_dir_config: EmptyDir,
    /// Whether the cluster autoscaler may evict the pod (`cluster-autoscaler.kubernetes.io/safe-to-evict`). Default:
    /// `true`.
    pub safe_to_evict: Option<bool>,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

/// The Service in front of Redis.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct RedisService {
    /// The Service's type. Default: `ClusterIP`.
    #[serde(rename = "type")]
    pub kind: ServiceType,
    /// The IP address within the cluster. Default: any.
    #[serde(rename = "clusterIP")]
    pub cluster_ip: Option<ClusterIp>,
    /// The port of each node, for the type `NodePort`. Default: any.
    #[schemars(range(min = 1, max = 65535))]
    pub node_port: Option<u16>,
}

/// The volume for the data of Redis.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct RedisPersistence {
    /// The name of an existing claim, instead of a new one. Default: none.
    pub existing_claim: Optional<DnsSubdomain>,
    /// The volume.
    #[serde(flatten)]
    pub volume: OwnVolume,
}

impl Component for Redis {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn name(&self) -> &'static str {
        "redis"
    }

    fn enabled(&self, values: &Values) -> bool {
        self.enabled && values.executor.uses_celery()
    }

    fn safe_to_evict(&self) -> Option<bool> {
        self.safe_to_evict
    }

    fn image<'v>(&'v self, values: &'v Values) -> ImageKeys<'v> {
        ImageKeys::Own(&values.images.redis)
    }

    fn secrets<'v>(&'v self, values: &'v Values) -> Vec<OwnSecret<'v>> {
        let is_part = self.enabled(values);
        vec![OwnSecret {
            id: "password",
            values_key: "redis.password",
            object_name: "redis-password",
            key: "password",
            form: SecretForm::Data,
            value: self.password.as_ref().filter(|_| is_part),
            existing: self.password_secret_name.as_ref(),
            is_wanted: is_part,
            // A broker that is given is another one.
            any_will_do: !values.data.gives_broker(),
            variable: Some("REDIS_PASSWORD"),
            checksum: None,
            is_made_once: true,
            annotations: self.password_secret_annotations.clone(),
            group: SecretGroup::Broker,
        }]
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        vec![Endpoint::tcp(Purpose::Broker, values.ports.redis_db)]
    }

    fn user(&self) -> Option<u32> {
        self.uid
    }

    fn is_stateful(&self, _: &Values) -> bool {
        true
    }
}

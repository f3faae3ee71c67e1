//! Flower, the web interface that monitors Celery's workers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    AirflowOption, Annotations, Component, DnsSubdomain, Door, Endpoint, Exposure, Heard, HttpProbe, HttpRoute, ImageKeys, Line, Need,
    NetworkPolicy, NetworkPolicyIngress, NetworkPolicyPeer, Optional, Options, OwnSecret, Purpose, SecretForm, SecretGroup, SecretValue,
    Service, ServicePort, Values, Workload,
};

/// Flower, the web interface that monitors Celery's workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Flower {
    /// Whether it runs, if the executor is Celery's. Default: `false`.
    pub enabled: bool,
    /// Liveness probe: when the kubelet restarts the container.
    pub liveness_probe: HttpProbe,
    /// Readiness probe: when the container gets requests.
    pub readiness_probe: HttpProbe,
    /// Startup probe: when the container counts as started.
    pub startup_probe: HttpProbe,
    /// The Service in front of it.
    pub service: Service,
    /// A route of the Gateway API to it, in the place of its Ingress. The chart has it since after 1.22.0.
    pub http_route: HttpRoute,
    /// Who may connect to it, where `networkPolicies.enabled` asks for policies.
    pub network_policy: NetworkPolicy,
    /// More peers that may connect to it, where `networkPolicies.enabled` asks for policies. Deprecated: use
    /// `networkPolicy.ingress.from`.
    #[schemars(extend("x-instead" = ["networkPolicy.ingress.from"]))]
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// The name of an existing Secret that holds `user:password` under the key `basicAuth`, instead of `username` and
    /// `password`. Default: none.
    pub secret_name: Optional<DnsSubdomain>,
    /// Annotations of the Secret. Default: none.
    pub secret_annotations: Annotations,
    /// The user who may log in, with `password`. Default: nobody has to log in.
    pub username: Optional<Line>,
    /// The user's password. Without it, the Secret must exist.
    pub password: Option<SecretValue>,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Flower {
    /// The path of its route, or else of its Ingress, there or not.
    #[must_use]
    pub fn address_path<'v>(&'v self, values: &'v Values) -> Option<&'v str> {
        if self.http_route.enabled { self.http_route.path.given() } else { values.ingress.flower.path.given() }
    }

    /// The path below which it serves, with a slash at its beginning alone (Airflow: `[celery] flower_url_prefix`).
    fn path(&self, values: &Values) -> String {
        let option = AirflowOption::of("celery", "flower_url_prefix");
        let given = match Options::of(values).with(&self.workload.env, "flower.env").heard(option) {
            Heard::Text(prefix, _) => prefix.into_owned(),
            Heard::Usual(_) => String::new(),
            Heard::Nothing | Heard::Unknown => self.address_path(values).unwrap_or_default().to_owned(),
        };
        Some(given.trim_matches('/')).filter(|path| !path.is_empty()).map(|path| format!("/{path}")).unwrap_or_default()
    }
}

impl Component for Flower {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn name(&self) -> &'static str {
        "flower"
    }

    fn enabled(&self, values: &Values) -> bool {
        self.enabled && values.executor.uses_celery()
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow]
    }

    fn image<'v>(&'v self, values: &'v Values) -> ImageKeys<'v> {
        ImageKeys::AirflowBy(&values.images.flower)
    }

    fn health_path(&self, values: &Values) -> Option<String> {
        // It answers there without a login, whatever its other pages ask for.
        Some(self.path(values) + "/healthcheck")
    }

    fn service_ports(&self) -> &[ServicePort] {
        &self.service.ports
    }

    fn secrets<'v>(&'v self, values: &'v Values) -> Vec<OwnSecret<'v>> {
        let is_part = self.enabled(values);
        let user = self.username.as_ref();
        let password = self.password.as_ref().filter(|password| !password.is_empty());
        // Half a login is none, and no reason to let everybody in: the Secret has to exist then.
        let is_asked_for = user.is_some() || password.is_some() || self.secret_name.is_some();
        vec![OwnSecret {
            id: "basicAuth",
            values_key: "flower.password",
            object_name: "flower",
            key: "basicAuth",
            form: user.map_or(SecretForm::Data, |user| SecretForm::After(format!("{}:", &**user))),
            value: password.filter(|_| is_part && user.is_some()),
            existing: self.secret_name.as_ref(),
            is_wanted: is_part && is_asked_for,
            // A text without a user before it is no login.
            any_will_do: user.is_some(),
            variable: Some("AIRFLOW__CELERY__FLOWER_BASIC_AUTH"),
            checksum: Some("flower-secret"),
            is_made_once: false,
            annotations: self.secret_annotations.clone(),
            group: SecretGroup::Keys,
        }]
    }

    fn ingress<'v>(&'v self, values: &'v Values) -> Option<Exposure<'v>> {
        Some(Exposure {
            keys: &values.ingress.flower,
            route: Some(("flower.httpRoute", &self.http_route)),
            path_key: "ingress.flower.path",
            by_general_key: true,
            object_name: "flower-ingress",
            label: "flower-ingress",
            port: "flower-ui",
            number: values.ports.flower_ui,
        })
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        vec![Endpoint::tcp(Purpose::UserInterface, values.ports.flower_ui)]
    }

    fn talks_to(&self, _: &Values) -> Vec<Purpose> {
        vec![Purpose::Broker]
    }

    fn door(&self) -> Option<Door<'_>> {
        let NetworkPolicyIngress { from, ports } = &self.network_policy.ingress;
        let peers = if from.is_empty() { &self.extra_network_policies } else { from };
        Some(Door { key: "networkPolicy.ingress.from", peers, ports, service: self.service.kind })
    }
}

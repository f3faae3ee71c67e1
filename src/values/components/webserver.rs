//! The webserver (before Airflow 3), which serves the user interface.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Component, DnsSubdomain, Door, Endpoint, Exposure, Need, NetworkPolicyPeer, Optional, Purpose, Server, ServicePort, User, Values,
    WaitForMigrations, Workload,
};

/// The webserver (before Airflow 3), which serves the user interface.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Webserver {
    /// What the API server and the webserver have in common.
    #[serde(flatten)]
    pub server: Server,
    /// More peers that may connect to it. Deprecated: use `networkPolicy.ingress.from`.
    #[schemars(extend("x-instead" = ["networkPolicy.ingress.from"]))]
    pub extra_network_policies: Vec<NetworkPolicyPeer>,
    /// The first user. Deprecated: use `createUserJob.defaultUser`.
    #[schemars(extend("x-instead" = ["/createUserJob.defaultUser"]))]
    pub default_user: Option<User>,
    /// Python code of `webserver_config.py`, which configures how users log in. Default: the image's own.
    pub webserver_config: Option<String>,
    /// The name of an existing config map that holds `webserver_config.py`, instead of `webserverConfig`. Default: none.
    pub webserver_config_config_map_name: Optional<DnsSubdomain>,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Component for Webserver {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn service_ports(&self) -> &[ServicePort] {
        &self.server.service.ports
    }

    fn name(&self) -> &'static str {
        "webserver"
    }

    fn enabled(&self, values: &Values) -> bool {
        self.server.enabled && values.airflow_version.major() < 3
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::SeparateNodes]
    }

    fn wait_for_migrations(&self) -> Option<&WaitForMigrations> {
        Some(&self.server.wait_for_migrations)
    }

    fn ingress<'v>(&'v self, values: &'v Values) -> Option<Exposure<'v>> {
        Some(Exposure {
            keys: &values.ingress.web,
            route: Some(("webserver.httpRoute", &self.server.http_route)),
            path_key: "ingress.web.path",
            by_general_key: true,
            object_name: "ingress",
            label: "airflow-ingress",
            port: "airflow-ui",
            number: values.ports.airflow_ui,
        })
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        vec![Endpoint::tcp(Purpose::UserInterface, values.ports.airflow_ui)]
    }

    fn talks_to(&self, _: &Values) -> Vec<Purpose> {
        vec![Purpose::TaskLogs, Purpose::TriggerLogs]
    }

    fn door(&self) -> Option<Door<'_>> {
        let door = self.server.door();
        Some(if door.peers.is_empty() { Door { peers: &self.extra_network_policies, ..door } } else { door })
    }

    fn is_scaled(&self) -> bool {
        self.server.hpa.enabled == Some(true)
    }
}

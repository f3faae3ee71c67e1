//! The API server (Airflow 3 and later), which serves the user interface and the API for tasks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::values::{
    Component, DnsSubdomain, Door, Endpoint, Exposure, Need, Optional, Purpose, Server, ServicePort, Values, WaitForMigrations, Workload,
};

/// The API server (Airflow 3 and later), which serves the user interface and the API for tasks.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct ApiServer {
    /// What the API server and the webserver have in common.
    #[serde(flatten)]
    pub server: Server,
    /// Python code of `webserver_config.py`, which configures how users log in. Default: the image's own.
    pub api_server_config: Option<String>,
    /// The name of an existing config map that holds `webserver_config.py`, instead of `apiServerConfig`. Default: none.
    pub api_server_config_config_map_name: Optional<DnsSubdomain>,
    /// What every workload has.
    #[serde(flatten)]
    pub workload: Workload,
}

impl Component for ApiServer {
    fn workload(&self) -> Option<&Workload> {
        Some(&self.workload)
    }

    fn service_ports(&self) -> &[ServicePort] {
        &self.server.service.ports
    }

    fn name(&self) -> &'static str {
        "api-server"
    }

    fn enabled(&self, values: &Values) -> bool {
        self.server.enabled && values.airflow_version.major() >= 3
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::Airflow, Need::Tokens, Need::SeparateNodes]
    }

    fn health_path(&self, _: &Values) -> Option<String> {
        Some("/api/v2/monitor/health".to_owned())
    }

    fn wait_for_migrations(&self) -> Option<&WaitForMigrations> {
        Some(&self.server.wait_for_migrations)
    }

    fn ingress<'v>(&'v self, values: &'v Values) -> Option<Exposure<'v>> {
        Some(Exposure {
            keys: &values.ingress.api_server,
            route: Some(("apiServer.httpRoute", &self.server.http_route)),
            path_key: "ingress.apiServer.path",
            by_general_key: true,
            object_name: "ingress",
            label: "airflow-ingress",
            port: "api-server",
            number: values.ports.api_server,
        })
    }

    fn serves(&self, values: &Values) -> Vec<Endpoint> {
        [Purpose::UserInterface, Purpose::ExecutionApi].map(|purpose| Endpoint::tcp(purpose, values.ports.api_server)).to_vec()
    }

    fn talks_to(&self, _: &Values) -> Vec<Purpose> {
        vec![Purpose::TaskLogs, Purpose::TriggerLogs]
    }

    fn door(&self) -> Option<Door<'_>> {
        Some(self.server.door())
    }

    fn is_scaled(&self) -> bool {
        self.server.hpa.enabled == Some(true)
    }
}

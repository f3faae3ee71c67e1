//! The file `webserver_config.py`: the config maps that have it.

use serde::Serialize;

use super::basis::Basis;
use crate::model::labels::Labels;
use crate::values::{Annotations, DnsSubdomain};

/// The file for each server.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WebserverConfig<'v> {
    api_server: ConfigFile<'v>,
    webserver: ConfigFile<'v>,
}

/// The file for one server.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ConfigFile<'v> {
    /// The config map that has it, if one does.
    config_map: Option<String>,
    /// Whether that is among the manifests.
    make: bool,
    /// Its text, where a config map is made for it.
    text: Option<&'v str>,
    name: String,
    /// The volume's name in pods.
    volume: String,
    labels: Labels,
    annotations: &'v Annotations,
}

impl<'v> WebserverConfig<'v> {
    pub fn of(basis: &Basis<'v>) -> Self {
        let (api, web) = (&basis.values.api_server, &basis.values.webserver);
        let file = |base: &str, text: &'v Option<String>, existing: &Option<DnsSubdomain>, annotations: &'v Annotations| {
            let existing = existing.as_deref().map(str::to_owned);
            let text = text.as_deref().filter(|text| !text.is_empty());
            let name = basis.names.of(&format!("{base}-config"));
            ConfigFile {
                make: text.is_some() && existing.is_none(),
                text: text.filter(|_| existing.is_none()),
                config_map: existing.or_else(|| text.map(|_| name.clone())),
                name,
                volume: format!("{base}-config"),
                labels: basis.labelling.of("config"),
                annotations,
            }
        };
        Self {
            api_server: file(
                "api-server",
                &api.api_server_config,
                &api.api_server_config_config_map_name,
                &api.server.config_map_annotations,
            ),
            webserver: file("webserver", &web.webserver_config, &web.webserver_config_config_map_name, &web.server.config_map_annotations),
        }
    }
}

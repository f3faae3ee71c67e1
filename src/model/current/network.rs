//! Network policies: who may talk to whom.

use serde_json::{Map, Value, json};

use super::Basis;
use crate::values::Need;

/// Who may talk to whom, where network policies are asked for.
pub fn facts(basis: &Basis<'_>) -> Value {
    let pods = |component: &str| json!({"podSelector": {"matchLabels": basis.labelling.selector(component)}});
    // The user interface reads the logs of workers and triggerers from their pods.
    let ui = if basis.is_3() { "api-server" } else { "webserver" };
    let values = basis.values;
    let peers = |own: &[crate::values::NetworkPolicyPeer], old: &[crate::values::NetworkPolicyPeer]| {
        let peers = if own.is_empty() { old } else { own };
        peers.iter().map(|peer| peer.0.clone()).collect::<Vec<_>>()
    };
    let labels: Map<String, Value> =
        values
            .components()
            .into_iter()
            .map(|(key, component)| {
                let whose = if component.needs().contains(&Need::Airflow) { "airflow-" } else { "" };
                (
                    super::camel_case(key),
                    json!(basis.labelling.of_component(
                        &format!("{whose}{}-policy", component.name()),
                        component.workload().map(|workload| &workload.labels)
                    )),
                )
            })
            .collect();
    json!({
        "labels": labels,
        "peers": {
            "apiServer": peers(&values.api_server.server.network_policy.ingress.from, &[]),
            "webserver": peers(&values.webserver.server.network_policy.ingress.from, &values.webserver.extra_network_policies),
        },
        "enabled": values.network_policies.enabled,
        "fromUi": [pods(ui)],
        "fromCelery": [pods("worker"), pods("scheduler"), pods("flower")],
        "fromRelease": {"podSelector": {"matchLabels": basis.labelling.of_release()}},
    })
}

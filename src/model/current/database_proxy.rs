//! The Cloud SQL Auth Proxy, beside every container that uses the metadata database.

use serde_json::{Value, json};

use super::Basis;

/// The port at which the kubelet asks the proxy whether it is ready.
const HEALTH_PORT: u16 = 9801;

/// The container, if there is one: it starts before all others and ends after them (Kubernetes: sidecar containers).
pub fn container(basis: &Basis<'_>) -> Option<Value> {
    let data = &basis.values.data;
    let keys = Some(&data.cloud_sql_proxy).filter(|keys| keys.enabled)?;
    let option = |given: bool, option: &str| given.then(|| option.to_owned());
    let options = [
        Some("--structured-logs".to_owned()),
        Some("--exit-zero-on-sigterm".to_owned()),
        Some("--health-check".to_owned()),
        // The kubelet does not ask from inside the pod.
        Some("--http-address=0.0.0.0".to_owned()),
        Some(format!("--http-port={HEALTH_PORT}")),
        Some(format!("--port={}", data.metadata_connection.port())),
        option(keys.private_ip, "--private-ip"),
        option(keys.auto_iam_authn, "--auto-iam-authn"),
    ];
    let instance = keys.instance.as_ref().and_then(|name| name.given()).map(str::to_owned);
    let own = keys.args.iter().map(|option| option.to_string());
    let args: Vec<String> = options.into_iter().flatten().chain(own).chain(instance).collect();
    let image = &basis.images.cloud_sql_proxy;
    Some(json!({
        "name": "cloud-sql-proxy",
        "image": image.name,
        "imagePullPolicy": image.pull_policy,
        "restartPolicy": "Always",
        "securityContext": {
            "runAsNonRoot": true,
            "runAsUser": 65532,
            "allowPrivilegeEscalation": false,
            "capabilities": {"drop": ["ALL"]},
        },
        "args": args,
        "startupProbe": {"httpGet": {"path": "/startup", "port": HEALTH_PORT}, "periodSeconds": 1, "timeoutSeconds": 5, "failureThreshold": 60},
        "resources": keys.resources,
    }))
}

//! The Cloud SQL Auth Proxy, beside every container that connects to the metadata database.

use serde::Serialize;

use super::basis::Basis;
use crate::literal;
use crate::values::Resources;

/// The port at which the kubelet asks the proxy whether it is ready.
const HEALTH_PORT: u16 = 9801;
/// The user that the image has for it.
const USER: u32 = 65532;

/// The container of the proxy.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DatabaseProxy<'v> {
    args: Vec<String>,
    health_port: u16,
    /// The user that it runs as, unless the cluster decides that.
    user: Option<u32>,
    resources: &'v Resources,
}

impl<'v> DatabaseProxy<'v> {
    /// The container, if there is one.
    pub fn of(basis: &Basis<'v>) -> Option<Self> {
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
        let instance = keys.instance.as_deref().map(|instance| literal::of(instance).into_owned());
        let own = keys.args.iter().map(|option| option.to_string());
        let args = options.into_iter().flatten().chain(own).chain(instance).collect();
        let user = (!basis.values.openshift.enabled).then_some(USER);
        Some(Self { args, health_port: HEALTH_PORT, user, resources: &keys.resources })
    }
}

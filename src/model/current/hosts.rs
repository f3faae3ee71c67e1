//! The hosts and the path of an Ingress, or of the route in its place.

use serde::Serialize;

use crate::values::{Exposure, Ingress, IngressHost, IngressHostName, IngressTls, NamedHost, PathMatchType, Values};

/// A certificate for hosts (Kubernetes: `IngressTLS`).
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Tls<'v> {
    hosts: Vec<&'v str>,
    secret_name: &'v str,
}

impl<'v> Tls<'v> {
    fn of(hosts: Vec<&'v str>, keys: &'v IngressTls) -> Self {
        Self { hosts, secret_name: &keys.secret_name }
    }
}

/// What an Ingress or a route says of the address of what it leads to.
pub struct Address {
    /// The key of the values that has the path.
    pub key: String,
    /// The path, without what stands for anything below it.
    pub path: String,
    /// The address, if the path is one that the server can be told.
    pub base_url: Option<String>,
}

/// What a component's Ingress, or the route in its place, says of its address, if there is one.
pub fn address(values: &Values, exposure: &Exposure<'_>) -> Option<Address> {
    if let Some((key, route)) = exposure.made_route() {
        let path = route.path.given().filter(|_| route.rules.is_empty())?.trim_end_matches('/');
        // Whether a Gateway speaks https, the values do not say.
        let base_url = (is_plain(path) && route.path_type == PathMatchType::PathPrefix).then(|| path.to_owned());
        return Some(Address { key: format!("{key}.path"), path: path.to_owned(), base_url });
    }
    let keys = exposure.keys;
    let given = keys.path.given().filter(|_| exposure.is_made(values))?;
    let path = given.trim_end_matches('*').trim_end_matches('/');
    let host = names(keys).into_iter().flatten().find(|host| !host.is_empty() && !host.starts_with('*'));
    let scheme = |host: &str| if tls(keys).iter().any(|tls| tls.hosts.contains(&host)) { "https" } else { "http" };
    let url = host.map_or_else(|| path.to_owned(), |host| format!("{}://{host}{path}", scheme(host)));
    Some(Address { key: exposure.path_key.to_owned(), path: path.to_owned(), base_url: is_plain(path).then_some(url) })
}

/// Whether a path is one that a server can be told.
fn is_plain(path: &str) -> bool {
    path.starts_with('/') && path.chars().all(|c| c.is_ascii_alphanumeric() || "/_.~-".contains(c))
}

/// The hosts of an Ingress; a single `None` stands for any host.
pub fn names(keys: &Ingress) -> Vec<Option<&str>> {
    if keys.hosts.is_empty() {
        return vec![keys.host.as_deref()];
    }
    keys.hosts.iter().map(|host| name(host).given()).collect()
}

fn name(host: &IngressHost) -> &IngressHostName {
    match host {
        IngressHost::Name(name) | IngressHost::Host(NamedHost { name, .. }) => name,
    }
}

/// TLS: an entry for each host with a certificate of its own, and one for all other hosts.
pub fn tls(keys: &Ingress) -> Vec<Tls<'_>> {
    let mut shared: Vec<&str> = Vec::new();
    let mut tls = Vec::new();
    for host in &keys.hosts {
        match host {
            IngressHost::Name(name) => shared.extend(name.given()),
            IngressHost::Host(host) if host.tls.enabled => tls.push(Tls::of(host.name.given().into_iter().collect(), &host.tls)),
            IngressHost::Host(_) => {}
        }
    }
    if keys.hosts.is_empty() {
        shared.extend(keys.host.as_deref());
    }
    if keys.tls.enabled && (keys.hosts.is_empty() || !shared.is_empty()) {
        tls.push(Tls::of(shared, &keys.tls));
    }
    tls
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(keys: &str) -> String {
        let keys: Ingress = serde_json::from_str(keys).unwrap();
        format!("{:?} {}", names(&keys), serde_json::to_string(&tls(&keys)).unwrap())
    }

    #[test]
    fn a_name_with_a_certificate_of_its_own_is_not_among_the_others() {
        let tls = r#""tls": {"enabled": true, "secretName": "all"}"#;
        assert_eq!(seen("{}"), "[None] []");
        assert_eq!(seen(&format!(r#"{{"host": "h", {tls}}}"#)), r#"[Some("h")] [{"hosts":["h"],"secretName":"all"}]"#);
        let own = r#""hosts": ["a", {"name": "b", "tls": {"enabled": true, "secretName": "own"}}, {"name": "c"}]"#;
        assert_eq!(
            seen(&format!("{{{own}, {tls}}}")),
            r#"[Some("a"), Some("b"), Some("c")] [{"hosts":["b"],"secretName":"own"},{"hosts":["a"],"secretName":"all"}]"#
        );
    }
}

//! The address of the server: where users, tasks and probes reach it, all of one place.

use super::entrance::Entrance;
use super::hosts;
use super::names::Names;
use super::namespaces::TaskNamespaces;
use crate::model::known::KnownServer;
use crate::values::{AirflowOption, Component, Exposure, Heard, Options, Values, Workload, argument};

/// The server that serves the user interface, and since Airflow 3 the API for tasks.
pub struct Server {
    /// Whether it speaks https by itself.
    pub has_tls: bool,
    /// The path below which it serves, without a slash at its end.
    pub path: String,
    /// The host that users know it by.
    pub host: Option<String>,
    /// The address that users know it by, where its Ingress alone says so, and the option that tells the server.
    pub by_ingress: Option<(AirflowOption, String)>,
    /// What checks know of it.
    pub known: KnownServer,
}

/// The server's options, by the major version of Airflow: its address, its certificate, and the key of that.
fn options(major: u32) -> [AirflowOption; 3] {
    if major < 3 {
        ["base_url", "web_server_ssl_cert", "web_server_ssl_key"].map(|name| AirflowOption::of("webserver", name))
    } else {
        ["base_url", "ssl_cert", "ssl_key"].map(|name| AirflowOption::of("api", name))
    }
}

impl Server {
    /// The address of the component that is the server.
    pub fn of(values: &Values, names: &Names, tasks: &TaskNamespaces, component: &dyn Component) -> Self {
        let [base_url, certificate, key] = options(values.airflow_version.major());
        let of_key = values.components().into_iter().find(|(_, other)| other.name() == component.name());
        let at = of_key.map_or_else(String::new, |(key, _)| crate::values::camel_case(key));
        let (workload, exposure) = (component.workload(), component.ingress(values));
        let own = workload.map(|workload| workload.env.as_slice()).unwrap_or_default();
        let all = Options::of(values).with(own, &format!("{at}.env"));
        let address = all.heard(base_url);
        let tls = |option, name| argued(workload, name).unwrap_or_else(|| all.heard(option));
        let (certificate, key) = (tls(certificate, "--ssl-cert"), tls(key, "--ssl-key"));
        let is_given = |heard: &Heard<'_>| heard.text().is_some_and(|text| !text.is_empty());
        let has_tls = is_given(&certificate) && is_given(&key);
        let ingress = exposure.as_ref().and_then(|exposure| hosts::address(values, exposure));
        let by_ingress = ingress.as_ref().filter(|_| address == Heard::Nothing).and_then(|ingress| ingress.base_url.clone());
        let (path, host) = by_ingress.as_deref().or(address.text()).map(parts).unwrap_or_default();
        let port = exposure.as_ref().map_or(0, |Exposure { port, number, .. }| Entrance::of(component, port, *number).number);
        let service = names.of_component(component);
        let url = format!("{}://{}:{port}{path}", if has_tls { "https" } else { "http" }, tasks.host(names, service.clone()));
        let in_namespace = |end| format!("{service}.{}{end}", names.namespace);
        let hosts = [service.clone(), in_namespace(""), in_namespace(".svc"), in_namespace(".svc.cluster.local")];
        Self {
            known: KnownServer {
                base_url: known(all.heard_for_sure(base_url)),
                certificate: known(certificate),
                key: known(key),
                ingress_path: ingress.map(|ingress| (ingress.key.as_str().into(), ingress.path)),
                path: path.clone(),
                url,
                hosts,
                ports: component.service_ports().iter().map(|port| port.port.0).chain([port]).collect(),
            },
            by_ingress: by_ingress.map(|url| (base_url, url)),
            has_tls,
            path,
            host,
        }
    }
}

/// The value of an argument that has precedence over an option.
fn argued<'v>(workload: Option<&'v Workload>, name: &str) -> Option<Heard<'v>> {
    let value = argument(workload?.args.as_deref()?, &[name])?;
    Some(Heard::Text(value.into(), "args".into()))
}

fn known(heard: Heard<'_>) -> Heard<'static> {
    match heard {
        Heard::Text(text, path) => Heard::Text(text.into_owned().into(), path),
        Heard::Nothing => Heard::Nothing,
        Heard::Usual(path) => Heard::Usual(path),
        Heard::Unknown => Heard::Unknown,
    }
}

/// The path and the host of an address, which may be a path alone (Python: `urlsplit`).
fn parts(address: &str) -> (String, Option<String>) {
    let (path, host) = match url::Url::parse(address) {
        Ok(url) => (url.path().to_owned(), url.host_str().map(str::to_owned)),
        Err(_) if address.starts_with('/') => (address.split(['?', '#']).next().unwrap_or_default().to_owned(), None),
        Err(_) => (String::new(), None),
    };
    (path.trim_end_matches('/').to_owned(), host)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server(values: &str) -> (String, Option<String>) {
        let values: Values = serde_json::from_str(&format!(r#"{{"releaseName": "r", {values}}}"#)).unwrap();
        let component: &dyn Component = if values.airflow_version.major() < 3 { &values.webserver } else { &values.api_server };
        let names = Names::for_values(&values);
        let server = Server::of(&values, &names, &TaskNamespaces::of(&values, &names), component);
        (server.known.url, server.by_ingress.map(|(option, url)| format!("{} {url}", option.key())))
    }

    fn of_3(values: &str) -> String {
        server(&format!(r#""airflowVersion": "3.2.0", "ports": {{"apiServer": 8080}}, {values}"#)).0
    }

    #[test]
    fn the_path_is_that_of_the_base_url_whoever_says_it() {
        for values in [
            r#""config": {"api": {"base_url": "https://a.example.com/airflow"}}"#,
            r#""config": {"api": {"base_url": "/airflow/"}}"#,
            r#""config": {"webserver": {"base_url": "http://a.example.com/airflow"}}"#,
            r#""env": [{"name": "AIRFLOW__API__BASE_URL", "value": "http://a.example.com/airflow"}]"#,
            r#""apiServer": {"env": [{"name": "AIRFLOW__WEBSERVER__BASE_URL", "value": "http://a.example.com/airflow/"}]}"#,
            r#""ingress": {"apiServer": {"enabled": true, "path": "/airflow/"}}"#,
        ] {
            assert_eq!(of_3(values), "http://r-api-server:8080/airflow", "{values}");
        }
    }

    #[test]
    fn https_is_spoken_with_a_certificate_and_its_key() {
        let both = r#"{"ssl_cert": "/tls/crt", "ssl_key": "/tls/key"}"#;
        assert_eq!(of_3(&format!(r#""config": {{"api": {both}}}"#)), "https://r-api-server:8080");
        assert_eq!(of_3(r#""config": {"api": {"ssl_cert": "/tls/crt"}}"#), "http://r-api-server:8080");
        let old = r#"{"web_server_ssl_cert": "/tls/crt", "web_server_ssl_key": "/tls/key"}"#;
        assert_eq!(of_3(&format!(r#""config": {{"webserver": {old}}}"#)), "https://r-api-server:8080");
        let arguments = r#"["bash", "-c", "exec airflow api-server --ssl-cert=/tls/crt --ssl-key /tls/key"]"#;
        assert_eq!(of_3(&format!(r#""apiServer": {{"args": {arguments}}}"#)), "https://r-api-server:8080");
    }

    #[test]
    fn the_port_is_that_of_the_service() {
        let ports = |ports: &str| of_3(&format!(r#""apiServer": {{"service": {{"ports": {ports}}}}}"#));
        assert_eq!(ports(r#"[{"name": "http", "port": 80, "targetPort": "api-server"}]"#), "http://r-api-server:80");
        assert_eq!(
            ports(r#"[{"name": "m", "port": 1, "targetPort": "m"}, {"name": "b", "port": 81, "targetPort": 8080}]"#),
            "http://r-api-server:81"
        );
        assert_eq!(ports(r#"[{"name": "m", "port": 1}, {"name": "b", "port": 8080}]"#), "http://r-api-server:8080");
    }

    #[test]
    fn an_ingress_tells_the_server_its_path_if_nobody_else_does() {
        let of_2 = |values: &str| server(&format!(r#""airflowVersion": "2.11.0", {values}"#)).1;
        let ingress = |keys: &str| format!(r#""ingress": {{"web": {{"enabled": true, {keys}}}}}"#);
        assert_eq!(of_2(&ingress(r#""path": "/a""#)).unwrap(), "config.webserver.base_url /a");
        let host = r#""path": "/a/*", "hosts": [{"name": "h", "tls": {"enabled": true, "secretName": "s"}}]"#;
        assert_eq!(of_2(&ingress(host)).unwrap(), "config.webserver.base_url https://h/a");
        for keys in [r#""path": "/""#, r#""path": "/a(/|$)(.*)""#] {
            assert_eq!(of_2(&ingress(keys)), None, "{keys}");
        }
        let said = format!(r#"{}, "config": {{"webserver": {{"base_url": "http://h/b"}}}}"#, ingress(r#""path": "/a""#));
        assert_eq!(of_2(&said), None);
    }
}

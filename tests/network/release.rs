//! A release as its manifests alone show it: pods with what runs in them, Services, and what airflow.cfg says.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use serde::Deserialize as _;
use serde_json::Value;

use super::semantics::{Cluster, Labels, Pod};

/// What is rendered.
pub struct Release {
    pub cluster: Cluster,
    /// What runs in each of the cluster's pods, by its main container.
    pub roles: Vec<String>,
    manifests: Vec<Value>,
    /// airflow.cfg, by section and option.
    cfg: BTreeMap<(String, String), String>,
}

/// The namespaces of a release's task pods are these, where they may be in any.
const ANY: &str = "tasks-of-a-team";

impl Release {
    /// The release of a stream of manifests.
    pub fn of(stream: &str) -> Self {
        let documents = yaml_serde::Deserializer::from_str(stream).map(Value::deserialize);
        let manifests: Vec<Value> = documents.map(Result::unwrap).filter(|document| !document.is_null()).collect();
        let mut release = Self { cluster: Cluster::default(), roles: Vec::new(), manifests: Vec::new(), cfg: BTreeMap::new() };
        for manifest in &manifests {
            let namespace = text(manifest, "/metadata/namespace").unwrap_or("default");
            match text(manifest, "/kind").unwrap() {
                "NetworkPolicy" => release.cluster.policies.push(serde_json::from_value(manifest.clone()).unwrap()),
                "Deployment" | "StatefulSet" | "Job" => release.add(&manifest["spec"]["template"], namespace, &[]),
                "CronJob" => release.add(&manifest["spec"]["jobTemplate"]["spec"]["template"], namespace, &[]),
                "ConfigMap" => {
                    if let Some(cfg) = text(manifest, "/data/airflow.cfg") {
                        release.cfg = options(cfg);
                    }
                }
                _ => {}
            }
        }
        for manifest in &manifests {
            if let Some(template) = text(manifest, "/data/pod_template_file.yaml") {
                let template: Value = yaml_serde::from_str(template).unwrap();
                for namespace in release.namespaces_of_tasks() {
                    // What the executor adds (Airflow: `PodGenerator.build_labels_for_k8s_executor_pod`).
                    let added = [("dag_id", "d"), ("task_id", "t"), ("try_number", "1"), ("run_id", "r"), ("kubernetes_executor", "True")];
                    release.add(&template, &namespace, &added);
                }
            }
        }
        release.manifests = manifests;
        release
    }

    fn add(&mut self, template: &Value, namespace: &str, added: &[(&str, &str)]) {
        let containers = template["spec"]["containers"].as_array().unwrap();
        let added = added.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
        let labels: Labels = serde_json::from_value(template["metadata"]["labels"].clone()).unwrap_or_default();
        let ports = containers.iter().flat_map(|container| container["ports"].as_array().into_iter().flatten());
        let named = ports.filter_map(|port| {
            let number = u16::try_from(port["containerPort"].as_u64()?).unwrap();
            Some((port["name"].as_str()?.to_owned(), number, port["protocol"].as_str().unwrap_or("TCP").to_owned()))
        });
        let role = containers[0]["name"].as_str().unwrap().to_owned();
        self.add_pod(&role, namespace, labels.into_iter().chain(added).collect(), named.collect());
    }

    /// Adds a pod, and the namespace that it is in.
    pub fn add_pod(&mut self, role: &str, namespace: &str, labels: Labels, ports: Vec<(String, u16, String)>) {
        let name = Labels::from([("kubernetes.io/metadata.name".to_owned(), namespace.to_owned())]);
        self.cluster.namespaces.entry(namespace.to_owned()).or_insert(name);
        let last = u8::try_from(self.cluster.pods.len() + 1).unwrap();
        let ip = IpAddr::V4(Ipv4Addr::new(10, 244, 0, last));
        self.cluster.pods.push(Pod { name: format!("{role}-{last}"), namespace: namespace.to_owned(), labels, ports, ip });
        self.roles.push(role.to_owned());
    }

    /// The pods in which this runs.
    pub fn pods<'r>(&'r self, role: &'r str) -> impl Iterator<Item = &'r Pod> {
        self.cluster.pods.iter().zip(&self.roles).filter(move |(_, own)| *own == role).map(|(pod, _)| pod)
    }

    /// An option of airflow.cfg.
    pub fn option(&self, section: &str, option: &str) -> Option<&str> {
        self.cfg.get(&(section.to_owned(), option.to_owned())).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// Whether an option of airflow.cfg is on.
    pub fn is_on(&self, section: &str, option: &str) -> bool {
        self.option(section, option).is_some_and(|value| value.eq_ignore_ascii_case("true"))
    }

    /// A variable of the main container of the scheduler, which all of Airflow has.
    pub fn variable(&self, name: &str) -> Option<&str> {
        let containers = self.manifests.iter().filter_map(|manifest| manifest["spec"]["template"]["spec"]["containers"].as_array());
        let scheduler = containers.flatten().find(|container| container["name"] == "scheduler")?;
        let variable = scheduler["env"].as_array()?.iter().find(|variable| variable["name"] == name)?;
        variable["value"].as_str()
    }

    /// The namespaces that the Kubernetes executor puts pods into.
    fn namespaces_of_tasks(&self) -> Vec<String> {
        let own = self.option("kubernetes_executor", "namespace").unwrap_or("default").to_owned();
        if !self.is_on("kubernetes_executor", "multi_namespace_mode") {
            return vec![own];
        }
        match self.option("kubernetes_executor", "multi_namespace_mode_namespace_list") {
            Some(list) => list.split(',').map(|name| name.trim().to_owned()).collect(),
            None => vec![own, ANY.to_owned()],
        }
    }

    /// The objects of a kind.
    pub fn objects<'r>(&'r self, kind: &'r str) -> impl Iterator<Item = &'r Value> {
        self.manifests.iter().filter(move |manifest| manifest["kind"] == kind)
    }

    /// The pods behind a port of a Service, each with the number of its own port: the Service by its name as a host (`name`,
    /// `name.namespace`, ...), the port by number or name.
    pub fn behind(&self, host: &str, wanted: &Value, protocol: &str) -> Vec<(&Pod, u16)> {
        let name = host.split('.').next().unwrap();
        let service = self.objects("Service").find(|service| service["metadata"]["name"] == name);
        let service = service.unwrap_or_else(|| panic!("no Service {host}"));
        let namespace = text(service, "/metadata/namespace").unwrap_or("default");
        let ports = service["spec"]["ports"].as_array().unwrap();
        let is_wanted =
            |port: &&Value| (port["port"] == *wanted || port["name"] == *wanted) && port["protocol"].as_str().unwrap_or("TCP") == protocol;
        let port = ports.iter().find(is_wanted).unwrap_or_else(|| panic!("Service {host} has no port {wanted}: {ports:?}"));
        let target = port.get("targetPort").unwrap_or(&port["port"]);
        let selector: Labels = serde_json::from_value(service["spec"]["selector"].clone()).unwrap();
        let is_behind = |pod: &&Pod| pod.namespace == namespace && selector.iter().all(|(key, value)| pod.labels.get(key) == Some(value));
        let number = |pod: &Pod| match target {
            Value::Number(number) => u16::try_from(number.as_u64().unwrap()).unwrap(),
            name => {
                let own = pod.ports.iter().find(|(own, ..)| name == own);
                own.unwrap_or_else(|| panic!("{} has no port {name}", pod.name)).1
            }
        };
        self.cluster.pods.iter().filter(is_behind).map(|pod| (pod, number(pod))).collect()
    }

    /// Every port that a container, a Service or a policy names, and two that nobody does.
    pub fn numbers(&self) -> Vec<u16> {
        let policies = serde_json::to_value(&self.cluster.policies).unwrap();
        let mut numbers = vec![22, 47_110];
        self.manifests.iter().chain([&policies]).for_each(|value| collect(value, &mut numbers));
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }
}

fn collect(value: &Value, numbers: &mut Vec<u16>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                if ["containerPort", "port", "targetPort"].contains(&key.as_str()) {
                    numbers.extend(value.as_u64().and_then(|number| u16::try_from(number).ok()));
                }
                collect(value, numbers);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| collect(item, numbers)),
        _ => {}
    }
}

fn text<'v>(value: &'v Value, pointer: &str) -> Option<&'v str> {
    value.pointer(pointer)?.as_str()
}

/// The options of airflow.cfg.
fn options(cfg: &str) -> BTreeMap<(String, String), String> {
    let mut section = String::new();
    let mut options = BTreeMap::new();
    for line in cfg.lines() {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            name.clone_into(&mut section);
        } else if let Some((option, value)) = line.split_once('=') {
            options.insert((section.clone(), option.trim().to_owned()), value.trim().to_owned());
        }
    }
    options
}

//! The pods that the Kubernetes executor makes, as the set describes them.

use crate::kubernetes::Set;
use crate::schema::options_of;
use crate::yaml::{self, Data, Entry, Map, Node as Yaml};

/// A template that pods are made from.
#[derive(Debug)]
pub(super) struct Template<'m> {
    pub namespace: &'m str,
    /// The name of the object that holds it.
    pub name: String,
    pub pod: Yaml,
}

/// The templates in the config maps of the set.
pub(super) fn templates<'m>(set: &Set<'m>) -> Vec<Template<'m>> {
    let mut templates = Vec::new();
    for map in set.of_kind("ConfigMap") {
        for (key, value) in map.object.entries(&["data"]) {
            let text = value.as_str().unwrap_or_default();
            if let Some(pod) = pod(text).or_else(|| of_settings(text)) {
                templates.push(Template { namespace: map.namespace(), name: format!("{}: {key}", map.name()), pod });
            }
        }
    }
    templates
}

/// The pod that a text describes in YAML, if it does.
pub(super) fn pod(text: &str) -> Option<Yaml> {
    if !text.contains("Pod") {
        return None;
    }
    yaml::read(text, 0).ok()?.into_iter().find(|document| document.text(&["kind"]) == Some("Pod"))
}

/// Airflow 1.10 makes pods from the section `kubernetes` of airflow.cfg, not from a template.
fn of_settings(text: &str) -> Option<Yaml> {
    let said = options_of(text);
    let of_section = |section: &'static str| said.iter().filter(move |option| option.section == section);
    let option = |section: &'static str, key: &str| {
        of_section(section).find(|option| option.name == key && !option.value.is_empty()).map(|option| option.value.as_str())
    };
    option("core", "executor").filter(|executor| executor.contains("Kubernetes"))?;
    option("kubernetes", "worker_container_repository").filter(|_| option("kubernetes", "pod_template_file").is_none())?;
    let volumes = [
        ("airflow_configmap", "configMap", "name"),
        ("dags_volume_claim", "persistentVolumeClaim", "claimName"),
        ("logs_volume_claim", "persistentVolumeClaim", "claimName"),
        ("git_ssh_key_secret_name", "secret", "secretName"),
    ];
    let volumes = volumes.into_iter().filter_map(|(key, source, name)| {
        let value = option("kubernetes", key)?;
        Some(map([("name", string(key)), (source, map([(name, string(value))]))]))
    });
    let mut env: Vec<Yaml> = Vec::new();
    for option in of_section("kubernetes_secrets") {
        if let Some((secret, key)) = option.value.split_once('=') {
            let reference = map([("name", string(secret)), ("key", string(key))]);
            env.push(map([("name", string(option.name)), ("valueFrom", map([("secretKeyRef", reference)]))]));
        }
    }
    if let Some(repository) = option("kubernetes", "git_repo") {
        env.push(map([("name", string("GITSYNC_REPO")), ("value", string(repository))]));
    }
    let container = map([("name", string("base")), ("env", Yaml::new(Data::List(env)))]);
    let spec = [
        ("serviceAccountName", string(option("kubernetes", "worker_service_account_name").unwrap_or_default())),
        ("volumes", Yaml::new(Data::List(volumes.collect()))),
        ("containers", Yaml::new(Data::List(vec![container]))),
    ];
    Some(map([("kind", string("Pod")), ("spec", map(spec))]))
}

fn string(text: &str) -> Yaml {
    Yaml::new(Data::String(text.to_owned()))
}

fn map<const N: usize>(entries: [(&str, Yaml); N]) -> Yaml {
    let entry = |(key, value): (&str, Yaml)| (key.to_owned(), Entry { key: None, value });
    Yaml::new(Data::Map(entries.into_iter().map(entry).collect::<Map>()))
}

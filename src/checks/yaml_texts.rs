//! Texts that hold YAML hold what they should.

use super::Finding;
use crate::model::current::yaml_value;
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let lists = [
        ("extraEnv", values.extra_env.as_deref()),
        ("extraEnvFrom", values.extra_env_from.as_deref()),
        ("dags.gitSync.envFrom", values.dags.git_sync.env_from.as_deref()),
    ];
    for (key, text) in lists {
        must_be(key.into(), text, "a list", findings);
    }
    must_be("podTemplate".into(), values.pod_template.as_deref(), "a map", findings);
    for (name, secret) in &values.extra_secrets {
        must_be(["extraSecrets", name, "data"].into(), secret.data.as_deref(), "a map", findings);
        must_be(["extraSecrets", name, "stringData"].into(), secret.string_data.as_deref(), "a map", findings);
    }
    for (name, map) in &values.extra_config_maps {
        must_be(["extraConfigMaps", name, "data"].into(), map.data.as_deref(), "a map", findings);
    }
}

fn must_be(key: crate::schema::Path, text: Option<&str>, what: &str, findings: &mut Vec<Finding>) {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return };
    let value = yaml_value(text);
    let fits = value.as_ref().is_some_and(|value| if what == "a list" { value.is_array() } else { value.is_object() });
    if !fits {
        let label = if value.is_some() { "this is something else" } else { "this is not YAML" };
        let title = format!("`{key}` must be a text that holds {what} as YAML");
        findings.push(Finding::error(key, title, label));
    }
}

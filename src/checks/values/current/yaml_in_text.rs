//! A text that is to hold YAML holds something else.

use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::schema::Path;
use crate::values::yaml_value;

pub(in crate::checks) static RULE: Rule = Rule {
    code: "T101",
    name: "yaml-in-text",
    level: Level::Error,
    what: "A text that is to hold YAML holds something else.",
    why: "What it says would be lost, or would break the manifests.",
    example: Example {
        of: Of::Values,
        refused: concat!("airflowVersion: 3.2.0\n", "extraEnv: \"name: A\"\n"),
        instead: concat!("airflowVersion: 3.2.0\n", "extraEnv: \"- {name: A, value: b}\"\n"),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    let values = subject.values;
    let lists = [
        ("extraEnv", values.extra_env.as_deref()),
        ("extraEnvFrom", values.extra_env_from.as_deref()),
        ("dags.gitSync.envFrom", values.dags.git_sync.env_from.as_deref()),
    ];
    for (key, text) in lists {
        must_be(key.into(), text, "a list", found);
    }
    must_be("podTemplate".into(), values.pod_template.as_deref(), "a map", found);
    for (name, secret) in &values.extra_secrets {
        must_be(["extraSecrets", name, "data"].into(), secret.data.as_deref(), "a map", found);
        must_be(["extraSecrets", name, "stringData"].into(), secret.string_data.as_deref(), "a map", found);
    }
    for (name, map) in &values.extra_config_maps {
        must_be(["extraConfigMaps", name, "data"].into(), map.data.as_deref(), "a map", found);
    }
}

fn must_be(key: Path, text: Option<&str>, what: &str, found: &mut Findings) {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return };
    let value = yaml_value(text);
    let fits = value.as_ref().is_some_and(|value| if what == "a list" { value.is_array() } else { value.is_object() });
    if !fits {
        let label = if value.is_some() { "this is something else" } else { "this is not YAML" };
        let title = format!("`{key}` must be a text that holds {what} as YAML");
        found.in_value(key, title, label);
    }
}

//! What can be said in `gen.yaml`: types alone.

use std::borrow::Cow;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;

use crate::checks::Profile;
use crate::output::{Format, Layout};

/// `gen.yaml`: environments, and what they share.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
pub struct File {
    /// What every environment has, unless it says otherwise. Its values come first.
    #[serde(flatten)]
    pub shared: Settings,
    /// The environments by their names. One that says nothing of its own is written as `dev: {}`.
    pub environments: Environments,
}

/// What an environment is made of. In texts, `{{ environment }}` stands for its name.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// What the values are made of: paths of values files, from the folder of this file, or values themselves. Those further down
    /// have precedence, and those of an environment over the shared ones. Default: none, which are gen's defaults.
    #[serde(default)]
    pub values: Vec<Item>,
    /// Where the values stand in each file that `values` lists beside it, as the option `--values-from`: `airflow` in the file of an
    /// umbrella chart. For the files of an environment that says nothing, what is shared counts. Default: at the top.
    pub values_from: Option<String>,
    /// The directory of the manifests, from the folder of this file. Each environment has its own. Default:
    /// `rendered/{{ environment }}`.
    pub out: Option<String>,
    /// The namespace of every object that has one, as the option `--namespace`. Default: what the values say.
    pub namespace: Option<String>,
    /// The name of the release, as the option `--release-name`. Default: what the values say.
    pub release_name: Option<String>,
    /// Whether the Namespace itself is among the manifests, as the option `--create-namespace`. Default: what the values say.
    pub create_namespace: Option<bool>,
    /// The version of Kubernetes that the cluster has, such as `"1.34"`, as the option `--kube-version`. Default: any.
    pub kube_version: Option<String>,
    /// The profile of the Pod Security Standards that every pod has to keep to, as the option `--profile`. Default: none.
    pub profile: Option<Profile>,
    /// Whether a `kustomization.yaml` is written too, as with the option `--kustomization`. Default: no.
    pub kustomization: Option<bool>,
    /// Whether `hydrator.metadata` is written too, as with the option `--hydrator-metadata`: of which commit the manifests are. Default: no.
    pub hydrator_metadata: Option<bool>,
    /// The notation of the manifests. Default: `yaml`.
    pub format: Option<Format>,
    /// Which objects stand in which files: a file for each template, or each object, or one for all. Default: `files`.
    pub layout: Option<Layout>,
}

/// A part of the values: a text is the path of a values file, a map is values themselves.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Item {
    /// The path of a values file.
    File(String),
    /// Values.
    Values {},
}

impl JsonSchema for Item {
    fn schema_name() -> Cow<'static, str> {
        "Item".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"anyOf": [{"type": "string"}, {"type": "object"}]})
    }
}

/// Environments by their names.
#[derive(Clone, Debug, Deserialize)]
#[serde(transparent)]
pub struct Environments(pub IndexMap<String, Settings>);

impl JsonSchema for Environments {
    fn schema_name() -> Cow<'static, str> {
        "Environments".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (name, settings) = (generator.subschema_for::<Name>(), generator.subschema_for::<Settings>());
        json_schema!({"type": "object", "propertyNames": name, "additionalProperties": settings})
    }
}

/// The name of an environment, which is part of paths.
struct Name;

impl JsonSchema for Name {
    fn schema_name() -> Cow<'static, str> {
        "Name".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "pattern": "^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$",
            "maxLength": 63,
            "x-expected": "letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, 63 characters at most",
        })
    }
}

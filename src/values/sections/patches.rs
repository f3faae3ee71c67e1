//! Patches of objects.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::schema::OBJECT;
use crate::values::Line;

/// A change of objects, with kustomize's names and meaning.
#[derive(Clone, Debug, Deserialize, Serialize, JsonSchema)]
pub struct Patch {
    /// The objects that are changed. Without it they are those that a patch of a map names itself, by `kind` and
    /// `metadata.name`.
    #[serde(default)]
    pub target: Option<PatchTarget>,
    /// The change: a map that is merged into the object as `kubectl patch --type strategic` does, a list of operations (JSON
    /// Patch, RFC 6902), or a text of YAML that holds one of the two. In a map, `null` takes a key away, and `$patch: delete`
    /// what it stands in. Beside a target its own `apiVersion`, `kind` and `metadata.name` do not count, all of which kustomize
    /// asks for.
    pub patch: PatchBody,
}

/// Which objects a patch changes: those that all of its keys match. A name is matched as it is, as a pattern such as
/// `airflow-*`, or as a regular expression of the whole name as in kustomize.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct PatchTarget {
    /// The group of the API, such as `apps`; the core group has none. Default: any.
    pub group: Option<Line>,
    /// The version of the API, such as `v1`. Default: any.
    pub version: Option<Line>,
    /// The kind. Default: any; the template for pods of tasks is the `Pod` of the name `pod-template`, and is meant only where the
    /// kind is said.
    pub kind: Option<Line>,
    /// The object's name. Default: any.
    pub name: Option<Line>,
    /// The object's namespace. Default: any.
    pub namespace: Option<Line>,
    /// The object's labels, as `kubectl get --selector` has them: `component=scheduler,tier`. Default: any.
    pub label_selector: Option<Line>,
    /// The object's annotations, in the same way. Default: any.
    pub annotation_selector: Option<Line>,
}

/// What a patch changes.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(transparent)]
pub struct PatchBody(pub Value);

impl JsonSchema for PatchBody {
    fn schema_name() -> Cow<'static, str> {
        "PatchBody".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let map = json_schema!({"type": "object", "x-expected": "a map to be merged"});
        let list = json_schema!({"type": "array", "x-expected": "a list of operations"});
        let text = json_schema!({"type": "string", "writeOnly": true, "x-expected": "a text of YAML with one of them"});
        json_schema!({"anyOf": [map, list, text], OBJECT: true})
    }
}

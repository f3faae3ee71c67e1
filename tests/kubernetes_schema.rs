//! `src/schema/kubernetes.json` is the Kubernetes API as k8s-openapi has it, without its prose.
//!
//! `UPDATE_GOLDEN=1 cargo test` writes the file; otherwise the test compares.

use std::collections::BTreeMap;
use std::path::Path;

use k8s_openapi::Resource;
use k8s_openapi::api::{
    apps::v1::{DaemonSet, Deployment, StatefulSet},
    autoscaling::v2::HorizontalPodAutoscaler,
    batch::v1::{CronJob, Job},
    core::v1::{
        ConfigMap, LimitRange, Namespace, PersistentVolume, PersistentVolumeClaim, Pod, ResourceQuota, Secret, Service, ServiceAccount,
    },
    networking::v1::{Ingress, NetworkPolicy},
    policy::v1::PodDisruptionBudget,
    rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding},
    scheduling::v1::PriorityClass,
    storage::v1::StorageClass,
};
use k8s_openapi::schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

/// What a quantity looks like: apimachinery's `resource.Quantity`. An API server that gets an exponent of nine digits does
/// not answer any more.
const QUANTITY: &str = r"^[+-]?([0-9]+|[0-9]+\.[0-9]*|\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?[0-9]{1,2})?$";

#[derive(Default)]
struct Kinds {
    generator: SchemaGenerator,
    names: BTreeMap<String, String>,
}

impl Kinds {
    fn add<K: Resource + JsonSchema>(&mut self) {
        self.generator.subschema_for::<K>();
        let version = if K::GROUP.is_empty() { K::VERSION.to_owned() } else { format!("{}/{}", K::GROUP, K::VERSION) };
        self.names.insert(format!("{version}/{}", K::KIND), K::schema_name().into_owned());
    }
}

#[test]
fn the_embedded_schema_is_the_kubernetes_api() {
    let mut kinds = Kinds { generator: SchemaSettings::draft07().into_generator(), names: BTreeMap::new() };
    macro_rules! add { ($($kind:ty),*) => { $(kinds.add::<$kind>();)* } }
    add!(
        ClusterRole,
        ClusterRoleBinding,
        ConfigMap,
        CronJob,
        DaemonSet,
        Deployment,
        HorizontalPodAutoscaler,
        Ingress,
        Job,
        LimitRange,
        Namespace,
        NetworkPolicy,
        PersistentVolume,
        PersistentVolumeClaim,
        Pod,
        PodDisruptionBudget,
        PriorityClass,
        ResourceQuota,
        Role,
        RoleBinding,
        Secret,
        Service,
        ServiceAccount,
        StatefulSet,
        StorageClass
    );
    let definitions: BTreeMap<String, Value> = kinds
        .generator
        .take_definitions(true)
        .into_iter()
        .map(|(name, schema)| {
            let schema = if name.ends_with("Quantity") {
                json!({"type": ["string", "number"], "pattern": QUANTITY, "x-expected": "a quantity, such as `500m` or `1Gi`", "x-quantity": true})
            } else {
                lean(schema, false)
            };
            (name, schema)
        })
        .collect();
    let mut definitions = kept(tightened(definitions));
    for (kind, name, schema) in [scaled_object(), external_secret()] {
        definitions.insert(name.clone(), schema);
        kinds.names.insert(kind, name);
    }
    let text = serde_json::to_string(&json!({"kinds": kinds.names, "definitions": definitions})).unwrap() + "\n";

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema/kubernetes.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return std::fs::write(path, text).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap_or_default() == text, "out of date: write it with UPDATE_GOLDEN=1 cargo test");
}

/// A map with the keys that are listed, and no other.
#[expect(clippy::needless_pass_by_value, reason = "it is always a literal")]
fn closed(required: &[&str], properties: Value) -> Value {
    json!({"type": "object", "properties": properties, "required": required, "additionalProperties": false})
}

/// KEDA's ScaledObject, as far as it is written here (KEDA 2: `keda.sh/v1alpha1`).
fn scaled_object() -> (String, String, Value) {
    let kubernetes = |name: &str| json!({"$ref": format!("#/definitions/io.k8s.{name}")});
    let count = json!({"type": "integer", "minimum": 0});
    let target = closed(
        &["name"],
        json!({"apiVersion": {"type": "string"}, "kind": {"type": "string"}, "name": {"type": "string"}, "envSourceContainerName": {"type": "string"}}),
    );
    let autoscaler =
        closed(&[], json!({"name": {"type": "string"}, "behavior": kubernetes("api.autoscaling.v2.HorizontalPodAutoscalerBehavior")}));
    let advanced = closed(&[], json!({"horizontalPodAutoscalerConfig": autoscaler, "restoreToOriginalReplicaCount": {"type": "boolean"}}));
    let trigger = closed(
        &["type", "metadata"],
        json!({"type": {"type": "string"}, "name": {"type": "string"}, "metadata": {"type": "object", "additionalProperties": {"type": "string"}}}),
    );
    let spec = closed(
        &["scaleTargetRef", "triggers"],
        json!({
            "scaleTargetRef": target,
            "pollingInterval": count,
            "cooldownPeriod": count,
            "minReplicaCount": count,
            "maxReplicaCount": count,
            "advanced": advanced,
            "triggers": {"type": "array", "items": trigger},
        }),
    );
    let text = json!({"type": "string"});
    let metadata = kubernetes("apimachinery.pkg.apis.meta.v1.ObjectMeta");
    let object = closed(&["spec"], json!({"apiVersion": text, "kind": text, "metadata": metadata, "spec": spec}));
    ("keda.sh/v1alpha1/ScaledObject".to_owned(), "sh.keda.v1alpha1.ScaledObject".to_owned(), object)
}

/// The External Secrets Operator's ExternalSecret, as far as it is written here (`external-secrets.io/v1`).
fn external_secret() -> (String, String, Value) {
    let text = json!({"type": "string"});
    let words = |words: &[&str]| json!({"type": "string", "enum": words});
    let store = closed(&["name"], json!({"name": text, "kind": words(&["SecretStore", "ClusterSecretStore"])}));
    let texts = json!({"type": "object", "additionalProperties": {"type": "string"}});
    let template = closed(&[], json!({"engineVersion": words(&["v2"]), "type": text, "data": texts}));
    let target = closed(&[], json!({"name": text, "template": template}));
    let mut remote = closed(
        &["key"],
        json!({
            "key": text,
            "property": text,
            "version": text,
            "conversionStrategy": text,
            "decodingStrategy": text,
            "metadataPolicy": text,
        }),
    );
    remote["x-defaults"] = json!({"conversionStrategy": "Default", "decodingStrategy": "None", "metadataPolicy": "None"});
    let entry = closed(&["secretKey", "remoteRef"], json!({"secretKey": text, "remoteRef": remote}));
    let spec = closed(
        &["secretStoreRef"],
        json!({"refreshInterval": text, "secretStoreRef": store, "target": target, "data": {"type": "array", "items": entry}}),
    );
    let metadata = json!({"$ref": "#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"});
    let object = closed(&["spec"], json!({"apiVersion": text, "kind": text, "metadata": metadata, "spec": spec}));
    ("external-secrets.io/v1/ExternalSecret".to_owned(), "io.external-secrets.v1.ExternalSecret".to_owned(), object)
}

/// What the API server checks beyond types (Kubernetes: `pkg/apis/*/validation`), by definition and property.
fn tightened(mut definitions: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let one_of = |words: &[&str]| json!({"type": "string", "enum": words});
    let protocol = one_of(&["TCP", "UDP", "SCTP"]);
    let port = json!({"type": "integer", "minimum": 1, "maximum": 65535});
    let mode = json!({"type": "array", "items": one_of(&["ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod"])});
    let rules = [
        ("apps.v1.DeploymentStrategy", "type", one_of(&["Recreate", "RollingUpdate"])),
        ("core.v1.Container", "imagePullPolicy", one_of(&["Always", "IfNotPresent", "Never"])),
        ("core.v1.ContainerPort", "containerPort", port.clone()),
        ("core.v1.ContainerPort", "protocol", protocol.clone()),
        // A value is often a secret, where it should not be.
        ("core.v1.EnvVar", "value", json!({"type": "string", "writeOnly": true})),
        ("core.v1.PersistentVolumeClaimSpec", "accessModes", mode.clone()),
        ("core.v1.PersistentVolumeSpec", "accessModes", mode),
        ("core.v1.PersistentVolumeSpec", "persistentVolumeReclaimPolicy", one_of(&["Delete", "Recycle", "Retain"])),
        ("core.v1.PodSpec", "restartPolicy", one_of(&["Always", "Never", "OnFailure"])),
        ("core.v1.ServicePort", "port", port),
        ("core.v1.ServicePort", "protocol", protocol),
        ("core.v1.ServiceSpec", "type", one_of(&["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"])),
        ("core.v1.Toleration", "effect", one_of(&["NoExecute", "NoSchedule", "PreferNoSchedule"])),
        ("core.v1.Toleration", "operator", one_of(&["Equal", "Exists"])),
        ("core.v1.TopologySpreadConstraint", "whenUnsatisfiable", one_of(&["DoNotSchedule", "ScheduleAnyway"])),
    ];
    for (name, property, rule) in rules {
        let place = &mut definitions.get_mut(&format!("io.k8s.api.{name}")).unwrap()["properties"][property];
        assert!(!place.is_null(), "{name} has no {property}");
        *place = rule;
    }
    let container = definitions.get_mut("io.k8s.api.core.v1.Container").unwrap();
    container["required"] = json!(["name", "image"]);
    definitions
}

/// What the API server does not keep as it is written, see `src/schema/kept.rs`: what Kubernetes' own types say of it
/// (`src/schema/kept.json`, which `tests/real/parts/kept` makes), and the defaults that can stand where `kubectl` compares
/// a whole list or map (Kubernetes: `pkg/apis/*/v1/defaults.go`).
fn kept(mut definitions: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let kept: BTreeMap<String, BTreeMap<String, Vec<String>>> = serde_json::from_str(include_str!("../src/schema/kept.json")).unwrap();
    let mut whole = Vec::new();
    for (name, said) in &kept {
        let Some(definition) = definitions.get_mut(name) else { continue };
        for (mark, fields) in said {
            for field in fields {
                match definition["properties"].get_mut(field) {
                    Some(property) if mark == "whole" => {
                        whole.push(property["$ref"].as_str().unwrap().rsplit_once('/').unwrap().1.to_owned());
                    }
                    Some(property) => property[format!("x-{mark}")] = true.into(),
                    // A later version of Kubernetes has it.
                    None => {}
                }
            }
        }
    }
    for name in whole {
        definitions.get_mut(&name).unwrap()["x-whole"] = true.into();
    }
    let defaults = [
        ("apps.v1.DeploymentStrategy", json!({"type": "RollingUpdate"})),
        ("core.v1.ObjectFieldSelector", json!({"apiVersion": "v1"})),
        ("core.v1.PersistentVolumeClaim", json!({"apiVersion": "v1", "kind": "PersistentVolumeClaim", "status": {"phase": "Pending"}})),
        ("core.v1.PersistentVolumeClaimSpec", json!({"volumeMode": "Filesystem"})),
        ("core.v1.ResourceFieldSelector", json!({"divisor": "0"})),
        ("core.v1.ServiceAccountTokenProjection", json!({"expirationSeconds": 3600})),
        ("networking.v1.NetworkPolicyPort", json!({"protocol": "TCP"})),
    ];
    for (name, added) in defaults {
        definitions.get_mut(&format!("io.k8s.api.{name}")).unwrap()["x-defaults"] = added;
    }
    definitions
}

/// A schema without prose, closed where its keys are listed, with references that lead to `definitions`.
fn lean(schema: Value, of_properties: bool) -> Value {
    match schema {
        Value::Object(entries) => {
            let mut out: Map<String, Value> = entries
                .into_iter()
                .filter(|(key, _)| of_properties || !matches!(key.as_str(), "description" | "title" | "$schema" | "format" | "default"))
                .map(|(key, value)| {
                    let names = !of_properties && key == "properties";
                    (key, lean(value, names))
                })
                .collect();
            if !of_properties && out.contains_key("properties") {
                out.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            // A reference with a description beside it is wrapped by the generator.
            match out.get("allOf").and_then(Value::as_array).map(Vec::as_slice) {
                Some([only]) if !of_properties => only.clone(),
                _ => Value::Object(out),
            }
        }
        Value::Array(items) => Value::Array(items.into_iter().map(|item| lean(item, false)).collect()),
        Value::String(text) => Value::String(text.replace("#/components/schemas/", "#/definitions/")),
        other => other,
    }
}

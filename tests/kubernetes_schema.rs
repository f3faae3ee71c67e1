//! `src/schema/kubernetes.json` is the Kubernetes API as k8s-openapi has it, without its prose.
//!
//! `UPDATE_GOLDEN=1 cargo test` writes the file; otherwise the test compares.

use std::collections::BTreeMap;
use std::path::Path;

use k8s_openapi::Resource;
use k8s_openapi::api::{
    admissionregistration::v1::{
        MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding, MutatingWebhookConfiguration, ValidatingAdmissionPolicy,
        ValidatingAdmissionPolicyBinding, ValidatingWebhookConfiguration,
    },
    admissionregistration::{v1alpha1 as admission_alpha1, v1beta1 as admission_beta1},
    apps::v1::{ControllerRevision, DaemonSet, Deployment, ReplicaSet, StatefulSet},
    authentication::v1::{SelfSubjectReview, TokenRequest, TokenReview},
    authorization::v1::{LocalSubjectAccessReview, SelfSubjectAccessReview, SelfSubjectRulesReview, SubjectAccessReview},
    autoscaling::v1::HorizontalPodAutoscaler as HorizontalPodAutoscaler1,
    autoscaling::v2::HorizontalPodAutoscaler,
    batch::v1::{CronJob, Job},
    certificates::v1::{CertificateSigningRequest, ClusterTrustBundle, PodCertificateRequest},
    certificates::v1beta1 as certificates_beta1,
    coordination::v1::Lease,
    coordination::{v1alpha2 as coordination_alpha2, v1beta1 as coordination_beta1},
    core::v1::{
        Binding, ConfigMap, Endpoints, Event, LimitRange, Namespace, Node, PersistentVolume, PersistentVolumeClaim, Pod, PodTemplate,
        ReplicationController, ResourceQuota, Secret, Service, ServiceAccount,
    },
    discovery::v1::EndpointSlice,
    events::v1::Event as Event1,
    flowcontrol::v1::{FlowSchema, PriorityLevelConfiguration},
    networking::v1::{IPAddress, Ingress, IngressClass, NetworkPolicy, ServiceCIDR},
    node::v1::RuntimeClass,
    policy::v1::{Eviction, PodDisruptionBudget},
    rbac::v1::{ClusterRole, ClusterRoleBinding, Role, RoleBinding},
    resource::v1::{DeviceClass, DeviceTaintRule, ResourceClaim, ResourceClaimTemplate, ResourceSlice},
    resource::{v1alpha3 as resource_alpha3, v1beta1 as resource_beta1, v1beta2 as resource_beta2},
    scheduling::v1::PriorityClass,
    scheduling::{v1alpha3 as scheduling_alpha3, v1beta1 as scheduling_beta1},
    storage::v1::{CSIDriver, CSINode, CSIStorageCapacity, StorageClass, VolumeAttachment, VolumeAttributesClass},
    storagemigration::v1::StorageVersionMigration,
    storagemigration::v1beta1 as migration_beta1,
};
use k8s_openapi::apiextensions_apiserver::pkg::apis::apiextensions::v1::CustomResourceDefinition;
use k8s_openapi::kube_aggregator::pkg::apis::apiregistration::v1::APIService;
use k8s_openapi::schemars::{JsonSchema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};

use crate::kubernetes_rules::tightened;

/// What a quantity looks like: apimachinery's `resource.Quantity`, as far as editors are told; `src/schema/quantity.rs` judges it.
/// An API server that gets an exponent of nine digits does not answer any more.
const QUANTITY: &str = r"^[+-]?([0-9]+|[0-9]+\.[0-9]*|\.[0-9]+)(Ki|Mi|Gi|Ti|Pi|Ei|n|u|m|k|M|G|T|P|E|[eE][+-]?0*[0-9]{1,5})?$";

/// A definition of times.
struct Time {
    name: &'static str,
    mark: &'static str,
    expected: &'static str,
}

const TIMES: [Time; 2] = [
    Time { name: ".Time", mark: "x-time", expected: "a time, such as `2026-01-31T09:30:00Z`" },
    Time {
        name: ".MicroTime",
        mark: "x-micro-time",
        expected: "a time with six digits after the point, such as `2026-01-31T09:30:00.000000Z`",
    },
];

#[derive(Default)]
struct Kinds {
    generator: SchemaGenerator,
    names: BTreeMap<String, Value>,
}

impl Kinds {
    fn add<K: Resource + JsonSchema>(&mut self) {
        self.generator.subschema_for::<K>();
        self.add_name::<K>(Some(&K::schema_name()));
    }

    /// A kind whose objects are taken as they are.
    fn add_name<K: Resource>(&mut self, definition: Option<&str>) {
        let version = if K::GROUP.is_empty() { K::VERSION.to_owned() } else { format!("{}/{}", K::GROUP, K::VERSION) };
        let cluster = std::any::type_name::<K::Scope>().ends_with("ClusterResourceScope");
        let mut kind = json!({"cluster": cluster});
        if let Some(definition) = definition {
            kind["definition"] = definition.into();
        }
        self.names.insert(format!("{version}/{}", K::KIND), kind);
    }
}

#[test]
#[expect(clippy::too_many_lines, reason = "a list of all kinds")]
fn the_embedded_schema_is_the_kubernetes_api() {
    let mut kinds = Kinds { generator: SchemaSettings::draft07().into_generator(), names: BTreeMap::new() };
    macro_rules! add { ($($kind:ty),*) => { $(kinds.add::<$kind>();)* } }
    add!(
        APIService,
        Binding,
        CSIDriver,
        CSINode,
        CSIStorageCapacity,
        CertificateSigningRequest,
        ClusterRole,
        ClusterRoleBinding,
        ClusterTrustBundle,
        ConfigMap,
        ControllerRevision,
        CronJob,
        CustomResourceDefinition,
        DaemonSet,
        Deployment,
        DeviceClass,
        DeviceTaintRule,
        EndpointSlice,
        Endpoints,
        Event,
        Event1,
        Eviction,
        FlowSchema,
        HorizontalPodAutoscaler,
        HorizontalPodAutoscaler1,
        IPAddress,
        Ingress,
        IngressClass,
        Job,
        Lease,
        LimitRange,
        LocalSubjectAccessReview,
        MutatingAdmissionPolicy,
        MutatingAdmissionPolicyBinding,
        MutatingWebhookConfiguration,
        Namespace,
        NetworkPolicy,
        Node,
        PersistentVolume,
        PersistentVolumeClaim,
        Pod,
        PodCertificateRequest,
        PodDisruptionBudget,
        PodTemplate,
        PriorityClass,
        PriorityLevelConfiguration,
        ReplicaSet,
        ReplicationController,
        ResourceClaim,
        ResourceClaimTemplate,
        ResourceQuota,
        ResourceSlice,
        Role,
        RoleBinding,
        RuntimeClass,
        Secret,
        SelfSubjectAccessReview,
        SelfSubjectReview,
        SelfSubjectRulesReview,
        Service,
        ServiceAccount,
        ServiceCIDR,
        StatefulSet,
        StorageClass,
        StorageVersionMigration,
        SubjectAccessReview,
        TokenRequest,
        TokenReview,
        ValidatingAdmissionPolicy,
        ValidatingAdmissionPolicyBinding,
        ValidatingWebhookConfiguration,
        VolumeAttachment,
        VolumeAttributesClass
    );
    // What is not stable yet is not served unless it is asked for, and changes.
    macro_rules! name { ($($kind:ty),*) => { $(kinds.add_name::<$kind>(None);)* } }
    name!(
        admission_alpha1::MutatingAdmissionPolicy,
        admission_alpha1::MutatingAdmissionPolicyBinding,
        admission_beta1::MutatingAdmissionPolicy,
        admission_beta1::MutatingAdmissionPolicyBinding,
        certificates_beta1::ClusterTrustBundle,
        certificates_beta1::PodCertificateRequest,
        coordination_alpha2::LeaseCandidate,
        coordination_beta1::LeaseCandidate,
        migration_beta1::StorageVersionMigration,
        resource_alpha3::DeviceTaintRule,
        resource_alpha3::ResourcePoolStatusRequest,
        resource_beta1::DeviceClass,
        resource_beta1::ResourceClaim,
        resource_beta1::ResourceClaimTemplate,
        resource_beta1::ResourceSlice,
        resource_beta2::DeviceClass,
        resource_beta2::DeviceTaintRule,
        resource_beta2::ResourceClaim,
        resource_beta2::ResourceClaimTemplate,
        resource_beta2::ResourceSlice,
        scheduling_alpha3::CompositePodGroup,
        scheduling_alpha3::PodGroup,
        scheduling_alpha3::Workload,
        scheduling_beta1::PodGroup,
        scheduling_beta1::Workload
    );
    // What 1.35 had, and 1.37 does not.
    for (name, cluster) in [
        ("certificates.k8s.io/v1alpha1/ClusterTrustBundle", true),
        ("networking.k8s.io/v1beta1/IPAddress", true),
        ("networking.k8s.io/v1beta1/ServiceCIDR", true),
        ("scheduling.k8s.io/v1alpha1/Workload", false),
        ("storage.k8s.io/v1beta1/VolumeAttributesClass", true),
    ] {
        kinds.names.insert(name.to_owned(), json!({"cluster": cluster}));
    }
    let definitions: BTreeMap<String, Value> = kinds
        .generator
        .take_definitions(true)
        .into_iter()
        .map(|(name, schema)| {
            let schema = if name.ends_with("Quantity") {
                json!({"type": ["string", "number"], "pattern": QUANTITY, "x-expected": "a quantity, such as `500m` or `1Gi`", "x-quantity": true})
            } else if let Some(time) = TIMES.iter().find(|time| name.ends_with(time.name)) {
                json!({"type": "string", "x-expected": time.expected, time.mark: true})
            } else if name.ends_with(".JSONSchemaProps") {
                // It refers to itself.
                json!({"type": "object"})
            } else {
                lean(schema, false)
            };
            (name, schema)
        })
        .collect();
    let definitions = tightened(kept(dated(definitions)));
    let text = serde_json::to_string(&json!({"kinds": kinds.names, "definitions": definitions})).unwrap() + "\n";

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/schema/kubernetes.json");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return std::fs::write(path, text).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap_or_default() == text, "out of date: write it with UPDATE_GOLDEN=1 cargo test");
}

/// The fields that not every cluster has: those that came late, with the minor versions that they came with, and those behind a feature gate,
/// as Kubernetes' own types say (`src/schema/kubernetes-fields.json` and `kubernetes-gates.json`, which `tests/real/parts/fields` and `gates`
/// make).
fn dated(mut definitions: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    type Said = BTreeMap<String, BTreeMap<String, Value>>;
    let later: Said = serde_json::from_str(include_str!("../src/schema/kubernetes-fields.json")).unwrap();
    let gates: Said = serde_json::from_str(include_str!("../src/schema/kubernetes-gates.json")).unwrap();
    for (name, fields) in later {
        for (field, since) in fields {
            if let Some(definition) = definitions.get_mut(&name) {
                definition["x-later"][field]["since"] = since;
            }
        }
    }
    for (name, fields) in gates {
        for (field, gate) in fields {
            if let Some(definition) = definitions.get_mut(&name) {
                definition["x-later"][&field]["gate"] = gate["gate"].clone();
                definition["x-later"][&field]["open"] = gate["open"].clone();
            }
        }
    }
    definitions
}

/// What Kubernetes' own types say of the fields of a definition, see `tests/real/kept`.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Kept {
    unkept: Vec<String>,
    merged: BTreeMap<String, String>,
    replaced: Vec<String>,
    whole: Vec<String>,
}

/// What the API server does not keep as it is written, see `src/schema/kept.rs`: what Kubernetes' own types say of it
/// (`src/schema/kept.json`, which `tests/real/parts/kept` makes), and the defaults that can stand where `kubectl` compares
/// a whole list or map (Kubernetes: `pkg/apis/*/v1/defaults.go`).
fn kept(mut definitions: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let kept: BTreeMap<String, Kept> = serde_json::from_str(include_str!("../src/schema/kept.json")).unwrap();
    let mut whole = Vec::new();
    for (name, said) in kept {
        let Some(definition) = definitions.get_mut(&name) else { continue };
        // A later version of Kubernetes may have more fields.
        let mut mark = |field: &str, mark: &str, value: Value| {
            if let Some(property) = definition["properties"].get_mut(field) {
                property[mark] = value;
            }
        };
        said.unkept.iter().for_each(|field| mark(field, "x-unkept", true.into()));
        for (field, key) in said.merged {
            mark(&field, "x-merged", true.into());
            if !key.is_empty() {
                mark(&field, "x-merge-key", key.into());
            }
        }
        if !said.replaced.is_empty() {
            definition["x-replaced"] = json!(said.replaced);
        }
        let properties = said.whole.iter().filter_map(|field| definition["properties"].get(field));
        whole.extend(properties.map(|property| property["$ref"].as_str().unwrap().rsplit_once('/').unwrap().1.to_owned()));
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
                .filter(|(key, _)| of_properties || !matches!(key.as_str(), "description" | "title" | "$schema" | "default"))
                .map(|(key, value)| {
                    let names = !of_properties && key == "properties";
                    (key, lean(value, names))
                })
                .collect();
            if !of_properties && let Some(format) = out.remove("format") {
                // What Go reads a number into.
                let most: Option<i64> = match format.as_str() {
                    Some("int32") => Some(i32::MAX.into()),
                    Some("int64") => Some(i64::MAX),
                    _ => None,
                };
                if let Some(most) = most {
                    out.insert("minimum".to_owned(), (-most - 1).into());
                    out.insert("maximum".to_owned(), most.into());
                }
            }
            if !of_properties && out.contains_key("x-kubernetes-int-or-string") {
                out.insert("minimum".to_owned(), i32::MIN.into());
                out.insert("maximum".to_owned(), i32::MAX.into());
            }
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

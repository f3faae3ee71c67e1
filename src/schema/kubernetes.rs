//! The Kubernetes API, from `kubernetes.json`, which `tests/kubernetes_schema.rs` makes from k8s-openapi.

use super::form::{Form, Property, Rest, Secret, Types};
use super::{Pattern, Schema, kubernetes};

include!(concat!(env!("OUT_DIR"), "/kubernetes.rs"));

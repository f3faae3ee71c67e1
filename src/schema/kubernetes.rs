//! The Kubernetes API, from `kubernetes.json`, which `tests/kubernetes_schema.rs` makes from k8s-openapi; and the kinds of
//! others, from `foreign.json`, which `tests/real/foreign.py` makes from the definitions of their makers.

#![expect(clippy::unreadable_literal, reason = "bounds of numbers stand as the schemas have them")]

use super::form::{Form, Gate, Later, Property, Rest, Secret, Types};
use super::rules::{FieldRule, When};
use super::{Kind, Pattern, Schema, kubernetes};

include!(concat!(env!("OUT_DIR"), "/kubernetes.rs"));

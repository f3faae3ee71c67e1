//! The rules over manifests: they hold for both editions.

mod data_not_base64;
mod data_too_large;
mod field_of_later_version;
mod field_unknown;
mod key_missing;
mod key_not_stored;
mod kind_of_later_version;
mod kind_unknown;
mod mount_without_volume;
mod name_form;
mod name_twice_in_pod;
mod name_within_pod;
mod namespace_form;
mod object_twice;
mod part;
mod pod_template_form;
mod port_that_no_pod_has;
mod port_without_name;
mod provided;
mod ranges_without_load_balancer;
mod reference_to_nothing;
mod secret_in_the_open;
mod selector_of_service;
mod selector_of_workload;
mod sidecar_of_later_version;
mod targets;
mod task_without_neighbours;
mod variable_of_later_version;
mod version;
mod volume_twice;

use super::Rule;

pub use provided::external_of_values;
pub use version::KubernetesVersion;

/// All of them, in the order in which they speak.
pub(super) const ALL: &[&Rule] = &[
    &kind_unknown::RULE,
    &field_unknown::RULE,
    &data_not_base64::RULE,
    &pod_template_form::RULE,
    &task_without_neighbours::RULE,
    &kind_of_later_version::RULE,
    &sidecar_of_later_version::RULE,
    &field_of_later_version::RULE,
    &variable_of_later_version::RULE,
    &name_form::RULE,
    &namespace_form::RULE,
    &name_within_pod::RULE,
    &object_twice::RULE,
    &volume_twice::RULE,
    &name_twice_in_pod::RULE,
    &mount_without_volume::RULE,
    &key_missing::RULE,
    &key_not_stored::RULE,
    &reference_to_nothing::RULE,
    &selector_of_workload::RULE,
    &selector_of_service::RULE,
    &ranges_without_load_balancer::RULE,
    &port_without_name::RULE,
    &data_too_large::RULE,
    &port_that_no_pod_has::RULE,
    &secret_in_the_open::RULE,
];

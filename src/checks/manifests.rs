//! The rules over manifests: they hold for both editions.

mod address_of_former_form;
mod annotations_too_large;
mod autoscaler_without_request;
mod capability_unknown;
mod data_not_base64;
mod data_too_large;
mod definition_without_schema;
mod field_behind_gate;
mod field_of_later_version;
mod field_unknown;
mod finalizer_form;
mod fraction_of_a_byte;
mod host_of_nothing;
mod image_form;
mod key_missing;
mod key_not_stored;
mod key_not_told;
mod kind_of_later_version;
mod kind_unknown;
mod load_balancer_address;
mod mount_without_volume;
mod name_form;
mod name_twice_in_pod;
mod name_within_pod;
mod namespace_form;
mod neighbours_of_nobody;
mod node_port_out_of_range;
mod node_port_twice;
mod object_twice;
mod part;
mod peer_that_is_nobody;
mod pod_security;
mod pod_template_form;
mod pods_elsewhere;
mod port_of_two_containers;
mod port_that_container_lacks;
mod port_that_no_pod_has;
mod port_that_no_service_has;
mod port_unlisted;
mod port_without_name;
mod provided;
mod provided_by_others;
mod ranges_without_load_balancer;
mod reference_to_nothing;
mod referent_elsewhere;
mod root_that_is_refused;
mod scaled_object_bounds;
mod secret_in_the_open;
mod selector_of_service;
mod selector_of_workload;
mod sidecar_of_later_version;
mod sub_path_missing;
mod targets;
mod task_without_base;
mod task_without_neighbours;
mod too_large;
mod value_not_kept;
mod value_of_later_version;
mod variable_missing;
mod variable_of_later_version;
mod version;
mod volume_twice;

use super::Rule;

pub use provided::external_of_values;
pub(super) use targets::Referrer;
pub use version::KubernetesVersion;

/// All of them, in the order in which they speak.
pub(super) const ALL: &[&Rule] = &[
    &kind_unknown::RULE,
    &field_unknown::RULE,
    &definition_without_schema::RULE,
    &data_not_base64::RULE,
    &pod_template_form::RULE,
    &task_without_neighbours::RULE,
    &kind_of_later_version::RULE,
    &sidecar_of_later_version::RULE,
    &field_of_later_version::RULE,
    &variable_of_later_version::RULE,
    &address_of_former_form::RULE,
    &value_not_kept::RULE,
    &value_of_later_version::RULE,
    &name_form::RULE,
    &namespace_form::RULE,
    &name_within_pod::RULE,
    &finalizer_form::RULE,
    &object_twice::RULE,
    &volume_twice::RULE,
    &name_twice_in_pod::RULE,
    &mount_without_volume::RULE,
    &key_missing::RULE,
    &key_not_stored::RULE,
    &key_not_told::RULE,
    &reference_to_nothing::RULE,
    &sub_path_missing::RULE,
    &variable_missing::RULE,
    &selector_of_workload::RULE,
    &selector_of_service::RULE,
    &ranges_without_load_balancer::RULE,
    &port_without_name::RULE,
    &data_too_large::RULE,
    &annotations_too_large::RULE,
    &port_that_no_pod_has::RULE,
    &secret_in_the_open::RULE,
    &port_that_no_service_has::RULE,
    &port_that_container_lacks::RULE,
    &peer_that_is_nobody::RULE,
    &host_of_nothing::RULE,
    &image_form::RULE,
    &root_that_is_refused::RULE,
    &capability_unknown::RULE,
    &port_of_two_containers::RULE,
    &autoscaler_without_request::RULE,
    &scaled_object_bounds::RULE,
    &node_port_out_of_range::RULE,
    &node_port_twice::RULE,
    &load_balancer_address::RULE,
    &task_without_base::RULE,
    &fraction_of_a_byte::RULE,
    &neighbours_of_nobody::RULE,
    &field_behind_gate::RULE,
    &provided_by_others::RULE,
    &referent_elsewhere::RULE,
    &port_unlisted::RULE,
    &pods_elsewhere::RULE,
    &pod_security::namespace_of_node::RULE,
    &pod_security::folder_of_node::RULE,
    &pod_security::port_of_node::RULE,
    &pod_security::probe_of_another_host::RULE,
    &pod_security::privileged_container::RULE,
    &pod_security::capability_added::RULE,
    &pod_security::proc_unmasked::RULE,
    &pod_security::se_linux_label::RULE,
    &pod_security::seccomp_unconfined::RULE,
    &pod_security::app_armor_unconfined::RULE,
    &pod_security::sysctl_unsafe::RULE,
    &pod_security::process_of_windows_node::RULE,
    &pod_security::privilege_escalation::RULE,
    &pod_security::capabilities_kept::RULE,
    &pod_security::root_allowed::RULE,
    &pod_security::root_by_number::RULE,
    &pod_security::seccomp_profile_missing::RULE,
    &pod_security::volume_of_another_kind::RULE,
];

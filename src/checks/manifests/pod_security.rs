//! The controls of the Pod Security Standards, as far as a profile asks for them.

pub(super) mod app_armor_unconfined;
pub(super) mod capabilities_kept;
pub(super) mod capability_added;
pub(super) mod folder_of_node;
pub(super) mod namespace_of_node;
pub(super) mod port_of_node;
pub(super) mod privilege_escalation;
pub(super) mod privileged_container;
pub(super) mod probe_of_another_host;
pub(super) mod proc_unmasked;
pub(super) mod process_of_windows_node;
pub(super) mod root_allowed;
pub(super) mod root_by_number;
pub(super) mod se_linux_label;
pub(super) mod seccomp_profile_missing;
pub(super) mod seccomp_unconfined;
pub(super) mod sysctl_unsafe;
pub(super) mod volume_of_another_kind;

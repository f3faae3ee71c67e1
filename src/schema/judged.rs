//! What a pattern, bounds or a rule between keys cannot say of Kubernetes' objects; `kubernetes-rules.yaml` and
//! `kubernetes-cluster-rules.yaml` say where it holds.

mod autoscalers;
mod clusters;
mod metadata;
mod network;
mod node_ports;
mod pod_amounts;
mod pod_metadata;
mod pods;
mod quotas;
mod reading;
mod resource_names;
mod resources;
mod schedule;
mod storage;
mod time;
mod workloads;

use super::address::{address, range};
use super::{Finding, Trail, quantity};
use crate::encoded;
use crate::yaml::{Map, Node};
pub(crate) use metadata::is_priority_of_system;
pub(crate) use network::RANGES as SOURCE_RANGES;
pub(crate) use node_ports::asked as asked_node_ports;
pub(crate) use storage::is_kept as keeps_data_source;

// The names of the time zones in their order, of the database that Go's programs carry along.
include!(concat!(env!("OUT_DIR"), "/time_zones.rs"));

/// The words of which a text with a mark is one, if there are so many.
pub(super) fn words(mark: &str) -> &'static [&'static str] {
    if mark == "x-time-zone" { &TIME_ZONES } else { &[] }
}

/// Whether a text has the form that a mark asks for; other marks ask for none.
pub(super) fn has_form(mark: &str, text: &str) -> bool {
    match mark {
        "x-qualified" => {
            let (prefix, name) = text.split_once('/').unwrap_or(("", text));
            prefix.len() <= 253 && name.len() <= 63
        }
        "x-quantity" => quantity::billionths(text).is_some(),
        "x-ip" => address(text).is_some(),
        "x-endpoint" => network::is_of_another(text),
        "x-cluster-ip" => text.is_empty() || text == "None" || address(text).is_some(),
        "x-no-address" => address(text).is_none(),
        "x-base64" => encoded::decoded(text).is_some(),
        "x-cidr" => range(text).is_some(),
        "x-source-range" => range(text.trim()).is_some(),
        "x-schedule" => schedule::is_schedule(text),
        "x-time" => time::is_time(text),
        "x-micro-time" => time::is_micro_time(text),
        "x-time-zone" => is_time_zone(text),
        "x-not-of-kubernetes" => {
            let prefix = format!(".{}", text.split('/').next().unwrap_or_default().to_ascii_lowercase());
            ![".kubernetes.io", ".k8s.io"].iter().any(|own| prefix.ends_with(own))
        }
        _ => true,
    }
}

/// Some systems have each time zone twice more, and links to two of them.
fn is_time_zone(text: &str) -> bool {
    let of_system = ["posix/", "right/"].iter().find_map(|folder| text.strip_prefix(folder));
    ["localtime", "posixrules"].contains(&text) || TIME_ZONES.binary_search(&of_system.unwrap_or(text)).is_ok()
}

/// Finds what does not hold in a map.
type Check = fn(&Map, &Trail<'_>, &mut Vec<Finding>);

/// The checks by the marks of maps that they are for.
const CHECKS: &[(&str, Check)] = &[
    ("x-check-access-modes", storage::access_modes),
    ("x-check-actions", clusters::actions),
    ("x-check-admitted-resources", clusters::admitted_resources),
    ("x-check-all-resources", clusters::all_resources),
    ("x-check-autoscaler", autoscalers::autoscaler),
    ("x-check-backend-port", network::backend_port),
    ("x-check-capabilities", capabilities),
    ("x-check-claims", resources::claims),
    ("x-check-cluster-ips", network::cluster_ips),
    ("x-check-container-metric", autoscalers::container_metric),
    ("x-check-daemons", workloads::daemons),
    ("x-check-data-sources", storage::data_sources),
    ("x-check-definition-name", clusters::definition_name),
    ("x-check-device-requests", clusters::device_requests),
    ("x-check-devices", pods::devices),
    ("x-check-divisor", resources::divisor),
    ("x-check-exit-codes", workloads::exit_codes),
    ("x-check-expiration", storage::expiration),
    ("x-check-failure-policy", workloads::failure_policy),
    ("x-check-file-keys", pods::file_keys),
    ("x-check-finalizers", metadata::finalizers),
    ("x-check-generation", metadata::generation),
    ("x-check-host-ports", network::host_ports),
    ("x-check-host-processes", pods::host_processes),
    ("x-check-host-sysctls", pods::host_sysctls),
    ("x-check-indexes", workloads::indexes),
    ("x-check-ingress-class", network::ingress_class),
    ("x-check-ingress-path", network::ingress_path),
    ("x-check-ingress-target", network::ingress_target),
    ("x-check-ip-block", network::ip_block),
    ("x-check-job-labels", workloads::job_labels),
    ("x-check-job-name", workloads::job_name),
    ("x-check-keys-once", storage::keys_once),
    ("x-check-label-keys", pod_metadata::label_keys),
    ("x-check-limit-names", quotas::limit_names),
    ("x-check-limits-in-order", quotas::limits_in_order),
    ("x-check-merged-label-keys", pod_metadata::merged_label_keys),
    ("x-check-mirrored", pod_metadata::mirrored),
    ("x-check-mount-options", storage::mount_options),
    ("x-check-mounts", pods::mounts),
    ("x-check-name-servers", pods::name_servers),
    ("x-check-names-of-claims", pod_metadata::names_of_claims),
    ("x-check-names-of-kind", clusters::names_of_kind),
    ("x-check-node-ports", node_ports::node_ports),
    ("x-check-one-number", one_number),
    ("x-check-one-value", one_value),
    ("x-check-operating-system", pods::operating_system),
    ("x-check-overhead", resources::overhead),
    ("x-check-own-amounts", pod_amounts::own_amounts),
    ("x-check-own-labels", workloads::own_labels),
    ("x-check-own-selector", workloads::own_selector),
    ("x-check-owners", metadata::owners),
    ("x-check-parameters", storage::parameters),
    ("x-check-pod-annotations", pod_metadata::pod_annotations),
    ("x-check-pod-bounds", quotas::pod_bounds),
    ("x-check-policies", autoscalers::policies),
    ("x-check-port-range", network::port_range),
    ("x-check-priority", metadata::priority),
    ("x-check-proc-mount", pods::proc_mount),
    ("x-check-progress", workloads::progress),
    ("x-check-projected-paths", storage::projected_paths),
    ("x-check-queues", clusters::queues),
    ("x-check-quota", quotas::quota),
    ("x-check-quota-scopes", quotas::quota_scopes),
    ("x-check-recycled", storage::recycled),
    ("x-check-resize", pods::resize),
    ("x-check-resources", resources::resources),
    ("x-check-review-versions", clusters::review_versions),
    ("x-check-scaled", autoscalers::scaled),
    ("x-check-searches", pods::searches),
    ("x-check-secret-content", storage::secret_content),
    ("x-check-secret-type", storage::secret_type),
    ("x-check-server-name", clusters::server_name),
    ("x-check-service-annotations", network::service_annotations),
    ("x-check-service-ports", network::service_ports),
    ("x-check-sleep", pods::sleep),
    ("x-check-slice", network::slice),
    ("x-check-some-unavailable", workloads::some_unavailable),
    ("x-check-storage-alone", storage::storage_alone),
    ("x-check-stored-version", clusters::stored_version),
    ("x-check-surge", workloads::surge),
    ("x-check-template-amounts", pod_amounts::template_amounts),
    ("x-check-tolerations-once", clusters::tolerations_once),
    ("x-check-topologies", storage::topologies),
    ("x-check-wildcards", clusters::wildcards),
];

/// Finds what does not hold in a map that has a mark; other marks ask for nothing.
pub(super) fn check(mark: &str, entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if let Ok(position) = CHECKS.binary_search_by_key(&mark, |(of, _)| of) {
        CHECKS[position].1(entries, at, findings);
    }
}

/// Whether an amount is a whole number, as far as that can be known.
#[must_use]
pub(crate) fn is_whole(amount: &Node) -> bool {
    quantity::amount(amount).is_none_or(|size| size % quantity::UNIT == 0)
}

fn capabilities(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let allows = entries.get("allowPrivilegeEscalation").map(|entry| entry.value.scalar());
    let added = entries.get("capabilities").map(|entry| entry.value.items(&["add"])).unwrap_or_default();
    if allows.as_deref() == Some("false") && added.iter().any(|one| one.as_str() == Some("CAP_SYS_ADMIN")) {
        let what = "cannot have `allowPrivilegeEscalation: false` beside the capability `CAP_SYS_ADMIN`";
        reading::says(findings, at, what, "in this map");
    }
}

/// What is compared by size is compared with one number.
fn one_number(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if ["Gt", "Lt"].contains(&reading::text(entries, "operator")) {
        one_value(entries, at, findings);
    }
}

fn one_value(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if reading::list(entries, "values").len() > 1 {
        let what = format!("must be one value where `operator` is `{}`", reading::text(entries, "operator"));
        reading::says(findings, &Trail::Key(at, "values"), what, "this list");
    }
}

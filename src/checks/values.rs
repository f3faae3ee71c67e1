//! The rules over values. Here those of both editions, and who speaks when.

/// The values of an example with git-sync: what stands under `dags.gitSync` beside `enabled`, after the tag of its image
/// where that matters.
macro_rules! git_sync_values {
    (of $tag:literal, $($line:literal),+) => {
        concat!("airflowVersion: 3.2.0\n", "images: {gitSync: {tag: ", $tag, "}}\n", git_sync_values!(@dags $($line),+))
    };
    (@dags $($line:literal),+) => {
        concat!("dags:\n", "  gitSync:\n", "    enabled: true\n", $("    ", $line, "\n"),+)
    };
    ($($line:literal),+) => {
        concat!("airflowVersion: 3.2.0\n", git_sync_values!(@dags $($line),+))
    };
}

mod access_point_without_encryption;
mod claim_and_volume;
mod commit_beyond_depth;
mod current;
mod database_host;
mod database_login_line_break;
mod edition_1_10;
mod extra_object_form;
mod fernet_key_and_secret;
mod fernet_key_form;
mod label_of_gen;
mod logs_kept_nowhere;
mod logs_read_only;
mod missing_secrets;
mod option_in_upper_case;
mod option_with_comment_line;
mod option_with_percent;
mod path_out_of_volume;
mod repository_missing;
mod secret_in_airflow_cfg;
mod storage_account_key;
mod storage_accounts_share_secret;
mod variable_as_option;
mod version_without_patch;
mod volume_in_two_places;
mod volume_nowhere;
mod volume_without_effect;

use super::Rule;
use crate::values::{Connection, Edition, Persistence, Values, Volume};
pub(super) use current::image_of_another_version::RULE as OF_ANOTHER_VERSION;

/// The rules about what has to be in the cluster besides the manifests: their way out is a command that renders.
pub(super) const OF_THE_CLUSTER: [&Rule; 2] = [&missing_secrets::RULE, &current::launcher_without_role::RULE];

/// The rules over the values of an edition, in the order in which they speak.
pub(super) fn rules(edition: Edition) -> Vec<&'static Rule> {
    match edition {
        Edition::V1_10 => [OF_BOTH, OF_1_10, OF_VOLUMES].concat(),
        Edition::Current => [OF_BOTH, OF_CURRENT, OF_VOLUMES, OF_CURRENT_LAST].concat(),
    }
}

/// The rules of both editions that speak first.
const OF_BOTH: &[&Rule] = &[
    &option_with_percent::RULE,
    &option_in_upper_case::RULE,
    &variable_as_option::RULE,
    &secret_in_airflow_cfg::RULE,
    &option_with_comment_line::RULE,
    &fernet_key_and_secret::RULE,
    &fernet_key_form::RULE,
    &label_of_gen::RULE,
    &extra_object_form::RULE,
];

/// The rules for Airflow 1.10 alone, or where their place is another than in the other edition.
const OF_1_10: &[&Rule] = &[
    &edition_1_10::connection_and_secret::RULE,
    &database_host::RULE,
    &database_login_line_break::RULE,
    &edition_1_10::database_without_host::RULE,
    &edition_1_10::password_without_user::RULE,
    &edition_1_10::git_without_effect::RULE,
    &edition_1_10::dags_from_two_places::RULE,
    &commit_beyond_depth::RULE,
    &repository_missing::RULE,
    &edition_1_10::credentials_and_ssh_key::RULE,
    &edition_1_10::ssh_without_key_secret::RULE,
    &edition_1_10::https_with_key_secret::RULE,
    &edition_1_10::token_in_config_map::RULE,
    &edition_1_10::variable_twice::RULE,
    &edition_1_10::secret_in_lower_case::RULE,
    &edition_1_10::secret_and_variable::RULE,
    &edition_1_10::variable_of_gen::RULE,
    &edition_1_10::variable_name::RULE,
    &edition_1_10::variable_out_of_reach::RULE,
    &edition_1_10::variable_of_several_lines::RULE,
    &edition_1_10::executor_of_others::RULE,
    &edition_1_10::image_without_repository::RULE,
    &version_without_patch::RULE,
    &logs_kept_nowhere::RULE,
    &edition_1_10::placeholder_of_base64::RULE,
    &edition_1_10::placeholder_left::RULE,
    &edition_1_10::too_many_replicas::RULE,
    &missing_secrets::RULE,
];

/// The rules for Airflow 2.11 and 3 alone, or where their place is another than in the other edition.
const OF_CURRENT: &[&Rule] = &[
    &current::release_name_form::RULE,
    &current::jwt_key_said_twice::RULE,
    &current::otel_beside_statsd::RULE,
    &current::option_unknown::RULE,
    &current::option_gone::RULE,
    &current::option_of_later_version::RULE,
    &current::option_of_former_name::RULE,
    &current::option_in_the_open::RULE,
    &current::variable_of_no_option::RULE,
    &current::variable_beside_built_in::RULE,
    &current::port_of_two_numbers::RULE,
    &current::port_unseen::RULE,
    &current::base_url_form::RULE,
    &current::certificate_without_key::RULE,
    &current::ingress_path::RULE,
    &current::execution_server_address::RULE,
    &current::two_ways_in::RULE,
    &current::route_without_gateway::RULE,
    &current::way_to_nothing::RULE,
    &current::database_idle::RULE,
    &current::database_image::RULE,
    &current::database_user::RULE,
    &current::database_user_beside::RULE,
    &current::database_password::RULE,
    &current::broker_idle::RULE,
    &current::broker_missing::RULE,
    &current::database_missing::RULE,
    &current::image_of_another_version::RULE,
    &version_without_patch::RULE,
    &logs_kept_nowhere::RULE,
    &missing_secrets::RULE,
    &current::git_logins::RULE,
    &current::github_app_without_name::RULE,
    &current::github_app_with_two_names::RULE,
    &current::github_app_with_two_keys::RULE,
    &current::github_app_of_later_version::RULE,
    &repository_missing::RULE,
    &current::repository_of_the_chart::RULE,
    &current::ssh_without_key::RULE,
    &current::https_with_key::RULE,
    &current::ssh_with_password::RULE,
    &current::token_in_address::RULE,
    &current::ref_without_effect::RULE,
    &current::branch_and_ref::RULE,
    &current::commit_abbreviated::RULE,
    &commit_beyond_depth::RULE,
    &current::git_period_too_short::RULE,
    &current::git_probe_of_older_version::RULE,
    &current::git_sync_variable::RULE,
    &current::bundles_of_one_name::RULE,
    &current::bundle_without_name::RULE,
    &current::bundle_of_a_team::RULE,
    &current::folder_that_no_bundle_reads::RULE,
    &current::processor_set::RULE,
    &current::password_secret_and_whole::RULE,
    &current::password_secret_and_password::RULE,
    &current::password_secret_without_host::RULE,
    &database_host::RULE,
    &database_login_line_break::RULE,
    &current::proxy_without_instance::RULE,
    &current::keda_through_proxy::RULE,
    &current::proxy_and_host::RULE,
    &current::keda_without_connection::RULE,
    &current::authority_missing::RULE,
    &current::authority_not_mounted::RULE,
    &current::keda_user_with_colon::RULE,
    &current::keda_without_number::RULE,
    &current::pool_of_mysql::RULE,
    &current::pool_user_of_several_lines::RULE,
    &current::pool_without_logins::RULE,
    &current::pool_without_tls::RULE,
    &current::pool_user_with_two_passwords::RULE,
    &current::pool_without_authorities::RULE,
    &current::pool_file_not_mounted::RULE,
    &current::executor_misspelt::RULE,
    &current::executor_unknown::RULE,
    &current::workers_missing::RULE,
    &current::queue_that_no_worker_takes::RULE,
    &current::execution_server_missing::RULE,
    &current::scheduler_missing::RULE,
    &current::dag_processor_missing::RULE,
    &current::edge_without_api::RULE,
    &current::edge_without_secret::RULE,
    &current::launcher_without_role::RULE,
    &current::kerberos_container_alone::RULE,
    &current::keytab_form::RULE,
    &current::container_that_never_ends::RULE,
    &current::job_as_it_is::RULE,
    &current::handover_of_another_delivery::RULE,
    &current::handover_incomplete::RULE,
    &current::handover_path::RULE,
    &current::handover_destination::RULE,
    &current::hook_of_another_delivery::RULE,
    &current::mappings_without_effect::RULE,
    &current::log_store_login_in_half::RULE,
    &current::log_store_of_later_version::RULE,
    &current::log_store_secret_and_address::RULE,
    &current::log_store_without_address::RULE,
    &current::log_stores_two::RULE,
    &current::remote_logs_nowhere::RULE,
    &current::remote_logs_in_two_places::RULE,
    &current::remote_logs_said_twice::RULE,
    &current::remote_logs_without_store::RULE,
    &current::pods_that_nobody_makes::RULE,
    &current::autoscalers_of_one::RULE,
    &current::replicas_beside_autoscaler::RULE,
    &current::batch_size_of_later_version::RULE,
    &current::scrape_timeout_above_interval::RULE,
    &current::triggerer_set::RULE,
    &current::sets_of_nothing::RULE,
    &current::queue_that_no_triggerer_takes::RULE,
    &current::executor_of_airflow::RULE,
    &current::import_without_value::RULE,
    &current::import_name::RULE,
    &current::import_extra::RULE,
    &current::user_without_effect::RULE,
    &current::owner_without_root::RULE,
    &current::any_user_and_cluster::RULE,
    &current::user_beside_cluster::RULE,
    &current::external_key_and_value::RULE,
    &current::external_key_unknown::RULE,
    &current::external_key_unread::RULE,
];

/// The rules of both editions about volumes.
const OF_VOLUMES: &[&Rule] = &[
    &claim_and_volume::RULE,
    &volume_without_effect::RULE,
    &path_out_of_volume::RULE,
    &storage_account_key::RULE,
    &volume_nowhere::RULE,
    &volume_in_two_places::RULE,
    &access_point_without_encryption::RULE,
    &logs_read_only::RULE,
    &storage_accounts_share_secret::RULE,
];

/// The rules for Airflow 2.11 and 3 that speak last.
const OF_CURRENT_LAST: &[&Rule] = &[
    &current::yaml_in_text::RULE,
    &current::respelt_in_text::RULE,
    &current::key_of_another_major::RULE,
    &current::key_of_another_executor::RULE,
    &current::executor_of_airflow_2::RULE,
    &current::executors_in_one::RULE,
    &current::door_closed::RULE,
    &current::ports_without_peers::RULE,
    &current::password_of_the_chart::RULE,
];

/// The connections to databases, by their keys.
fn connections(values: &Values) -> impl Iterator<Item = (&'static str, &Connection)> {
    let data = &values.data;
    let result_backend = data.result_backend_connection.as_ref().map(|connection| ("data.resultBackendConnection", connection));
    [("data.metadataConnection", &data.metadata_connection)].into_iter().chain(result_backend)
}

/// What is stored of DAGs and of logs, by the sections that say it.
fn persistence(values: &Values) -> [(&'static str, &Persistence); 2] {
    [("dags", &values.dags.persistence), ("logs", &values.logs.persistence)]
}

/// The storage systems that a volume is on, by their keys.
fn sources(volume: &Volume) -> Vec<&'static str> {
    let Volume { azure_file, efs, filestore, nfs, csi, reclaim_policy: _, mount_options: _ } = volume;
    let all = [
        ("azureFile", azure_file.is_some()),
        ("efs", efs.is_some()),
        ("filestore", filestore.is_some()),
        ("nfs", nfs.is_some()),
        ("csi", csi.is_some()),
    ];
    all.into_iter().filter(|(_, given)| *given).map(|(name, _)| name).collect()
}

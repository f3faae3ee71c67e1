//! The rules over values for Airflow 2.11 and 3 alone.

pub(super) mod any_user_and_cluster;
pub(super) mod authority_missing;
pub(super) mod authority_not_mounted;
pub(super) mod autoscalers_of_one;
pub(super) mod base_url_form;
pub(super) mod batch_size_of_later_version;
pub(super) mod branch_and_ref;
pub(super) mod broker_idle;
pub(super) mod broker_missing;
pub(super) mod bundle_of_a_team;
pub(super) mod bundle_without_name;
pub(super) mod bundles_of_one_name;
mod by_password;
pub(super) mod certificate_without_key;
pub(super) mod commit_abbreviated;
pub(super) mod container_that_never_ends;
pub(super) mod dag_processor_missing;
pub(super) mod database_idle;
pub(super) mod database_image;
pub(super) mod database_missing;
pub(super) mod database_password;
pub(super) mod database_user;
pub(super) mod database_user_beside;
pub(super) mod door_closed;
pub(super) mod edge_without_api;
pub(super) mod edge_without_secret;
pub(super) mod execution_server_address;
pub(super) mod execution_server_missing;
pub(super) mod executor_misspelt;
pub(super) mod executor_of_airflow;
pub(super) mod executor_of_airflow_2;
pub(super) mod executor_unknown;
pub(super) mod executors_in_one;
pub(super) mod external_key_and_value;
pub(super) mod external_key_unknown;
pub(super) mod external_key_unread;
pub(super) mod folder_that_no_bundle_reads;
mod git_login;
pub(super) mod git_logins;
pub(super) mod git_period_too_short;
pub(super) mod git_probe_of_older_version;
pub(super) mod git_sync_variable;
pub(super) mod github_app_of_later_version;
pub(super) mod github_app_with_two_keys;
pub(super) mod github_app_with_two_names;
pub(super) mod github_app_without_name;
pub(super) mod handover_destination;
pub(super) mod handover_incomplete;
pub(super) mod handover_of_another_delivery;
pub(super) mod handover_path;
pub(super) mod hook_of_another_delivery;
pub(super) mod https_with_key;
pub(super) mod image_of_another_version;
pub(super) mod import_extra;
pub(super) mod import_name;
pub(super) mod import_without_value;
pub(super) mod ingress_path;
pub(super) mod job_as_it_is;
pub(super) mod jwt_key_said_twice;
pub(super) mod keda_through_proxy;
pub(super) mod keda_user_with_colon;
pub(super) mod keda_without_connection;
pub(super) mod keda_without_number;
pub(super) mod kerberos_container_alone;
pub(super) mod key_of_another_executor;
pub(super) mod key_of_another_major;
pub(super) mod keytab_form;
pub(super) mod launcher_without_role;
pub(super) mod log_store_login_in_half;
pub(super) mod log_store_of_later_version;
pub(super) mod log_store_secret_and_address;
pub(super) mod log_store_without_address;
pub(super) mod log_stores_two;
pub(super) mod mappings_without_effect;
pub(super) mod option_gone;
pub(super) mod option_in_the_open;
pub(super) mod option_of_former_name;
pub(super) mod option_of_later_version;
mod option_standing;
pub(super) mod option_unknown;
pub(super) mod otel_beside_statsd;
pub(super) mod owner_without_root;
pub(super) mod password_of_the_chart;
pub(super) mod password_secret_and_password;
pub(super) mod password_secret_and_whole;
pub(super) mod password_secret_without_host;
pub(super) mod pods_that_nobody_makes;
pub(super) mod pool_file_not_mounted;
pub(super) mod pool_of_mysql;
pub(super) mod pool_user_of_several_lines;
pub(super) mod pool_user_with_two_passwords;
pub(super) mod pool_without_authorities;
pub(super) mod pool_without_logins;
pub(super) mod pool_without_tls;
pub(super) mod port_of_two_numbers;
pub(super) mod port_unseen;
pub(super) mod ports_without_peers;
pub(super) mod processor_set;
pub(super) mod proxy_and_host;
pub(super) mod proxy_without_instance;
pub(super) mod queue_that_no_triggerer_takes;
pub(super) mod queue_that_no_worker_takes;
pub(super) mod ref_without_effect;
pub(super) mod release_name_form;
pub(super) mod remote_logs_in_two_places;
pub(super) mod remote_logs_nowhere;
pub(super) mod remote_logs_said_twice;
pub(super) mod remote_logs_without_store;
pub(super) mod replicas_beside_autoscaler;
pub(super) mod repository_of_the_chart;
pub(super) mod respelt_in_text;
pub(super) mod route_without_gateway;
pub(super) mod scheduler_missing;
pub(super) mod scrape_timeout_above_interval;
pub(super) mod sets_of_nothing;
pub(super) mod ssh_with_password;
pub(super) mod ssh_without_key;
pub(super) mod token_in_address;
pub(super) mod triggerer_set;
pub(super) mod two_ways_in;
pub(super) mod user_beside_cluster;
pub(super) mod user_without_effect;
pub(super) mod variable_beside_built_in;
pub(super) mod variable_of_no_option;
pub(super) mod way_to_nothing;
pub(super) mod workers_missing;
pub(super) mod yaml_in_text;

use crate::schema::{Path, Step};
use crate::values::Values;

/// What keeps a component from running, if anything does: the key below its own, and a word about it.
fn why_idle(enabled: bool, replicas: Option<u32>) -> Option<(&'static str, &'static str)> {
    match (enabled, replicas) {
        (false, _) => Some(("enabled", "switched off")),
        (true, Some(0)) => Some(("replicas", "no replicas")),
        _ => None,
    }
}

/// The keys of the values that a store is asked for, and the places that ask for them.
fn asked_keys(values: &Values) -> impl Iterator<Item = (&String, Path)> {
    let keys = values.secrets.external_secrets.as_ref().into_iter().flat_map(|store| store.keys.keys());
    keys.map(|key| {
        let steps = ["secrets", "externalSecrets", "keys", key].map(|key| Step::Key(key.to_owned()));
        (key, Path(steps.to_vec()))
    })
}

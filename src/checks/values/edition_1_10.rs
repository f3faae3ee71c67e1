//! The rules over values for Airflow 1.10 alone.

pub(super) mod connection_and_secret;
pub(super) mod credentials_and_ssh_key;
pub(super) mod dags_from_two_places;
pub(super) mod database_without_host;
pub(super) mod executor_of_others;
pub(super) mod git_without_effect;
pub(super) mod https_with_key_secret;
pub(super) mod image_without_repository;
pub(super) mod password_without_user;
pub(super) mod placeholder_left;
pub(super) mod placeholder_of_base64;
pub(super) mod secret_and_variable;
pub(super) mod secret_in_lower_case;
pub(super) mod ssh_without_key_secret;
pub(super) mod token_in_config_map;
pub(super) mod too_many_replicas;
pub(super) mod variable_name;
pub(super) mod variable_of_gen;
pub(super) mod variable_of_several_lines;
pub(super) mod variable_out_of_reach;
pub(super) mod variable_twice;

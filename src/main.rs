//! The binary `gen`: see the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    airflow_gen::cli::run()
}

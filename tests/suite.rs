//! The tests, a module for each thing that they ask about; `cases.rs` has those that are made from files and keys.

mod bounds;
mod checks;
mod cli;
mod delivery;
mod directory;
mod foreign_kinds;
mod graph;
mod house;
mod import_job;
mod imports;
mod kubernetes_rules;
mod kubernetes_schema;
mod manual;
mod messages;
mod migrate;
mod noise;
mod patches;
mod quoting;
mod readme;
mod reference;
mod rules;
mod secrets;
mod statsd;
mod support;
mod told;
mod workloads;

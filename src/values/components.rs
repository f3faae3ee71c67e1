//! The components, which run in pods of their own: one file each.

mod api_server;
mod cleanup;
mod dag_processor;
mod edge_workers;
mod flower;
mod import_job;
mod jobs;
mod otel_collector;
mod pgbouncer;
mod postgresql;
mod redis;
mod scheduler;
mod statsd;
mod triggerer;
mod webserver;
mod workers;

pub use api_server::ApiServer;
pub use cleanup::*;
pub use dag_processor::*;
pub use edge_workers::*;
pub use flower::Flower;
pub use import_job::*;
pub use jobs::*;
pub use otel_collector::*;
pub use pgbouncer::*;
pub use postgresql::*;
pub use redis::*;
pub use scheduler::Scheduler;
pub use statsd::*;
pub use triggerer::*;
pub use webserver::Webserver;
pub use workers::*;

//! Types that several components and sections share.

mod account;
mod autoscaling;
mod background;
mod claim;
mod http_route;
mod persistence;
mod probes;
mod security;
mod server;
mod service;
mod service_monitor;
mod sidecars;
mod volume;
mod workload;

pub use account::{ServiceAccount, TokenVolume};
pub use autoscaling::*;
pub use background::Background;
pub use claim::{OwnVolume, WriteMode};
pub use http_route::{HttpRoute, ParentReference, PathMatchType};
pub use persistence::{AccessMode, Persistence};
pub use probes::*;
pub use security::*;
pub use server::Server;
pub use service::*;
pub use service_monitor::{Monitored, ServiceMonitor};
pub use sidecars::*;
pub use volume::*;
pub use workload::{Placement, Scheduling, Workload};

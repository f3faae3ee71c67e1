//! Who talks to whom: what components serve over the network, what they connect to, and whom the user lets in besides.

use super::{NetworkPolicyPeer, NetworkPolicyPort, ServiceType};

/// What connections are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// People and programs use Airflow; nothing of the release does.
    UserInterface,
    /// Tasks that run say how they are, since Airflow 3 (Airflow: `[core] execution_api_server_url`).
    ExecutionApi,
    /// The logs of tasks are read where they were written.
    TaskLogs,
    /// The logs of triggers are read where they were written.
    TriggerLogs,
    /// The metadata database is read and written, which is the place of Celery's results too.
    Database,
    /// The database behind the pool of connections through which Airflow reads and writes it.
    PooledDatabase,
    /// Celery's tasks are sent and taken.
    Broker,
    /// Metrics are sent and read.
    Metrics,
}

/// What a component serves.
#[derive(Clone, Debug)]
pub struct Endpoint {
    /// What it is for: whoever talks to that may connect.
    pub purpose: Purpose,
    /// The ports that it listens on.
    pub ports: Vec<Port>,
}

impl Endpoint {
    /// What is served at one TCP port.
    #[must_use]
    pub fn tcp(purpose: Purpose, port: u16) -> Self {
        Self { purpose, ports: vec![Port::Tcp(port)] }
    }
}

/// A port that a component listens on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Port {
    /// A TCP port.
    Tcp(u16),
    /// A UDP port.
    Udp(u16),
}

/// The door of a component for those who are not of the release.
#[derive(Clone, Copy, Debug)]
pub struct Door<'v> {
    /// The key of its component that says who may come in.
    pub key: &'static str,
    /// Who may come in.
    pub peers: &'v [NetworkPolicyPeer],
    /// To which ports; without any, to all that the component listens on.
    pub ports: &'v [NetworkPolicyPort],
    /// The type of the component's Service.
    pub service: ServiceType,
}

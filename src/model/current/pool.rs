//! PgBouncer as those see it who connect to the databases through it.

use super::names::Names;
use crate::values::{Connection, Delivery, Keda, Values};

/// A database behind the pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behind {
    /// The metadata database.
    Metadata,
    /// The database of Celery's results.
    Results,
}

impl Behind {
    /// The name that the pool has for it.
    pub fn name(self, names: &Names) -> String {
        let database = if self == Self::Metadata { "metadata" } else { "result-backend" };
        format!("{}-{database}", names.release)
    }
}

/// Whether Airflow goes through a pool.
pub fn exists(values: &Values) -> bool {
    values.pgbouncer.enabled
}

/// The host of a database and the connection to it, as Airflow's pods make it: through the pool, if there is one.
pub fn in_front_of(values: &Values, names: &Names, which: Behind, host: String, keys: Connection) -> (String, Connection) {
    if !exists(values) {
        return (host, keys);
    }
    let name = names.of_component(&values.pgbouncer);
    // In the chart's URI of Celery's results the host has no namespace.
    let is_short = which == Behind::Results && values.delivery == Delivery::Helm;
    let host = if is_short { name } else { format!("{name}.{}", names.namespace) };
    (host, Connection { port: Some(values.ports.pgbouncer), db: which.name(names).as_str().into(), ..keys })
}

/// Whether an autoscaler asks the database itself, past the pool that Airflow goes through.
pub fn is_passed(values: &Values, keda: &Keda) -> bool {
    exists(values) && keda.use_pgbouncer == Some(false)
}

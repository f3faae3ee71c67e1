//! The options of Airflow that facts depend on.

use crate::schema::Airflow;

/// An option of Airflow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AirflowOption {
    /// Its section.
    pub section: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Whether it is a secret: then Airflow asks for `..._CMD` and `..._SECRET` too.
    pub(super) is_secret: bool,
}

impl AirflowOption {
    /// Whether a process of its own reads the DAGs, and not the scheduler (Airflow 2).
    pub const STANDALONE_DAG_PROCESSOR: Self = Self::of("scheduler", "standalone_dag_processor");

    /// An option that is no secret.
    #[must_use]
    pub const fn of(section: &'static str, name: &'static str) -> Self {
        Self { section, name, is_secret: false }
    }

    /// An option that is a secret.
    #[must_use]
    pub const fn secret(section: &'static str, name: &'static str) -> Self {
        Self { section, name, is_secret: true }
    }

    /// How many rows of the database a pod takes, by which KEDA's queries divide.
    pub const ROWS_OF_A_POD: [Self; 3] =
        [Self::of("celery", "worker_concurrency"), Self::of("triggerer", "capacity"), Self::of("triggerer", "default_capacity")];

    /// The key of the values that sets it in airflow.cfg.
    #[must_use]
    pub fn key(self) -> String {
        format!("config.{}.{}", self.section, self.name)
    }

    /// The names that a version of Airflow reads it by, the one that counts first.
    pub(super) fn names(self, airflow: Airflow) -> impl Iterator<Item = (&'static str, &'static str)> {
        std::iter::once((self.section, self.name)).chain(airflow.former(self.section, self.name))
    }
}

//! The options of Airflow that facts depend on, and the names that they had.

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

/// Sections and names that options had, and that Airflow reads still, by its major version: `(major, new, old)`. Those of
/// options that [`Options::heard`](super::Options::heard) is asked for; a name of `*` stands for each of the section.
pub(super) const FORMER: [(u32, [&str; 2], [&str; 2]); 14] = [
    (2, ["logging", "remote_logging"], ["core", "remote_logging"]),
    (2, ["logging", "worker_log_server_port"], ["celery", "worker_log_server_port"]),
    (2, ["metrics", "statsd_on"], ["scheduler", "statsd_on"]),
    (2, ["metrics", "statsd_host"], ["scheduler", "statsd_host"]),
    (2, ["metrics", "statsd_port"], ["scheduler", "statsd_port"]),
    (2, ["operators", "default_queue"], ["celery", "default_queue"]),
    (2, ["kubernetes_executor", "*"], ["kubernetes", "*"]),
    (3, ["api", "base_url"], ["webserver", "base_url"]),
    (3, ["api", "host"], ["webserver", "web_server_host"]),
    (3, ["api", "port"], ["webserver", "web_server_port"]),
    (3, ["api", "ssl_cert"], ["webserver", "web_server_ssl_cert"]),
    (3, ["api", "ssl_key"], ["webserver", "web_server_ssl_key"]),
    (3, ["core", "execution_api_server_url"], ["workers", "execution_api_server_url"]),
    (3, ["triggerer", "capacity"], ["triggerer", "default_capacity"]),
];

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
    pub(super) fn names(self, major: u32) -> impl Iterator<Item = (&'static str, &'static str)> {
        let former = FORMER.iter().filter(move |(of, [section, name], _)| {
            *of == major.clamp(2, 3) && *section == self.section && [self.name, "*"].contains(name)
        });
        let former = former.map(move |(_, _, [section, name])| (*section, if *name == "*" { self.name } else { *name }));
        std::iter::once((self.section, self.name)).chain(former)
    }
}

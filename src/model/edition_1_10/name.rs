//! Names: one function makes every one.

use crate::values::Values;

/// Makes the names of all objects.
#[derive(Clone, Debug)]
pub struct Names {
    prefix: Option<String>,
}

impl Names {
    /// The names for these values.
    #[must_use]
    pub fn for_values(values: &Values) -> Self {
        Self { prefix: values.fullname_override.as_deref().map(str::to_owned) }
    }

    /// The config map with airflow.cfg.
    #[must_use]
    pub fn config(&self) -> String {
        self.of("airflow-config")
    }

    /// The name of what `base` says, with the prefix that the values ask for.
    #[must_use]
    pub fn of(&self, base: &str) -> String {
        self.prefix.as_ref().map_or_else(|| base.to_owned(), |prefix| format!("{prefix}-{base}"))
    }
}

/// The namespace of every object that has one.
#[must_use]
pub fn namespace(values: &Values) -> &str {
    values.namespace.as_deref().unwrap_or("default")
}

/// The name of the release.
#[must_use]
pub fn release(values: &Values) -> &str {
    values.release_name.as_deref().unwrap_or("airflow")
}

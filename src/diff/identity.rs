//! What tells objects apart.

use std::fmt;

use crate::kubernetes::Manifest;
use crate::schema::Kind;

/// What tells an object apart from all others: two objects with the same are states of one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Identity {
    /// `kind`.
    pub kind: String,
    /// `metadata.namespace`; empty for the namespace of most objects, and where there is none.
    pub namespace: String,
    /// `metadata.name`.
    pub name: String,
    /// The group of `apiVersion`; its version may change, and the object is the same. Empty for Kubernetes' first group.
    pub group: String,
}

impl Identity {
    /// That of an object; `release` is the namespace of most, which an object may name or not.
    pub(super) fn of(manifest: &Manifest, release: &str) -> Self {
        let namespace = Some(manifest.namespace()).filter(|namespace| *namespace != release).unwrap_or_default();
        let group = manifest.api_version().rsplit_once('/').map_or("", |(group, _)| group);
        Self {
            kind: manifest.kind().to_owned(),
            namespace: namespace.to_owned(),
            name: manifest.name().to_owned(),
            group: group.to_owned(),
        }
    }

    /// The namespace that it is in; none if it is in none, or nobody says in which.
    #[must_use]
    pub fn within<'i>(&'i self, release: &'i str) -> Option<&'i str> {
        let namespace = if self.namespace.is_empty() { release } else { self.namespace.as_str() };
        Some(namespace).filter(|namespace| !namespace.is_empty() && !Kind::is_of_cluster(&self.kind))
    }

    /// The object as arguments of `kubectl delete`: `deployment.apps/NAME -n NAMESPACE`.
    #[must_use]
    pub fn argument(&self, release: &str) -> String {
        let namespace = self.within(release).map_or_else(String::new, |namespace| format!(" -n {namespace}"));
        format!("{}{namespace}", self.resource())
    }

    /// The object as `kubectl -o name` prints it: `deployment.apps/NAME`.
    #[must_use]
    pub fn resource(&self) -> String {
        let dot = if self.group.is_empty() { "" } else { "." };
        format!("{}{dot}{}/{}", self.kind.to_lowercase(), self.group, self.name)
    }

    /// Whether it is of a kind of a group.
    pub(super) fn is(&self, group: &str, kind: &str) -> bool {
        self.group == group && self.kind == kind
    }
}

impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.namespace.as_str() {
            "" => write!(f, "{} {}", self.kind, self.name),
            namespace => write!(f, "{} {namespace}/{}", self.kind, self.name),
        }
    }
}

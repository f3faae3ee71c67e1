//! What tells objects of a list from each other.

use std::fmt;

use crate::yaml::Node;

/// What tells an object from others: not the version of its API.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    group: String,
    kind: String,
    namespace: String,
    name: String,
}

impl Identity {
    /// That of an object.
    pub fn of(object: &Node) -> Self {
        let text = |path: &[&str]| object.text(path).unwrap_or_default().to_owned();
        let api_version = text(&["apiVersion"]);
        let group = api_version.rsplit_once('/').map(|(group, _)| group.to_owned()).unwrap_or_default();
        Self { group, kind: text(&["kind"]), namespace: text(&["metadata", "namespace"]), name: text(&["metadata", "name"]) }
    }

    /// From its notation.
    pub fn read(text: &str) -> Option<Self> {
        let (kind, name) = text.split_once(' ')?;
        let (kind, group) = kind.split_once('.').unwrap_or((kind, ""));
        let (namespace, name) = name.split_once('/').unwrap_or(("", name));
        let owned = str::to_owned;
        Some(Self { group: owned(group), kind: owned(kind), namespace: owned(namespace), name: owned(name) })
    }
}

/// As in `Deployment.apps data/airflow-scheduler`.
impl fmt::Display for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { group, kind, namespace, name } = self;
        let (dot, gap) = (if group.is_empty() { "" } else { "." }, if namespace.is_empty() { "" } else { "/" });
        write!(f, "{kind}{dot}{group} {namespace}{gap}{name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    #[test]
    fn it_is_read_as_it_is_written() {
        for (object, written) in [
            ("{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, namespace: data}}", "Deployment.apps data/a"),
            ("{apiVersion: v1, kind: Service, metadata: {name: a}}", "Service a"),
            ("{apiVersion: keda.sh/v1alpha1, kind: ScaledObject, metadata: {name: a}}", "ScaledObject.keda.sh a"),
        ] {
            let identity = Identity::of(&yaml::read(object, 0).unwrap()[0]);
            assert_eq!(identity.to_string(), written);
            assert_eq!(Identity::read(written), Some(identity));
        }
    }
}

//! Versions of Kubernetes.

use std::fmt;
use std::str::FromStr;

/// A version of Kubernetes: `1.30`, `v1.30.13`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KubernetesVersion {
    major: u32,
    minor: u32,
}

impl KubernetesVersion {
    /// The newest that the API of Kubernetes is known of.
    pub const NEWEST: Self = Self { major: 1, minor: 37 };

    /// Whether it is older than a minor version of Kubernetes 1.
    pub(in crate::checks) fn is_before(self, minor: u32) -> bool {
        self < Self { major: 1, minor }
    }

    /// That it does not have what came with a later minor version of Kubernetes 1.
    pub(super) fn lacks(self, what: impl fmt::Display, since: u32) -> String {
        format!("{what} came with Kubernetes 1.{since}, and the cluster has {self}")
    }
}

impl FromStr for KubernetesVersion {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut numbers = text.strip_prefix('v').unwrap_or(text).split(['.', '-', '+']);
        let mut next = || numbers.next().and_then(|number| number.parse().ok());
        match (next(), next()) {
            (Some(major), Some(minor)) => Ok(Self { major, minor }),
            _ => Err("a version of Kubernetes is needed, such as `1.30`"),
        }
    }
}

impl fmt::Display for KubernetesVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

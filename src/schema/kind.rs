//! The kinds of objects that are known, Kubernetes' own and others'.

use super::{Schema, kubernetes, nearest};

/// A kind that is known.
#[derive(Debug)]
pub struct Kind {
    /// `apiVersion`.
    pub api_version: &'static str,
    /// `kind`.
    pub name: &'static str,
    /// What its objects have to look like; none where they are taken as they are.
    pub schema: Option<Schema<'static>>,
    /// Whether its objects are in no namespace.
    pub of_cluster: bool,
    /// Who makes it, and in which version; none for Kubernetes' own.
    pub origin: Option<&'static str>,
}

/// Why a kind is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stranger {
    /// Nothing is known of its group, or of that version of a group that is not Kubernetes' own.
    Unheard,
    /// Its API has no such kind.
    Missing {
        /// The kind of that API which was probably meant.
        nearest: Option<&'static str>,
        /// The `apiVersion` that has the kind.
        elsewhere: Option<&'static str>,
    },
}

impl Kind {
    /// The kind of that name.
    ///
    /// # Errors
    ///
    /// Why it is not known.
    pub fn find(api_version: &str, name: &str) -> Result<&'static Self, Stranger> {
        let of_api = || kubernetes::KINDS.iter().filter(|kind| kind.api_version == api_version);
        if let Some(kind) = of_api().find(|kind| kind.name == name) {
            return Ok(kind);
        }
        let group = group(api_version);
        let of_group: Vec<&Self> = kubernetes::KINDS.iter().filter(|kind| self::group(kind.api_version) == group).collect();
        // Kubernetes' own groups are known whole, what is not stable aside; the name of no other one is a single word.
        let is_own = of_group.iter().any(|kind| kind.origin.is_none()) || !group.contains('.');
        let nearest = nearest(name, of_api().map(|kind| kind.name));
        let elsewhere = kubernetes::KINDS.iter().filter(|kind| kind.origin.is_none() && kind.name == name && is_stable(kind.api_version));
        let elsewhere = elsewhere.map(|kind| kind.api_version).max_by_key(|version| (self::group(version) == group, *version));
        let is_new = !of_group.is_empty() && !is_stable(api_version) && elsewhere.is_none() && !GONE.contains(&name);
        match (is_own && !is_new, nearest) {
            (true, _) => Err(Stranger::Missing { nearest, elsewhere }),
            // Another version of its makers may have kinds that are not known here.
            (false, Some(_)) => Err(Stranger::Missing { nearest, elsewhere: None }),
            (false, None) => Err(Stranger::Unheard),
        }
    }

    /// Whether objects of a kind are in no namespace: as it is known, and of others by the name that such kinds have.
    #[must_use]
    pub fn is_of_cluster(name: &str) -> bool {
        let known = kubernetes::KINDS.iter().find(|kind| kind.name == name);
        // A database, and what the Operator Lifecycle Manager has of a version.
        let is_other = ["Cluster", "ClusterServiceVersion"].contains(&name);
        known.map_or_else(|| name.starts_with("Cluster") && !is_other, |kind| kind.of_cluster)
    }

    /// Whether a text can be the name of a kind (Kubernetes: `IsDNS1035Label` of it in lower case).
    #[must_use]
    pub fn is_name(text: &str) -> bool {
        text.starts_with(|c: char| c.is_ascii_alphabetic()) && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    }

    /// Whether a text can be an `apiVersion`: a version, after a group and a slash unless the group is Kubernetes' first.
    #[must_use]
    pub fn is_api_version(text: &str) -> bool {
        let (group, version) = text.rsplit_once('/').unwrap_or(("", text));
        let is_part = |part: &str, more: &str| part.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || more.contains(c));
        version.starts_with('v') && is_part(version, "") && is_part(group, ".-") && !text.starts_with('/')
    }
}

/// Kinds of Kubernetes that were never stable, and that no supported version has.
const GONE: [&str; 2] = ["PodSecurityPolicy", "PodPreset"];

/// Whether an `apiVersion` is one of a stable API. Kubernetes' own groups are known whole as far as they are stable.
fn is_stable(api_version: &str) -> bool {
    !["alpha", "beta"].iter().any(|word| api_version.rsplit('/').next().is_some_and(|version| version.contains(word)))
}

/// The group of an `apiVersion`.
fn group(api_version: &str) -> &str {
    api_version.rsplit_once('/').map_or("", |(group, _)| group)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_known_is_a_slip_or_a_stranger() {
        let missing = |nearest, elsewhere| Some(Stranger::Missing { nearest, elsewhere });
        for (api_version, name, expected) in [
            ("apps/v1", "Deployment", None),
            ("v1", "Deployment", missing(None, Some("apps/v1"))),
            ("apps/v1", "Deploymnet", missing(Some("Deployment"), None)),
            ("policy/v1beta1", "PodDisruptionBudget", missing(None, Some("policy/v1"))),
            ("extensions/v1beta1", "Ingress", missing(None, Some("networking.k8s.io/v1"))),
            ("resource.k8s.io/v1alpha2", "ResourceClaim", missing(None, Some("resource.k8s.io/v1"))),
            ("policy/v1beta1", "PodSecurityPolicy", missing(None, None)),
            ("scheduling.k8s.io/v1beta7", "SomethingNew", Some(Stranger::Unheard)),
            ("monitoring.coreos.com/v1", "ServiceMonitor", None),
            ("monitoring.coreos.com/v1", "ServiceMonitr", missing(Some("ServiceMonitor"), None)),
            ("external-secrets.io/v1beta1", "ExternalSecret", Some(Stranger::Unheard)),
            ("cert-manager.io/v1", "Certificate", Some(Stranger::Unheard)),
        ] {
            assert_eq!(Kind::find(api_version, name).err(), expected, "{api_version} {name}");
        }
    }

    #[test]
    fn who_is_in_no_namespace_is_known_or_guessed_by_the_name() {
        for (name, expected) in [
            ("Namespace", true),
            ("Secret", false),
            ("ClusterSecretStore", true),
            ("ServiceMonitor", false),
            ("ClusterIssuer", true),
            ("Certificate", false),
        ] {
            assert_eq!(Kind::is_of_cluster(name), expected, "{name}");
        }
    }
}

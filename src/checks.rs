//! What must hold beyond types: rules over the values and over the manifests, each in a file of its own.
//!
//! `values.rs` and `manifests.rs` list them in the order in which they speak; the [`registry`] lists them by code. Rules
//! collect, they do not abort, and no rule over manifests names a component.

mod finding;
mod guarded;
mod manifests;
mod option;
mod page;
pub mod registry;
mod rule;
mod values;

use crate::error::code::Code;
use crate::error::{Diagnostic, Severity, code};
use crate::kubernetes::{Manifest, Set};
use crate::model::missing::Missing;
use crate::model::{External, Known};
use crate::values::Values;
use crate::yaml::{Node, Origin};
use finding::Findings;
use guarded::Guarded;
use manifests::Referrer;
use option::CfgOption;
use rule::Check;

pub use finding::Finding;
pub use guarded::Profile;
pub use manifests::{KubernetesVersion, external_of_values};
pub use page::page;
pub(crate) use page::{about, how_much};
pub use rule::{Example, Level, Of, Rule};

/// What rules over values look at.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'v> {
    /// The values.
    pub values: &'v Values,
    /// The user's own part of the values, without defaults.
    pub given: &'v Node,
    /// What follows from them.
    pub known: &'v Known,
}

/// What is known of the cluster that manifests are for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Cluster {
    /// Its version of Kubernetes.
    pub version: Option<KubernetesVersion>,
    /// The profile of the Pod Security Standards that pods have to keep to there.
    pub profile: Option<Profile>,
}

impl Cluster {
    /// A note about a version of Kubernetes that is newer than those that gen knows.
    #[must_use]
    pub(crate) fn newer_version(&self) -> Option<Diagnostic> {
        let newest = KubernetesVersion::NEWEST;
        let version = self.version.filter(|version| *version > newest)?;
        let note = Diagnostic::new(format!("gen knows Kubernetes up to {newest}, and not {version}")).coded(code::NEWER_KUBERNETES);
        let note = Diagnostic { severity: Severity::Note, ..note };
        Some(note.note(format!("the manifests are judged as for {newest}")).help("look at the version, or for a newer gen"))
    }

    /// The same, and what another one says where this says nothing.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self { version: self.version.or(other.version), profile: self.profile.or(other.profile) }
    }
}

/// What rules over manifests look at: manifests that belong together, and what they may refer to besides each other.
#[derive(Debug)]
pub struct Release<'m> {
    /// The manifests.
    pub set: Set<'m>,
    /// Objects that others provide.
    pub external: &'m [External],
    /// The Secrets that have to exist, for which the user gave neither a value nor a name.
    pub missing: &'m [Missing],
    /// What is known of the cluster.
    pub cluster: Cluster,
    /// Whether they are anyone's: what they refer to may be elsewhere, and of a kind that is not known nothing is said.
    pub open: bool,
}

impl Release<'_> {
    /// Whether two are in files of anyone's: both may be meant, each for a place of its own.
    fn are_apart(&self, one: &Manifest, other: &Manifest) -> bool {
        let file = |manifest: &Manifest| manifest.given.map(Origin::layer);
        self.open && file(one) != file(other)
    }
}

/// Whether a code is that of the rule about an image of another version than the manifests are for.
#[must_use]
pub(crate) fn is_of_another_version(code: Code) -> bool {
    code.code == values::OF_ANOTHER_VERSION.code
}

/// Whether a code is that of a rule about what has to be in the cluster besides the manifests, which is told with them alone.
#[must_use]
pub(crate) fn goes_with_manifests(code: Code) -> bool {
    values::OF_THE_CLUSTER.iter().any(|rule| rule.code == code.code)
}

/// Everything that the rules find in the values.
#[must_use]
pub fn of_values(subject: &Subject<'_>) -> Vec<Finding> {
    let rules = values::rules(subject.values.edition());
    let severity = |rule: &Rule| rule.level.severity(subject.values);
    let options: Vec<CfgOption<'_>> = CfgOption::all(subject.values, subject.known).collect();
    let mut findings = Findings::new(rules[0], Severity::Error);
    for family in rules.chunk_by(|one, next| one.family() == next.family()) {
        for option in &options {
            for rule in family {
                if let Check::Option(check) = rule.check {
                    check(option, findings.of(rule, severity(rule)));
                }
            }
        }
        for rule in family {
            if let Check::Values(check) = rule.check {
                check(subject, findings.of(rule, severity(rule)));
            }
        }
    }
    findings.list()
}

/// Everything that the rules find in the manifests.
#[must_use]
pub fn of_manifests(release: &Release<'_>) -> Vec<Finding> {
    let mut findings = Findings::new(manifests::ALL[0], Severity::Error);
    let task_pods: Vec<Manifest> = release.set.all().iter().filter_map(Manifest::as_task_pod).collect();
    let each = release.set.all().iter().chain(&task_pods);
    let referrers: Vec<Referrer<'_>> = each.map(|manifest| Referrer::of(manifest, release)).collect();
    for family in manifests::ALL.chunk_by(|one, next| one.family() == next.family()) {
        for (index, referrer) in referrers.iter().enumerate() {
            for rule in family {
                let found = findings.of(rule, rule.level.of_manifests());
                let manifest = referrer.manifest;
                match rule.check {
                    Check::Manifest(check) if index < release.set.all().len() => check(manifest, release, found),
                    Check::Pod(check) => check(manifest, release, found),
                    Check::References(check) => check(referrer, release, found),
                    Check::Guarded(profile, check) if release.cluster.profile >= Some(profile) => {
                        if let Some(pod) = Guarded::of(manifest, release) {
                            check(&pod, found);
                        }
                    }
                    _ => {}
                }
            }
        }
        for rule in family {
            let found = findings.of(rule, rule.level.of_manifests());
            match rule.check {
                Check::Manifests(check) => check(release, found),
                Check::Referrers(check) => check(&referrers, release, found),
                _ => {}
            }
        }
    }
    findings.list()
}

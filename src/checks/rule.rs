//! What a rule is.

use super::guarded::Guarded;
use super::manifests::Referrer;
use super::option::CfgOption;
use super::{Findings, Profile, Release, Subject};
use crate::error::{Code, Severity};
use crate::kubernetes::Manifest;
use crate::values::{Delivery, Edition, Values};

/// Something that must hold beyond types.
#[derive(Debug)]
pub struct Rule {
    /// Its code, which stays as it is, such as `V101`: the letter and the first digit are its family's.
    pub code: &'static str,
    /// Its name, such as `claim-and-volume`; its file has the same name.
    pub name: &'static str,
    /// How much it matters.
    pub level: Level,
    /// What it finds.
    pub what: &'static str,
    /// Why that is a fault, and what would happen.
    pub why: &'static str,
    /// An example of what it refuses, and of what to write instead.
    pub example: Example,
    /// How it is found.
    pub(super) check: Check,
}

/// How much a rule matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Nothing is rendered.
    Error,
    /// All is rendered; this deserves a look.
    Warning,
    /// All is rendered; this goes with it, and is no fault.
    Note,
    /// An error for Airflow 1.10; a warning for Airflow 2.11 and 3, whose chart takes it.
    ErrorIn1_10,
    /// An error; a warning with `delivery: helm`, which renders what Helm does.
    ErrorUnlessForHelm,
}

/// What a rule refuses, and what to write instead.
#[derive(Debug)]
pub struct Example {
    /// The kind of the two texts.
    pub of: Of,
    /// A text that the rule refuses.
    pub refused: &'static str,
    /// A text that the rule accepts.
    pub instead: &'static str,
}

/// What an example is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// Values.
    Values,
    /// Values, for a cluster of this version of Kubernetes.
    ValuesFor(&'static str),
    /// Manifests: no values lead to them.
    Manifests,
    /// Manifests of anyone, which `gen check` judges.
    Anyones,
}

/// How a fault is found. Rules of one family that look at the same kind of thing look at each thing together.
#[derive(Clone, Copy, Debug)]
pub(super) enum Check {
    /// In the values.
    Values(fn(&Subject<'_>, &mut Findings)),
    /// In one option of airflow.cfg.
    Option(fn(&CfgOption<'_>, &mut Findings)),
    /// In one manifest, among others.
    Manifest(fn(&Manifest, &Release<'_>, &mut Findings)),
    /// In one manifest, and in the template for pods of tasks as if it were one.
    Pod(fn(&Manifest, &Release<'_>, &mut Findings)),
    /// In what one manifest refers to, or the template for pods of tasks.
    References(fn(&Referrer<'_>, &Release<'_>, &mut Findings)),
    /// In what all of them refer to.
    Referrers(fn(&[Referrer<'_>], &Release<'_>, &mut Findings)),
    /// In all manifests.
    Manifests(fn(&Release<'_>, &mut Findings)),
    /// In one pod, that of a task too, if this profile of the Pod Security Standards is asked for, or a stricter one.
    Guarded(Profile, fn(&Guarded<'_>, &mut Findings)),
}

impl Rule {
    /// What messages about its findings are about.
    #[must_use]
    pub fn about(&self) -> Code {
        let Self { code, name, what, why, .. } = *self;
        Code { code, name, what, why }
    }

    /// The profile of the Pod Security Standards that it belongs to, without which it does not speak.
    #[must_use]
    pub fn profile(&self) -> Option<Profile> {
        if let Check::Guarded(profile, _) = self.check { Some(profile) } else { None }
    }

    /// The part of the code that the rules of one family share.
    #[must_use]
    pub fn family(&self) -> &'static str {
        &self.code[..2]
    }
}

impl Level {
    /// How much a finding in manifests matters, which are of no edition.
    #[must_use]
    pub fn of_manifests(self) -> Severity {
        match self {
            Self::Warning => Severity::Warning,
            Self::Note => Severity::Note,
            Self::Error | Self::ErrorIn1_10 | Self::ErrorUnlessForHelm => Severity::Error,
        }
    }

    /// How much a finding in these values matters.
    #[must_use]
    pub fn severity(self, values: &Values) -> Severity {
        let is_warning = match self {
            Self::Error => false,
            Self::Warning => true,
            Self::Note => return Severity::Note,
            Self::ErrorIn1_10 => values.edition() != Edition::V1_10,
            Self::ErrorUnlessForHelm => values.delivery == Delivery::Helm,
        };
        if is_warning { Severity::Warning } else { Severity::Error }
    }
}

//! The name of an object is not one that Kubernetes takes.

use crate::checks::Release;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};
use crate::kubernetes::Manifest;
use crate::schema::{Kind, is_priority_of_system};
use crate::values::{DnsLabel, ObjectName};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "M401",
    name: "name-form",
    level: Level::Error,
    what: "The name of an object is not one that Kubernetes takes.",
    why: "The API server refuses it.",
    example: Example {
        of: Of::Manifests,
        refused: "{apiVersion: v1, kind: Secret, metadata: {name: A_b}}",
        instead: "{apiVersion: v1, kind: Secret, metadata: {name: a-b}}",
    },
    check: Check::Manifest(check),
};

fn check(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let form = Form::of(manifest);
    let name = manifest.name();
    if form.kind == "PriorityClass" && name.starts_with(OF_SYSTEM) && !is_priority_of_system(name) {
        found.in_manifest(manifest, OF_SYSTEM_ITSELF).of_text(name, "name");
    }
    if form.kind == "StatefulSet" && name.contains('.') {
        found.in_manifest(manifest, "its name has a dot, which the name of a StatefulSet has not").of_text(name, "name");
    }
    if name.is_empty() {
        check_nameless(manifest, release, found);
    } else if name.len() > form.most {
        found.in_manifest(manifest, format_args!("its name is longer than {} characters", form.most)).of_text(name, "name");
    } else if !form.takes(name) {
        found.in_manifest(manifest, format_args!("its name is not {}", form.expected())).of_text(name, "name");
    }
    check_beginning(manifest, &form, found);
}

/// The beginning of a name that the API server makes, which it judges also where it makes none.
fn check_beginning(manifest: &Manifest, form: &Form<'_>, found: &mut Findings) {
    let Some(beginning) = manifest.object.text(&["metadata", "generateName"]).filter(|beginning| !beginning.is_empty()) else { return };
    // Kubernetes: `maskTrailingDash`.
    let without_dash = beginning.strip_suffix('-').map_or_else(|| beginning.to_owned(), |rest| format!("{rest}a"));
    let made = format!("{}{}", beginning.chars().take(LONGEST_BEGINNING).collect::<String>(), "a".repeat(RANDOM));
    let is_long = manifest.name().is_empty() && made.len() > form.most;
    if form.kind == "PriorityClass" && manifest.name().is_empty() && made.starts_with(OF_SYSTEM) {
        found.in_manifest(manifest, OF_SYSTEM_ITSELF).of_text(beginning, "generateName");
    }
    if is_long {
        let what = format_args!("its `generateName` makes a name longer than {} characters", form.most);
        found.in_manifest(manifest, what).of_text(beginning, "generateName");
    } else if !form.takes(&without_dash) || manifest.name().is_empty() && !form.takes(&made) {
        let what = format_args!("its `generateName` is not the beginning of {}", form.expected());
        found.in_manifest(manifest, what).of_text(beginning, "generateName");
    }
}

/// The beginning of the names of the system's own priority classes.
const OF_SYSTEM: &str = "system-";
const OF_SYSTEM_ITSELF: &str = "names that begin with `system-` are the system's own";

/// What the API server keeps of a beginning, and how many characters it adds (Kubernetes: `apiserver/pkg/storage/names`).
const LONGEST_BEGINNING: usize = 58;
const RANDOM: usize = 5;

/// The form of the names of a kind.
struct Form<'m> {
    /// The kind, if it is Kubernetes' own.
    kind: &'m str,
    /// Whether it is a segment of a path: a name of theirs is no DNS name (Kubernetes: `ValidateRoleName`, and a
    /// PodDisruptionBudget is named by nobody).
    is_segment: bool,
    /// The most characters.
    most: usize,
}

impl<'m> Form<'m> {
    fn of(manifest: &'m Manifest) -> Self {
        // Others may call theirs the same.
        let kind = if manifest.is_strange() { "" } else { manifest.kind() };
        let is_segment = manifest.api_version().starts_with("rbac.authorization.k8s.io/") || kind == "PodDisruptionBudget";
        let most = match kind {
            _ if is_segment => usize::MAX,
            // Of a Job it is the value of a label of its pods.
            "Service" | "Namespace" | "Job" => 63,
            // A Job that it makes has a longer one (Kubernetes: `ValidateCronJobCreate`), and a label of a StatefulSet's pods has a hash
            // of ten digits behind it, without which its controller can make none.
            "CronJob" | "StatefulSet" => 52,
            _ => 253,
        };
        Self { kind, is_segment, most }
    }

    fn is_label(&self) -> bool {
        matches!(self.kind, "Service" | "Namespace")
    }

    fn takes(&self, name: &str) -> bool {
        match () {
            () if self.is_segment => !["", ".", ".."].contains(&name) && !name.contains(['/', '%', '\n']),
            // A dot is told by itself.
            () if self.is_label() => DnsLabel::takes(name),
            () => ObjectName::takes(name),
        }
    }

    fn expected(&self) -> &'static str {
        if self.is_label() { "a DNS label" } else { "a DNS name" }
    }
}

/// An object without a name: the API server makes one of `generateName`, and one of its own for a LimitRange, a question to it
/// (`TokenReview`) needs none, and what is of an unknown kind may be no object of a cluster.
fn check_nameless(manifest: &Manifest, release: &Release<'_>, found: &mut Findings) {
    let is_known = Kind::find(manifest.api_version(), manifest.kind()).is_ok_and(|kind| kind.schema.is_some());
    let makes_one = manifest.object.text(&["metadata", "generateName"]).is_some_and(|prefix| !prefix.is_empty());
    // That all of `metadata` is missing is told by itself.
    let needs_none = manifest.kind().ends_with("Review") || manifest.kind() == "LimitRange";
    let is_due = !release.open || is_known && !needs_none && manifest.object.get("metadata").is_some();
    if is_due && !makes_one {
        found.in_manifest(manifest, "it has no name").within(manifest, &"metadata".into()).help("set `metadata.name`");
    }
}

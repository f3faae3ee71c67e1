//! What is left behind: an apply deletes nothing.

use super::finding::Finding;
use super::identity::Identity;
use super::listed;
use crate::error::code;
use crate::yaml::Node;

/// The kinds that run pods of their own accord. A Job ends.
pub const RUN: [&str; 7] = ["CronJob", "DaemonSet", "Deployment", "Pod", "ReplicaSet", "ReplicationController", "StatefulSet"];

/// The kinds whose pods have no end, of which two of one name may be beside each other.
const SETS: [&str; 3] = ["DaemonSet", "Deployment", "StatefulSet"];

/// What objects do that are left behind, by their kinds; what is not here does nothing by itself.
const DO: [(&str, &[&str]); 5] = [
    ("run on", &RUN),
    ("keep their rights", &["ClusterRoleBinding", "RoleBinding"]),
    ("still lead to pods", &["HTTPRoute", "Ingress", "Service"]),
    ("still scale", &["HorizontalPodAutoscaler", "ScaledJob", "ScaledObject"]),
    ("still hold for pods", &["LimitRange", "NetworkPolicy", "PodDisruptionBudget", "ResourceQuota"]),
];

/// How many objects a command names; of more, `gen` gives the objects.
const MOST_NAMED: usize = 6;

/// The command for more, with what is compared in the place of the dots.
const BY_PIPE: &str = "gen diff --removed ... | kubectl delete -f -";

/// The kinds that hold data, or all else: who deletes them says so.
pub const HOLD_DATA: [&str; 4] = ["CustomResourceDefinition", "Namespace", "PersistentVolume", "PersistentVolumeClaim"];

/// What of the objects that are gone from a set is left in the cluster. `new` are those that are in the set alone.
pub fn find(gone: &[(&Identity, &Node)], new: &[&Identity], release: &str) -> Vec<Finding> {
    let mut findings: Vec<Finding> = gone.iter().filter_map(|(one, _)| beside(one, new, release)).collect();
    let identities = |ending: bool| {
        let part = gone.iter().filter(move |(identity, object)| ends_by_itself(identity, object) == ending);
        part.map(|(identity, _)| *identity).collect::<Vec<&Identity>>()
    };
    let (ending, gone) = (identities(true), identities(false));
    if gone.is_empty() {
        return findings;
    }
    let objects: Vec<Identity> = gone.iter().map(|one| (*one).clone()).collect();
    let (number, stay) = if objects.len() == 1 { ("1 object".to_owned(), "stays") } else { (format!("{} objects", objects.len()), "stay") };
    let message = format!("{number} {stay} in the cluster: `kubectl apply` deletes nothing");
    let mut finding = Finding { code: code::LEFT_BEHIND, objects, message, notes: Vec::new(), commands: Vec::new() };
    for (what, kinds) in DO {
        let of_it: Vec<Identity> = finding.objects.iter().filter(|one| kinds.contains(&one.kind.as_str())).cloned().collect();
        if !of_it.is_empty() {
            finding = finding.note(format!("{what}: {}", listed(&of_it)));
        }
    }
    if !ending.is_empty() {
        let ending: Vec<Identity> = ending.into_iter().cloned().collect();
        finding = finding.note(format!("go by themselves, some time after they have ended: {}", listed(&ending)));
    }
    let data: Vec<Identity> = finding.objects.iter().filter(|one| holds_data(one)).cloned().collect();
    if !data.is_empty() {
        finding = finding.note(format!("with data, and therefore yours to delete: {}", listed(&data)));
    }
    let rest: Vec<&Identity> = gone.iter().copied().filter(|one| !holds_data(one)).collect();
    let commands = if rest.len() > MOST_NAMED { vec![BY_PIPE.to_owned()] } else { deletions(&rest, release) };
    findings.push(commands.into_iter().fold(finding, Finding::command));
    findings
}

/// Whether the cluster deletes an object once it has ended (Kubernetes: `ttlSecondsAfterFinished`).
fn ends_by_itself(identity: &Identity, object: &Node) -> bool {
    identity.is("batch", "Job") && object.at(&["spec", "ttlSecondsAfterFinished"]).is_some()
}

/// Whether what is in an object, or depends on it, is lost with it.
pub fn holds_data(object: &Identity) -> bool {
    HOLD_DATA.contains(&object.kind.as_str())
}

/// A workload beside one of another kind with the same name.
fn beside(gone: &Identity, new: &[&Identity], release: &str) -> Option<Finding> {
    let is_set = |one: &Identity| one.group == "apps" && SETS.contains(&one.kind.as_str());
    let other = new.iter().find(|one| is_set(one) && one.name == gone.name && one.namespace == gone.namespace)?;
    if !is_set(gone) || other.kind == gone.kind {
        return None;
    }
    let message = format!("{gone} runs on beside {other}, with the same labels: Services take the pods of both");
    let finding = Finding::of(code::RUNS_BESIDE, gone, message);
    let finding = finding.note("both work on one database until one of them is deleted");
    Some(finding.command(format!("kubectl delete {}", gone.argument(release))))
}

/// The commands that delete objects, one for each namespace; what is in none goes with the first.
fn deletions(objects: &[&Identity], release: &str) -> Vec<String> {
    let mut commands: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for one in objects {
        let namespace = one.within(release);
        match commands.iter_mut().find(|(other, _)| *other == namespace || namespace.is_none()) {
            Some((_, names)) => names.push(one.resource()),
            None => commands.push((namespace, vec![one.resource()])),
        }
    }
    let command = |(namespace, names): (Option<&str>, Vec<String>)| {
        let namespace = namespace.map_or_else(String::new, |namespace| format!(" -n {namespace}"));
        format!("kubectl delete {}{namespace}", names.join(" "))
    };
    commands.into_iter().map(command).collect()
}

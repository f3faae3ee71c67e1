//! Claims, of which the API server lets one thing change: their size may grow.

use super::super::finding::Finding;
use super::{Both, both_ways, is_empty, refusal};
use crate::error::code;
use crate::schema::billionths;
use crate::yaml::{Map, Node};

const SIZE: [&str; 4] = ["spec", "resources", "requests", "storage"];

/// The fields of a claim that may change.
const OPEN: [&str; 2] = ["resources", "volumeAttributesClassName"];

/// What API servers say of a change of a claim.
pub fn find(one: &Both<'_>, release: &str) -> Vec<Finding> {
    let Both { identity, before, after } = one;
    if !identity.is("", "PersistentVolumeClaim") {
        return Vec::new();
    }
    let (was, is) = (before.get("spec"), after.get("spec"));
    let differs = |key: &str| {
        let value = |spec: Option<&Node>| spec.and_then(|spec| spec.get(key)).filter(|node| !is_empty(node)).cloned();
        match (value(was), value(is)) {
            (Some(was), Some(is)) => !was.is_same(&is),
            (None, Some(is)) => key != "volumeMode" || is.scalar() != "Filesystem",
            (Some(was), None) => key != "volumeMode" || was.scalar() != "Filesystem",
            (None, None) => false,
        }
    };
    let mut keys: Vec<&str> = Vec::new();
    for key in [was, is].into_iter().flatten().filter_map(Node::as_map).flat_map(Map::keys) {
        if !keys.contains(&key.as_str()) && !OPEN.contains(&key.as_str()) && differs(key) {
            keys.push(key);
        }
    }
    let is_new = |key: &str| was.and_then(|spec| spec.get(key)).is_none();
    let delete = format!("kubectl delete {}", identity.argument(release));
    let with_data = "what is in the volume is lost with the claim, unless its volume is kept: save it first";
    let mut findings = Vec::new();
    // Both may be given once to a claim that has none.
    let (open, fixed): (Vec<&str>, Vec<&str>) =
        keys.into_iter().partition(|key| ["storageClassName", "volumeName"].contains(key) && is_new(key));
    if !fixed.is_empty() {
        let fields: Vec<String> = fixed.iter().map(|key| format!("spec.{key}")).collect();
        findings.push(Finding::of(code::REFUSED_CHANGE, identity, refusal(identity, &fields)).note(with_data).command(&delete));
    }
    if !open.is_empty() {
        let fields: Vec<String> = open.iter().map(|key| format!("`spec.{key}`")).collect();
        let message = format!("the API server takes {} of {identity} only if the claim has none yet", fields.join(" and "));
        let finding = Finding::of(code::DOUBTFUL_CHANGE, identity, message);
        findings.push(finding.note("a default StorageClass and the binding to a volume give it one").command(get(one, release)));
    }
    findings.extend(size(one, release, &delete, with_data));
    findings
}

fn size(one: &Both<'_>, release: &str, delete: &str, with_data: &str) -> Option<Finding> {
    let Both { identity, before, after } = one;
    let (Some(was), Some(is)) = both_ways(before, after, &SIZE) else { return None };
    let (was, is) = (billionths(&was.scalar())?, billionths(&is.scalar())?);
    if is < was {
        let finding = Finding::of(
            code::REFUSED_CHANGE,
            identity,
            format!("the API server refuses this change of {identity}: a claim does not shrink"),
        );
        return Some(finding.note(with_data).command(delete));
    }
    let message = format!(
        "the API server takes the larger size of {identity} only if the claim is bound and its StorageClass has `allowVolumeExpansion: true`"
    );
    (is > was).then(|| Finding::of(code::DOUBTFUL_CHANGE, identity, message).command(get(one, release)))
}

/// The command that shows what an API server has of a claim.
fn get(one: &Both<'_>, release: &str) -> String {
    format!("kubectl get {}", one.identity.argument(release))
}

/// What else is to be done for the claims that a set has made, which stay as they are.
pub fn of_set(mut finding: Finding, Both { identity, before, after }: &Both<'_>, release: &str) -> Finding {
    const TEMPLATES: [&str; 2] = ["spec", "volumeClaimTemplates"];
    let name = |claim: &Node| claim.text(&["metadata", "name"]).unwrap_or_default().to_owned();
    for claim in after.items(&TEMPLATES) {
        let Some(old) = before.items(&TEMPLATES).iter().find(|old| name(old) == name(claim)) else { continue };
        let (Some(was), Some(is)) = both_ways(old, claim, &SIZE) else { continue };
        let namespace = identity.within(release).map_or_else(String::new, |namespace| format!(" -n {namespace}"));
        let claims = format!("{}-{}", name(claim), identity.name);
        match (billionths(&was.scalar()), billionths(&is.scalar())) {
            (Some(was), Some(new)) if new > was => {
                let size = is.scalar();
                finding = finding
                    .note("the claims that are there keep their size: enlarge each, if its StorageClass has `allowVolumeExpansion: true`");
                let patch = format!(r#"'{{"spec": {{"resources": {{"requests": {{"storage": "{size}"}}}}}}}}'"#);
                finding = finding.command(format!("kubectl patch persistentvolumeclaim/{claims}-0{namespace} -p {patch}"));
            }
            (Some(was), Some(new)) if new < was => {
                finding =
                    finding.note(format!("the claims that are there, `{claims}-0` and its like, keep their size: a claim does not shrink"));
            }
            _ => {}
        }
    }
    finding
}

//! Deployments, DaemonSets and Jobs.

use super::reading::{at as behind, is_true, list, number, says, text};
use crate::schema::rules::is_there;
use crate::schema::{Finding, Trail};
use crate::yaml::{Map, Node};

/// The selector of a workload is about its own pods, and not about all.
pub(super) fn own_selector(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    // A label may be empty.
    let has_labels = behind(entries, &["matchLabels"]).and_then(Node::as_map).is_some_and(|labels| !labels.is_empty());
    if !has_labels && !is_there(entries, "matchExpressions") {
        says(findings, at, "needs `matchLabels` or `matchExpressions`", "in this map");
    }
}

/// A selector follows from the labels of the pods.
pub(super) fn own_labels(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    // A label may be empty.
    let labels = behind(entries, &["template", "metadata", "labels"]).and_then(Node::as_map);
    if !is_there(entries, "selector") && labels.is_none_or(Map::is_empty) {
        says(findings, at, "needs `selector`, or labels in its `template`", "in this map");
    }
}

/// A Deployment that waits until pods are ready has time for it.
pub(super) fn progress(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let amount = |key: &str, default: i64| number(entries.get(key).map(|entry| &entry.value)).unwrap_or(default);
    let (deadline, ready) = (amount("progressDeadlineSeconds", 600), amount("minReadySeconds", 0));
    if deadline >= 0 && deadline <= ready {
        let key = if is_there(entries, "minReadySeconds") { "minReadySeconds" } else { "progressDeadlineSeconds" };
        let what = match key {
            "minReadySeconds" => format!("must be below `progressDeadlineSeconds`, {deadline}"),
            _ => "must be above `minReadySeconds`, 0".to_owned(),
        };
        says(findings, &Trail::Key(at, key), what, "this number");
    }
}

/// Of a DaemonSet either old pods go first, one of them by default, or new ones come first.
pub(super) fn daemons(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(rolling) = behind(entries, &["rollingUpdate"]).filter(|_| text(entries, "type") != "OnDelete") else { return };
    let is_some = |key: &str, default: bool| match rolling.get(key) {
        Some(node) if !node.says_nothing() => !is_none(node),
        _ => default,
    };
    let at = &Trail::Key(at, "rollingUpdate");
    match (is_some("maxSurge", false), is_some("maxUnavailable", true)) {
        (true, true) => says(findings, at, "needs `maxUnavailable: 0` beside `maxSurge`", "in this map"),
        (false, false) => says(findings, at, "needs `maxSurge` or `maxUnavailable` above 0", "in this map"),
        _ => {}
    }
}

/// Of a Deployment old pods go first or new ones come first; a fourth of them by default, one way and the other.
pub(super) fn surge(rolling: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if ["maxSurge", "maxUnavailable"].iter().all(|key| rolling.get(*key).is_some_and(|entry| is_none(&entry.value))) {
        says(findings, at, "needs `maxSurge` or `maxUnavailable` above 0", "in this map");
    }
}

/// Of a StatefulSet old pods go first.
pub(super) fn some_unavailable(rolling: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if rolling.get("maxUnavailable").is_some_and(|entry| is_none(&entry.value)) {
        says(findings, &Trail::Key(at, "maxUnavailable"), "must be above 0", "this amount");
    }
}

/// Whether an amount or a share is none: `00%` is.
fn is_none(share: &Node) -> bool {
    let share = share.scalar();
    let digits = share.strip_suffix('%').unwrap_or(&share);
    !digits.is_empty() && digits.bytes().all(|digit| digit == b'0')
}

/// Pods of a Job that counts them have host names that are made of its own.
pub(super) fn job_name(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let spec = |key: &str| behind(entries, &["spec", key]);
    let Some(last) = number(spec("completions")).filter(|completions| *completions > 0).map(|completions| completions - 1) else { return };
    let Some(name) = behind(entries, &["metadata", "name"]).and_then(Node::as_str) else { return };
    if spec("completionMode").and_then(Node::as_str) == Some("Indexed") && (name.contains('.') || format!("{name}-{last}").len() > 63) {
        let what = format!("must be without `.`, and `{name}-{last}`, the host name of a pod, at most 63 characters long");
        says(findings, &Trail::Key(&Trail::Key(at, "metadata"), "name"), what, "this name");
    }
}

/// Labels of the pods that say whose they are; the API server gives them.
pub(super) fn job_labels(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    const NAME: [&str; 2] = ["batch.kubernetes.io/job-name", "job-name"];
    const UID: [&str; 2] = ["batch.kubernetes.io/controller-uid", "controller-uid"];
    if is_true(entries, &["spec", "manualSelector"]) {
        return;
    }
    let (spec_at, name) = (Trail::Key(at, "spec"), behind(entries, &["metadata", "name"]).map(Node::scalar).unwrap_or_default());
    let template_at = Trail::Key(&spec_at, "template");
    let metadata_at = Trail::Key(&template_at, "metadata");
    let labels_at = Trail::Key(&metadata_at, "labels");
    for (key, label) in behind(entries, &["spec", "template", "metadata", "labels"]).and_then(Node::as_map).into_iter().flatten() {
        let at = &Trail::Key(&labels_at, key);
        if NAME.contains(&key.as_str()) && !name.is_empty() && label.value.scalar() != name {
            says(findings, at, format!("must be the name of the Job, `{name}`"), "this label");
        } else if UID.contains(&key.as_str()) {
            says(findings, at, "has no place here: the API server gives it", "this label");
        }
    }
}

/// What is said of the pods of a Job that counts them is about pods that there are.
pub(super) fn indexes(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    if text(entries, "completionMode") != "Indexed" {
        return;
    }
    let at_once = number(behind(entries, &["parallelism"]));
    if at_once.is_some_and(|at_once| at_once > MOST_AT_ONCE) {
        let what = format!("must be at most {MOST_AT_ONCE} where `completionMode` is `Indexed`");
        says(findings, &Trail::Key(at, "parallelism"), what, "this number");
    }
    // It is 1 by default, where nothing says how many there are at once.
    let by_default = (!is_there(entries, "parallelism")).then_some(1);
    let Some(all) = number(behind(entries, &["completions"])).or(by_default) else {
        return says(findings, at, "needs `completions` where `completionMode` is `Indexed`", "in this map");
    };
    let failed = number(behind(entries, &["maxFailedIndexes"]));
    if failed.is_some_and(|most| most > all) {
        says(findings, &Trail::Key(at, "maxFailedIndexes"), "must be at most `completions`", "this number");
    }
    if all > MOST_AT_ONCE && is_there(entries, "backoffLimitPerIndex") {
        if failed.is_none() {
            says(findings, at, format!("needs `maxFailedIndexes` where `completions` is above {MOST_AT_ONCE}"), "in this map");
        }
        for (key, _) in [("parallelism", at_once), ("maxFailedIndexes", failed)].iter().filter(|(_, most)| *most > Some(MOST_OF_MANY)) {
            let what = format!("must be at most {MOST_OF_MANY} where `completions` is above {MOST_AT_ONCE}");
            says(findings, &Trail::Key(at, key), what, "this number");
        }
    }
    let at = &Trail::Key(&Trail::Key(at, "successPolicy"), "rules");
    for (index, rule) in behind(entries, &["successPolicy"]).map(|policy| policy.items(&["rules"])).unwrap_or_default().iter().enumerate() {
        let at = &Trail::Index(at, index);
        let count = number(rule.get("succeededCount"));
        if count.is_some_and(|count| count > all) {
            says(findings, &Trail::Key(at, "succeededCount"), "must be at most `completions`", "this number");
        }
        let Some(text) = rule.text(&["succeededIndexes"]) else {
            if rule.get("succeededCount").is_none() {
                says(findings, at, "needs `succeededCount` or `succeededIndexes`", "in this map");
            }
            continue;
        };
        // What is too large for a number is too large for an index.
        let ranges: Vec<_> = text.split(',').filter(|_| !text.is_empty()).map(|range| ends(range).unwrap_or((all, all))).collect();
        let is_sorted = ranges.windows(2).all(|pair| pair[0].1 < pair[1].0);
        if !is_sorted || ranges.iter().any(|(first, last)| first > last || *last >= all) {
            says(findings, &Trail::Key(at, "succeededIndexes"), "must be indexes below `completions`, in their order", "these indexes");
        } else if count.is_some_and(|count| count > ranges.iter().map(|(first, last)| last - first + 1).sum()) {
            says(findings, &Trail::Key(at, "succeededCount"), "must be at most the number of `succeededIndexes`", "this number");
        }
    }
}

/// The most pods of a Job that counts them that there are at once (Kubernetes: `maxParallelismForIndexedJob`).
const MOST_AT_ONCE: i64 = 100_000;
/// The same of one that has more pods than that, and tries each several times (Kubernetes: `maxJobBackoffLimitPerIndex` and its like).
const MOST_OF_MANY: i64 = 10_000;

/// The first and the last index of a range; a single one is no range of one.
fn ends(range: &str) -> Option<(i64, i64)> {
    let Some((first, last)) = range.split_once('-') else { return range.parse().ok().map(|index| (index, index)) };
    let (first, last) = (first.parse().ok()?, last.parse().ok()?);
    Some(if first == last { (last, first - 1) } else { (first, last) })
}

/// What a Job does when pods fail is about pods that end, and containers that there are.
pub(super) fn failure_policy(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let Some(policy) = behind(entries, &["podFailurePolicy"]).filter(|policy| policy.as_map().is_some()) else { return };
    let pod = behind(entries, &["template", "spec"]);
    if pod.and_then(|pod| pod.text(&["restartPolicy"])) == Some("OnFailure") {
        says(findings, &Trail::Key(at, "podFailurePolicy"), "needs `template.spec.restartPolicy: Never`", "in this map");
    }
    let containers = |key: &str| pod.map(|pod| pod.items(&[key])).unwrap_or_default().iter();
    let names: Vec<&str> = containers("containers").chain(containers("initContainers")).filter_map(|one| one.text(&["name"])).collect();
    let at = &Trail::Key(&Trail::Key(at, "podFailurePolicy"), "rules");
    for (index, rule) in policy.items(&["rules"]).iter().enumerate() {
        let at = &Trail::Index(at, index);
        if rule.text(&["action"]) == Some("FailIndex") && !is_there(entries, "backoffLimitPerIndex") {
            says(findings, &Trail::Key(at, "action"), "cannot be `FailIndex` without `backoffLimitPerIndex`", "this action");
        }
        if rule.text(&["onExitCodes", "containerName"]).is_some_and(|name| !names.contains(&name)) {
            let at = &Trail::Key(&Trail::Key(at, "onExitCodes"), "containerName");
            says(findings, at, "must be the name of a container of the pods", "this name");
        }
    }
}

/// Exit codes are in their order, each once, and 0 is no failure.
pub(super) fn exit_codes(entries: &Map, at: &Trail<'_>, findings: &mut Vec<Finding>) {
    let codes: Vec<i64> = list(entries, "values").iter().filter_map(|code| number(Some(code))).collect();
    let at = &Trail::Key(at, "values");
    if codes.windows(2).any(|pair| pair[0] >= pair[1]) {
        says(findings, at, "must be in their order, each once", "this list");
    } else if text(entries, "operator") == "In" && codes.contains(&0) {
        says(findings, at, "cannot have 0 where `operator` is `In`", "this list");
    }
}

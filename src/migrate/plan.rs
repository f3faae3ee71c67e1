//! From what is known of old names and of keys without effect to changes.

use super::change::{Change, Way};
use super::moves::Moves;
use super::option;
use super::stack::Stack;
use super::tree;
use crate::checks::{self, Subject};
use crate::error::{Diagnostic, Error, Kind};
use crate::layers::{self, Given};
use crate::schema::{Path, Schema, Step};
use crate::values::{self, Component, Edition, Values, other_major};
use crate::yaml::{Data, Node};

/// The old names that are to move; those below a key without effect stay.
pub fn moves(stack: &Stack) -> Result<Vec<Change>, Error> {
    let (values, given) = stack.given()?;
    let edition = values.as_ref().map_or(Edition::Current, Values::edition);
    let comments = comments(stack)?;
    let is_comment = |path: &Path| comments.iter().flat_map(|change| &change.keys).any(|key| key.covers(path));
    let renamed = given.translated().iter().cloned().chain(layers::renamed(given.said(), edition));
    let renamed = renamed.filter(|(path, _)| !is_comment(path));
    let renamed = renamed.flat_map(|(path, instead)| of_name(&path, &instead, values.as_ref(), &given));
    Ok(renamed.chain(option::moves(stack)?).collect())
}

/// The keys without effect.
pub fn comments(stack: &Stack) -> Result<Vec<Change>, Error> {
    let (values, given) = stack.given()?;
    let trees = stack.trees();
    let headings = trees.iter().flat_map(layers::headings);
    let mut changes: Vec<Change> =
        headings.map(|key| Change::comment([key].into(), "The heading of `helm get values`".to_owned())).collect();
    changes.extend(given.ignored().iter().map(|(path, told)| ignored(path, told, &given)));
    changes.extend(values.iter().flat_map(|values| unheard(values, &given)));
    Ok(changes)
}

/// A key that nobody reads.
fn ignored(path: &Path, told: &Diagnostic, given: &Given) -> Change {
    if is_whole(path, given) {
        let help = told.help.clone().unwrap_or_else(|| "give what is below it as a values file of its own".to_owned());
        return Change::by_hand(path, format!("`{path}` holds the values of a whole chart"), help);
    }
    let reason = match told.kind {
        Kind::Dead => "No effect: a key of an older chart",
        Kind::OfPostgresql => "No effect: gen runs a small PostgreSQL of its own",
        _ => "No effect, in the chart either",
    };
    Change::comment(path.clone(), with_help(reason, told.help.as_deref()))
}

/// Whether most of what stands below a key of the top are keys of the top themselves: a chart of charts.
fn is_whole(path: &Path, given: &Given) -> bool {
    let root = Schema::of(values::schema());
    let entries = path.get(given.said()).and_then(Node::as_map).filter(|entries| path.0.len() == 1 && !entries.is_empty());
    entries.is_some_and(|entries| entries.keys().filter(|key| root.declares(key)).count() * 2 > entries.len())
}

/// The reason, and what to do besides leaving the key out, which is done.
fn with_help(reason: &str, help: Option<&str>) -> String {
    const DONE: &str = "leave it out";
    let help = help.into_iter().flat_map(|help| help.split("; ")).filter(|part| *part != DONE);
    std::iter::once(reason).chain(help).collect::<Vec<_>>().join("; ")
}

/// The keys that have no effect beside what the values say elsewhere.
fn unheard(values: &Values, given: &Given) -> Vec<Change> {
    let version = values.airflow_version.as_str();
    let mut changes = Vec::new();
    // Who says no version may run another one than the newest.
    if values.edition() == Edition::Current && given.said().get("airflowVersion").is_some() {
        for (keys, instead) in other_major::unheard(values.airflow_version.major(), given.said()) {
            let help = (!instead.is_empty()).then(|| format!("set `{instead}` in its place"));
            let reason = with_help(&format!("No effect on Airflow {version}"), help.as_deref());
            changes.extend(keys.into_iter().map(|key| Change::comment(Path::of_keys(&key), reason.clone())));
        }
    }
    let (model, _) = crate::known(values, given);
    let found = checks::of_values(&Subject { values, given: given.said(), known: &model.known });
    for finding in found.into_iter().filter(checks::Finding::is_of_useless_key) {
        let Some(key) = finding.key.filter(|key| key.get(given.said()).is_some()) else { continue };
        let why = finding.title.split_once(" has no effect").map_or("", |(_, why)| why);
        changes.push(Change::comment(key, format!("No effect{why}")));
    }
    changes
}

/// Where old names go.
fn of_name(path: &Path, instead: &[String], values: Option<&Values>, given: &Given) -> Vec<Change> {
    let to = |keys: &[String]| keys.iter().map(Path::from).collect::<Vec<_>>();
    let one = |to: Vec<Path>| vec![either(vec![(path.clone(), to)])];
    let key = path.to_string();
    match key.as_str() {
        "webserver.defaultUser" => of_first_user(path, given),
        "registry.secretName" => one(vec![Path::of_keys("imagePullSecrets[0].name")]),
        "registry.connection" => {
            let title = format!("`{path}` keeps its old name: the values cannot say what takes its place");
            let help = "make the Secret with `kubectl create secret docker-registry`, and name it in `imagePullSecrets`";
            vec![Change::by_hand(path, title, help.to_owned())]
        }
        "ingress.enabled" => {
            let unheard = other_major::without_effect(values.map_or(3, |values| values.airflow_version.major()));
            let is_heard = |key: &&String| !unheard.iter().any(|(unheard, _)| key.starts_with(&format!("{unheard}.")));
            // Of a component that does not run there is no Ingress, as in the chart.
            let exists = |key: &&String| values.is_none_or(|values| has_ingress(values, key));
            let heard: Vec<&String> = instead.iter().filter(is_heard).collect();
            let there: Vec<Path> = heard.iter().copied().filter(exists).map(Path::from).collect();
            let to = if there.is_empty() { heard.into_iter().map(Path::from).collect() } else { there };
            vec![over(path, to, &[])]
        }
        _ if key.starts_with("ingress.") => of_ingress(path, given),
        _ if instead.len() > 1 => one(of_workers(instead, values, given)),
        _ => one(to(instead)),
    }
}

/// Whether a component runs whose Ingress this key, `ingress.NAME.enabled`, switches on.
fn has_ingress(values: &Values, key: &str) -> bool {
    let section = key.trim_end_matches("enabled");
    let exposed = |component: &dyn Component| component.ingress(values).is_some_and(|exposure| exposure.path_key.starts_with(section));
    values.enabled_components().into_iter().any(|(_, component)| exposed(component))
}

/// Keys that move together. What stands under the new names counts, unless that would change the objects.
fn either(pairs: Vec<(Path, Vec<Path>)>) -> Change {
    let ways = [false, true].map(|over| Way::Move(Moves { pairs: pairs.clone(), over, beside: Vec::new() })).to_vec();
    Change { keys: pairs.into_iter().map(|(from, _)| from).collect(), ways, advice: None, option: None }
}

/// Keys that count where both names are said. What has to stand beside them is added, if the objects would change otherwise.
fn over(from: &Path, to: Vec<Path>, beside: &[(Path, Node)]) -> Change {
    let pairs = vec![(from.clone(), to)];
    let ways = [&[], beside].map(|beside| Way::Move(Moves { pairs: pairs.clone(), over: true, beside: beside.to_vec() })).to_vec();
    Change { keys: vec![from.clone()], ways, advice: None, option: None }
}

/// The first user, and whether there is one. Of a user without a password the Secret has to exist, and not that with the default.
fn of_first_user(path: &Path, given: &Given) -> Vec<Change> {
    let (user, enabled) = (Path::of_keys("createUserJob.defaultUser"), below(path, "enabled"));
    let password = (below(&user, "password"), Node::new(Data::Null));
    let job = enabled.get(given.said()).map(|_| over(&enabled, vec!["createUserJob.enabled".into()], &[]));
    job.into_iter().chain([over(path, vec![user], &[password])]).collect()
}

/// The host of an Ingress and its certificate, which go together.
fn of_ingress(path: &Path, given: &Given) -> Vec<Change> {
    let ingress = Path(path.0[..path.0.len() - 1].to_vec());
    let host = Path([below(&ingress, "hosts").0, vec![Step::Index(0)]].concat());
    let pairs = [("host", "name"), ("tls", "tls")].map(|(old, new)| (below(&ingress, old), vec![below(&host, new)]));
    let pairs: Vec<_> = pairs.into_iter().filter(|(from, _)| from.get(given.said()).is_some()).collect();
    // Beside other names the host does not count, and the certificate does.
    let hosts = below(&ingress, "hosts");
    if hosts.get(given.said()).is_some_and(|hosts| !tree::is_empty(hosts)) {
        let pair = pairs.into_iter().find(|(from, _)| from == path);
        let is_host = *path == below(&ingress, "host");
        let change =
            |pair| if is_host { Change::comment(path.clone(), format!("No effect: `{hosts}` counts")) } else { either(vec![pair]) };
        return pair.map(change).into_iter().collect();
    }
    // It is one change, whichever of the two is looked at.
    if pairs.first().is_some_and(|(first, _)| first == path) { vec![either(pairs)] } else { Vec::new() }
}

/// Of the keys for each kind of workers those for which there is an executor, if the values say which.
fn of_workers(instead: &[String], values: Option<&Values>, given: &Given) -> Vec<Path> {
    let executor = values.filter(|_| given.said().get("executor").is_some()).map(|values| &values.executor);
    let runs = |key: &&String| {
        executor.is_some_and(|executor| {
            key.starts_with("workers.celery.") && executor.uses_celery()
                || key.starts_with("workers.kubernetes.") && executor.uses_kubernetes()
        })
    };
    let used: Vec<Path> = instead.iter().filter(runs).map(Path::from).collect();
    if used.is_empty() { instead.iter().map(Path::from).collect() } else { used }
}

fn below(path: &Path, key: &str) -> Path {
    Path([&path.0[..], &[Step::Key(key.to_owned())]].concat())
}

//! Values files of other charts of Airflow, and the counterparts of their keys.

use crate::error::{Diagnostic, code};
use crate::schema::{Path, Schema, Step};
use crate::source::Place;
use crate::yaml::{Entry, Node};

/// Another chart of Airflow.
pub struct OtherChart {
    name: &'static str,
    /// Its keys and their counterparts, a line each.
    keys: &'static str,
}

/// The charts that are known besides the official one.
pub const ALL: [OtherChart; 2] = [
    OtherChart { name: "the community chart (airflow-helm/charts)", keys: include_str!("charts/community.keys") },
    OtherChart { name: "Bitnami's chart", keys: include_str!("charts/bitnami.keys") },
];

/// The fewest keys of another chart alone by which its values file is known: a few stand in files of the official one too.
const LEAST: usize = 3;

/// What becomes of a key of another chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// The key here that has the same meaning.
    Key(&'static str),
    /// What to do, in words.
    Words(&'static str),
}

impl OtherChart {
    /// Its keys and their counterparts, in the order in which they count.
    pub fn rows(&self) -> impl Iterator<Item = (&'static str, Instead)> + use<> {
        self.lines().filter_map(row)
    }

    fn lines(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.keys.lines().filter(|line| !line.starts_with('#'))
    }

    /// The rows for what stands in a values file, each with where its key was written. A row for a key counts before those for
    /// what is above it.
    fn found<'n>(&self, document: &'n Node) -> Vec<(&'static str, Instead, &'n Entry)> {
        let mut found: Vec<(&'static str, Instead, &Entry)> = Vec::new();
        // Most rows are for what no values file has at the same time.
        let is_there = |line: &&str| line.split(['.', ' ']).next().is_some_and(|top| document.get(top).is_some());
        let mut rows: Vec<_> = self.lines().filter(is_there).filter_map(row).collect();
        rows.sort_by_key(|(key, _)| std::cmp::Reverse(key.matches('.').count()));
        for (key, instead) in rows {
            let path = Path::of_keys(key);
            if path.get(document).is_none() {
                continue;
            }
            // All that stands below it may have a row already.
            let below = |other: &&str| path.covers(&Path::of_keys(other));
            let known = found.iter().map(|(other, ..)| *other).filter(below).count();
            let entries = path.get(document).and_then(Node::as_map).map_or(0, indexmap::IndexMap::len);
            if known == 0 || known < entries {
                found.extend(path.find(document).1.map(|entry| (key, instead, entry)));
            }
        }
        found.sort_by_key(|(.., entry)| entry.key.map(|origin| origin.span().start));
        found
    }
}

/// What a line says of a key.
fn row(line: &'static str) -> Option<(&'static str, Instead)> {
    match (line.split_once(" = "), line.split_once(" : ")) {
        (Some((key, instead)), _) => Some((key, Instead::Key(instead))),
        (None, Some((key, words))) => Some((key, Instead::Words(words))),
        (None, None) => None,
    }
}

/// An error that says which chart a values file is for, if it is not the official one, with the counterpart of each of its keys;
/// `place` is where an entry was written.
pub fn recognised(name: &str, document: &Node, schema: Schema<'_>, place: impl Fn(&Entry) -> Option<Place>) -> Option<Diagnostic> {
    let of_chart = ALL.iter().map(|chart| (chart, chart.found(document)));
    let (evidence, chart, found) = of_chart.map(|(chart, found)| (evidence(&found), chart, found)).max_by_key(|(many, ..)| *many)?;
    if evidence < LEAST || evidence <= own_keys(document, schema, &found) {
        return None;
    }
    let row = |(key, instead, _): &(&str, Instead, &Entry)| match instead {
        Instead::Key(instead) => format!("\n`{key}`: `{instead}`"),
        Instead::Words(words) => format!("\n`{key}`: {words}"),
    };
    let rows: String = found.iter().map(row).collect();
    let first = found.iter().filter(|row| is_foreign(row)).find_map(|(key, ..)| document.as_map()?.get(top(key)))?;
    let error = Diagnostic::new(format!("`{name}` is a values file of {}, and gen takes those of the official one", chart.name))
        .coded(code::ANOTHER_CHART)
        .at(place(first), "a key of that chart")
        .note(format!("its keys and their counterparts are{rows}"));
    Some(error.help(
        "write a file with these keys; on Airflow 2 `webserver` takes the place of `apiServer`, and `webserverSecretKey` that of \
         `apiSecretKey`",
    ))
}

/// How sure it is that keys are of another chart: those of one map at the top count three times at most, and those that stand in
/// files of the official chart as well once.
fn evidence(found: &[(&'static str, Instead, &Entry)]) -> usize {
    // A whole map, such as `metrics`, may be anything.
    let is_sure = |row: &&(&'static str, Instead, &Entry)| is_foreign(row) && (row.0.contains('.') || row.2.value.as_map().is_none());
    let mut tops: Vec<(&str, usize)> = Vec::new();
    for (key, ..) in found.iter().filter(is_sure) {
        match tops.iter_mut().find(|(name, _)| *name == top(key)) {
            Some((_, count)) => *count += 1,
            None => tops.push((top(key), 1)),
        }
    }
    tops.into_iter().map(|(name, count)| count.min(if STRAY.contains(&name) { 1 } else { 3 })).sum()
}

/// Maps at the top that stand in files of the official chart as well, where they have no effect.
const STRAY: [&str; 5] = ["externalDatabase", "externalRedis", "postgresql", "redis", "ingress"];

fn is_foreign((key, ..): &(&'static str, Instead, &Entry)) -> bool {
    !declares(&Path::of_keys(key))
}

/// The key at the top.
fn top(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

/// Whether another chart has a key, or one below it.
pub fn has(key: &str) -> bool {
    let path = Path::of_keys(key);
    ALL.iter().any(|chart| chart.rows().any(|(other, _)| path.covers(&Path::of_keys(other))))
}

/// How many keys of a values file, down to the second level, are the official chart's alone.
fn own_keys(document: &Node, schema: Schema<'_>, found: &[(&str, Instead, &Entry)]) -> usize {
    let mut paths = Vec::new();
    for (key, entry) in document.as_map().into_iter().flatten() {
        let top = Path(vec![Step::Key(key.clone())]);
        match entry.value.as_map() {
            Some(below) if schema.declares(key) => {
                paths.extend(below.keys().map(|below| Path(vec![Step::Key(key.clone()), Step::Key(below.clone())])));
            }
            _ => paths.push(top),
        }
    }
    let is_shared = |path: &Path| found.iter().any(|(key, ..)| Path::of_keys(key).covers(path) || path.covers(&Path::of_keys(key)));
    // What both charts have says nothing.
    let both = |path: &Path| BOTH.iter().any(|key| Path::of_keys(key).covers(path));
    paths.iter().filter(|path| declares(path) && !is_shared(path) && !both(path)).count()
}

/// Keys that all charts have.
const BOTH: [&str; 22] = [
    "executor",
    "fullnameOverride",
    "nameOverride",
    "nodeSelector",
    "affinity",
    "tolerations",
    "scheduler",
    "triggerer",
    "workers.replicas",
    "workers.resources",
    "workers.nodeSelector",
    "workers.tolerations",
    "workers.affinity",
    "flower",
    "postgresql",
    "redis",
    "pgbouncer.enabled",
    "ingress",
    "rbac.create",
    "dags",
    "logs",
    "dagProcessor",
];

/// Whether a key is one of the values.
fn declares(path: &Path) -> bool {
    let step = |schema: Schema<'static>, step: &Step| match step {
        Step::Key(key) => schema.property(key).filter(|_| schema.declares(key)),
        Step::Index(_) => schema.items(),
    };
    path.0.iter().try_fold(crate::layers::schema(), step).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layers::has_key;
    use crate::values::Edition;

    fn is_key(key: &str) -> bool {
        declares(&Path::of_keys(key)) && has_key(Edition::Current, key)
    }

    #[test]
    fn counterparts_are_keys_here_and_no_key_has_two() {
        for chart in &ALL {
            let mut seen = std::collections::BTreeSet::new();
            for (key, instead) in chart.rows() {
                assert!(seen.insert(key), "{key} stands twice");
                match instead {
                    Instead::Key(instead) => assert!(is_key(instead), "{key}: {instead} is not a key"),
                    Instead::Words(words) => {
                        for named in words.split('`').skip(1).step_by(2).filter(|word| word.contains('.') && !word.starts_with("config.")) {
                            let named = named.trim_end_matches(".py");
                            assert!(named == "webserver_config" || named.contains('/') || is_key(named), "{key}: {named} is not a key");
                        }
                    }
                }
            }
            assert_eq!(chart.rows().count(), chart.lines().count(), "{}", chart.name);
        }
    }
}

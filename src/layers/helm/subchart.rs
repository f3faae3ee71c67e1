//! Keys of Bitnami's PostgreSQL, which the chart brings as a subchart: those that have a counterpart here stand for it.

use crate::schema::{Path, Step};
use crate::yaml::{Data, Entry, Map, Node};

/// A key of the subchart, and its counterpart. Of several for one counterpart the first counts.
const COUNTERPARTS: [(&str, &str); 15] = [
    ("postgresql.primary.persistence.size", "postgresql.persistence.size"),
    ("postgresql.primary.persistence.storageClass", "postgresql.persistence.storageClassName"),
    ("postgresql.primary.resources", "postgresql.resources"),
    ("postgresql.persistence.storageClass", "postgresql.persistence.storageClassName"),
    ("global.postgresql.auth.postgresPassword", "postgresql.auth.postgresPassword"),
    ("global.postgresql.auth.username", "postgresql.auth.username"),
    ("global.postgresql.auth.password", "postgresql.auth.password"),
    ("global.postgresql.auth.database", "postgresql.auth.database"),
    ("postgresql.postgresqlPostgresPassword", "postgresql.auth.postgresPassword"),
    ("postgresql.postgresqlUsername", "postgresql.auth.username"),
    ("postgresql.postgresqlPassword", "postgresql.auth.password"),
    ("postgresql.postgresqlDatabase", "postgresql.auth.database"),
    ("postgresql.master.persistence.size", "postgresql.persistence.size"),
    ("postgresql.master.persistence.storageClass", "postgresql.persistence.storageClassName"),
    ("postgresql.master.resources", "postgresql.resources"),
];

/// A key that stands for another one.
pub struct Translated {
    /// The key, as it was written, with its entry.
    pub key: &'static str,
    pub entry: Entry,
    /// The key that has its value now.
    pub instead: &'static str,
}

/// Moves what stands at keys of the subchart to their counterparts, unless those are given too.
pub fn translate(values: &mut Node) -> Vec<Translated> {
    let mut done = Vec::new();
    for (key, instead) in COUNTERPARTS {
        let (path, target) = (Path::of_keys(key), Path::of_keys(instead));
        let Some(entry) = path.get(values).filter(|node| !node.is_null()).and_then(|_| path.find(values).1.cloned()) else { continue };
        if target.get(values).is_some_and(|node| !node.is_null()) {
            continue;
        }
        path.remove(values);
        insert(values, &instead.split('.').collect::<Vec<_>>(), entry.clone());
        done.push(Translated { key, entry, instead });
    }
    done
}

/// Where the subchart has what is said of its server, of which some keys have a counterpart.
const OF_SERVER: [&str; 2] = ["postgresql.primary", "postgresql.master"];

/// Takes out what stands beside keys that were moved, and has no counterpart: each key that is not on the way to one of them.
pub fn take_rest(values: &mut Node, moved: &[Translated]) -> Vec<(Path, Entry)> {
    let mut rest = Vec::new();
    for top in OF_SERVER {
        let moved: Vec<&str> = moved.iter().map(|one| one.key).filter(|key| key.starts_with(top)).collect();
        let path = Path::of_keys(top);
        if let (false, Some(node)) = (moved.is_empty(), path.get(values)) {
            collect(node, top, &moved, &mut rest);
            path.remove(values);
        }
    }
    rest
}

fn collect(node: &Node, at: &str, moved: &[&str], rest: &mut Vec<(Path, Entry)>) {
    for (key, entry) in node.as_map().into_iter().flatten() {
        let below = format!("{at}.{key}");
        let is_on_the_way = moved.iter().any(|moved| moved.strip_prefix(&below).is_some_and(|end| end.starts_with('.')));
        if is_on_the_way && entry.value.as_map().is_some() {
            collect(&entry.value, &below, moved, rest);
        } else {
            let mut path = Path::of_keys(at);
            path.0.push(Step::Key(key.clone()));
            rest.push((path, entry.clone()));
        }
    }
}

/// Puts an entry at a path of keys, in maps that are made on the way.
fn insert(node: &mut Node, keys: &[&str], entry: Entry) {
    let (Data::Map(entries), Some((first, rest))) = (&mut node.data, keys.split_first()) else { return };
    if rest.is_empty() {
        entries.insert((*first).to_owned(), entry);
        return;
    }
    let below = entries.entry((*first).to_owned()).or_insert_with(|| Entry { key: entry.key, value: empty() });
    if below.value.as_map().is_none() {
        below.value = empty();
    }
    insert(&mut below.value, rest, entry);
}

fn empty() -> Node {
    Node::new(Data::Map(Map::default()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::read;

    #[test]
    fn what_has_a_counterpart_moves_there_and_the_rest_stays() {
        let text = "postgresql: {primary: {persistence: {size: 1Gi}, x: 1}, master: {resources: {a: 1}}, postgresqlUsername: joe, auth: {username: ann}}\n\
                    global: {postgresql: {auth: {database: d}}}";
        let mut values = read(text, 0).unwrap().remove(0);
        let translated = translate(&mut values);
        let done: Vec<&str> = translated.iter().map(|one| one.key).collect();
        assert_eq!(done, ["postgresql.primary.persistence.size", "global.postgresql.auth.database", "postgresql.master.resources"]);
        let expected = "{\"postgresql\":{\"primary\":{\"x\":1},\"postgresqlUsername\":\"joe\",\"auth\":{\"username\":\"ann\",\"database\":\"d\"},\
                        \"persistence\":{\"size\":\"1Gi\"},\"resources\":{\"a\":1}}}";
        assert_eq!(serde_json::to_string(&values).unwrap(), expected);
        let rest = take_rest(&mut values, &translated);
        assert_eq!(rest.iter().map(|(path, _)| path.to_string()).collect::<Vec<_>>(), ["postgresql.primary.x"]);
        assert!(values.at(&["postgresql", "primary"]).is_none());
    }
}

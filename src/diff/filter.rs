//! What is not compared.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::fields::{schema_of, step};
use super::items;
use crate::error::{Diagnostic, Error, code};
use crate::schema::{Schema, nearest};
use crate::yaml::{Data, Node};

/// The filters that have names, and the paths of fields that each stands for.
const NAMED: [(&str, &[&str]); 6] = [
    ("annotations", &["metadata.annotations", "*.metadata.annotations"]),
    ("checksums", &["metadata.annotations.checksum/*", "*.metadata.annotations.checksum/*"]),
    ("images", &["*ontainers[*].image"]),
    ("labels", &["metadata.labels", "*.metadata.labels"]),
    // Of the texts of files: see `Filter::ignores_notation`.
    (NOTATION, &[]),
    ("replicas", &["spec.replicas"]),
];

/// The filter for how files are written: comments, the order of keys, quotes, the places of files.
const NOTATION: &str = "notation";

/// What is not compared: fields, by their paths, and how files are written.
#[derive(Debug, Default)]
pub struct Filter {
    paths: GlobSet,
    /// Whether it is no difference how the same objects are written, and in which files they stand.
    pub ignores_notation: bool,
}

impl Filter {
    /// The filter of the names and paths that a user gives.
    ///
    /// # Errors
    ///
    /// What is neither a name nor a path, and what is no pattern.
    pub fn of(given: &[String]) -> Result<Self, Error> {
        let mut globs = GlobSetBuilder::new();
        let mut ignores_notation = false;
        for one in given {
            let named = NAMED.iter().find(|(name, _)| name == one);
            if named.is_none() && !one.contains(['.', '*']) {
                return Err(unknown(one));
            }
            ignores_notation |= one == NOTATION;
            let own = [one.as_str()];
            for path in named.map_or(&own[..], |(_, paths)| paths) {
                // A bracket stands for itself, and what is below a path goes with it.
                let escaped = path.replace('[', "\\[").replace(']', "\\]").replace('{', "\\{").replace('}', "\\}");
                let glob = GlobBuilder::new(&escaped).backslash_escape(true).build();
                globs.add(glob.map_err(|error| {
                    let wrong = Diagnostic::new(format!("`{one}` is no pattern of paths")).coded(code::USAGE);
                    Error::from(wrong.note(error.kind().to_string()))
                })?);
            }
        }
        let paths = globs.build().map_err(|error| Error::from(Diagnostic::new("too many paths are ignored").note(error.to_string())))?;
        Ok(Self { paths, ignores_notation })
    }

    /// Whether it leaves out any field.
    #[must_use]
    pub fn is_of_fields(&self) -> bool {
        !self.paths.is_empty()
    }

    /// Takes out of an object what is not compared, and each map that is empty without it.
    pub(super) fn prune(&self, object: &mut Node) {
        if self.is_of_fields() {
            let schema = schema_of(object);
            self.prune_within(object, "", schema);
        }
    }

    fn prune_within(&self, node: &mut Node, path: &str, schema: Option<Schema<'static>>) {
        match &mut node.data {
            Data::Map(entries) => entries.retain(|key, entry| {
                let dot = if path.is_empty() { "" } else { "." };
                let path = format!("{path}{dot}{}", step(key));
                if self.paths.is_match(&path) {
                    return false;
                }
                let was_empty = entry.value.says_nothing();
                self.prune_within(&mut entry.value, &path, schema.and_then(|schema| schema.patched(key).0));
                was_empty || !is_empty(&entry.value)
            }),
            Data::List(items) => {
                let key = items::key(&[items], schema);
                let below = schema.and_then(Schema::of_items);
                let mut index = 0;
                items.retain_mut(|item| {
                    let name = key.map_or_else(|| index.to_string(), |key| items::name(item, key));
                    index += 1;
                    let path = format!("{path}[{name}]");
                    let is_ignored = self.paths.is_match(&path);
                    self.prune_within(item, &path, below);
                    !is_ignored
                });
            }
            _ => {}
        }
    }
}

fn is_empty(node: &Node) -> bool {
    match &node.data {
        Data::Map(entries) => entries.is_empty(),
        Data::List(items) => items.is_empty(),
        _ => false,
    }
}

fn unknown(name: &str) -> Error {
    let error = Diagnostic::new(format!("`--ignore` knows no `{name}`")).coded(code::USAGE);
    let names: Vec<String> = NAMED.iter().map(|(name, _)| format!("`{name}`")).collect();
    let error = error.note(format!("it knows {}, and paths of fields, such as `metadata.labels.*`", names.join(", ")));
    match nearest(name, NAMED.iter().map(|(name, _)| *name)) {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help("a path has a dot or a `*`: `*.resources` for those of all containers"),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml;

    #[test]
    fn names_and_paths_leave_fields_out() {
        const DEPLOYMENT: &str = "{apiVersion: apps/v1, kind: Deployment, metadata: {labels: {a: b}, annotations: {checksum/a: b, c: d}},
            spec: {replicas: 1, template: {metadata: {annotations: {checksum/x: y}}, spec: {containers: [{name: a, image: b}, {name: c}]}}}}";
        for (given, expected) in [
            ("labels", "{annotations: {checksum/a: b, c: d}}"),
            ("metadata.labels.*", "{annotations: {checksum/a: b, c: d}}"),
            ("checksums", "{labels: {a: b}, annotations: {c: d}}"),
            ("annotations", "{labels: {a: b}}"),
            ("replicas", "{labels: {a: b}, annotations: {checksum/a: b, c: d}}"),
        ] {
            let mut object = yaml::read(DEPLOYMENT, 0).unwrap().remove(0);
            Filter::of(&[given.to_owned()]).unwrap().prune(&mut object);
            let expected = yaml::read(expected, 0).unwrap().remove(0);
            assert!(object.get("metadata").unwrap().is_same(&expected), "{given}");
            assert_eq!(object.at(&["spec", "replicas"]).is_none(), given == "replicas");
        }
        let mut object = yaml::read(DEPLOYMENT, 0).unwrap().remove(0);
        let given = ["images", "spec.template.spec.containers[c]", "checksums"].map(str::to_owned);
        Filter::of(&given).unwrap().prune(&mut object);
        let template = yaml::read("{spec: {containers: [{name: a}]}}", 0).unwrap().remove(0);
        assert!(object.at(&["spec", "template"]).unwrap().is_same(&template), "{}", yaml::write(&object));
    }

    #[test]
    fn what_is_neither_is_refused() {
        let error = Filter::of(&["lables".to_owned()]).unwrap_err().render(false);
        assert!(error.contains("did you mean `labels`?"), "{error}");
    }
}

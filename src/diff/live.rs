//! Objects of a live cluster, beside those that somebody wrote: what the API server and its controllers filled in is no difference.
//!
//! `kubectl apply` takes out of a live object what the last apply brought and the next one does not have, and leaves the rest. So a field
//! that neither was applied nor is to be is not in the way. What was applied the last time stands in an annotation; where it is missing,
//! as after an apply of the server's, what is gone cannot be told from what was filled in.

use super::fields::schema_of;
use super::{Comparison, items};
use crate::error::{Diagnostic, Severity, code};
use crate::kubernetes::{LAST_APPLIED, Manifest, Secrecy};
use crate::schema::Schema;
use crate::yaml::{self, Data, Node};

impl Comparison {
    /// A note about objects of a live cluster, of which nobody can tell what was filled in.
    #[must_use]
    pub fn of_live(&self) -> Option<Diagnostic> {
        let title = match self.live.as_slice() {
            [] => return None,
            [one] => format!("{one} of a live cluster does not say what was applied: what the API server filled in shows as a difference"),
            several => format!(
                "{} objects of a live cluster do not say what was applied: what the API server filled in shows as a difference",
                several.len()
            ),
        };
        let told = Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::LIVE_OBJECT) };
        Some(told.help(
            "the API server itself tells them apart: `KUBECTL_EXTERNAL_DIFF=./gen-diff kubectl diff -f FILE`, as docs/diff.md has it",
        ))
    }
}

/// The fields of `metadata` that an API server alone sets.
const OF_SERVER: [&str; 3] = ["managedFields", "resourceVersion", "uid"];

/// What an object of a live cluster says of itself.
pub struct Live {
    /// What was applied the last time, if that is known.
    pub applied: Option<Node>,
}

impl Live {
    /// That of an object as it was given; none, if no API server gave it.
    pub fn of(object: &Node) -> Option<Self> {
        let metadata = object.get("metadata")?;
        let is_live = OF_SERVER.iter().any(|field| metadata.get(field).is_some());
        is_live.then(|| Self { applied: object.text(&["metadata", "annotations", LAST_APPLIED]).and_then(applied) })
    }
}

/// What was applied, as the API server keeps it.
fn applied(text: &str) -> Option<Node> {
    let [object]: [Node; 1] = yaml::read(text, 0).ok()?.try_into().ok()?;
    object.as_map()?;
    let mut manifest = Manifest { path: String::new(), object, secrecy: Secrecy::None, given: None, patches: Vec::new() };
    manifest.keep();
    Some(manifest.object)
}

/// Takes out of a live object what neither was applied nor is in the other one.
pub fn settle(live: &mut Node, other: &Node, applied: Option<&Node>) {
    settle_within(live, [Some(other), applied], schema_of(other));
    yaml::tidy(live);
}

fn settle_within(live: &mut Node, said: [Option<&Node>; 2], schema: Option<Schema<'static>>) {
    if said.iter().all(Option::is_none) {
        return;
    }
    match &mut live.data {
        Data::Map(entries) => entries.retain(|key, entry| {
            let said = said.map(|node| node?.get(key));
            settle_within(&mut entry.value, said, schema.and_then(|schema| schema.patched(key).0));
            said.iter().any(Option::is_some)
        }),
        Data::List(live) => {
            let below = schema.and_then(Schema::of_items);
            let said = said.map(|node| node.and_then(Node::as_list));
            let lists: Vec<&[Node]> = said.into_iter().flatten().chain([live.as_slice()]).collect();
            let Some(key) = items::key(&lists, schema) else {
                // A list without names is replaced as a whole, and filled in anew.
                for (index, item) in live.iter_mut().enumerate() {
                    settle_within(item, said.map(|list| list?.get(index)), below);
                }
                return;
            };
            live.retain_mut(|item| {
                let name = items::name(item, key);
                let said = said.map(|list| list?.iter().find(|one| items::name(one, key) == name));
                settle_within(item, said, below);
                said.iter().any(Option::is_some)
            });
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Node {
        yaml::read(text, 0).unwrap().remove(0)
    }

    #[test]
    fn what_nobody_said_goes() {
        let mut live = object(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, labels: {a: b, by: hand}}, spec: {replicas: 1, paused: true, \
             template: {spec: {restartPolicy: Always, containers: [{name: c, image: i, args: [x], env: [{name: A, value: a}, {name: B}], \
             ports: [{containerPort: 1, protocol: TCP}]}, {name: injected}]}}}}",
        );
        let other = object(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, labels: {a: c}}, spec: {template: {spec: {containers: [{name: c, \
             image: j, args: [y, z], ports: [{containerPort: 1}]}]}}}}",
        );
        let applied = object("{kind: Deployment, spec: {replicas: 2, template: {spec: {containers: [{name: c, env: [{name: A}]}]}}}}");
        settle(&mut live, &other, Some(&applied));
        let expected = object(
            "{apiVersion: apps/v1, kind: Deployment, metadata: {name: a, labels: {a: b}}, spec: {replicas: 1, template: {spec: \
             {containers: [{name: c, image: i, args: [x], env: [{name: A}], ports: [{containerPort: 1}]}]}}}}",
        );
        assert!(live.is_same(&expected), "{}", yaml::write(&live));
    }

    #[test]
    fn an_object_is_live_that_an_api_server_gave() {
        assert!(Live::of(&object("{kind: A, metadata: {name: a, generation: 1}}")).is_none());
        assert!(Live::of(&object("{kind: A, metadata: {uid: a}}")).is_some_and(|live| live.applied.is_none()));
        let live = Live::of(&object(&format!("{{kind: A, metadata: {{uid: a, annotations: {{{LAST_APPLIED}: '{{\"kind\": \"A\"}}'}}}}}}")));
        assert_eq!(live.unwrap().applied.unwrap().text(&["kind"]), Some("A"));
    }
}

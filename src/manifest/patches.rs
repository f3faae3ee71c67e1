//! Patches of the user's: changes of rendered objects, before anything is checked.

mod labels;
mod operations;
mod strategic;
mod target;

use std::borrow::Cow;
use std::collections::BTreeSet;

use crate::error::{Diagnostic, code};
use crate::kubernetes::{Manifest, Secrecy};
use crate::schema::{Schema, nearest};
use crate::yaml::{self, Data, Entry, Node, Origin};
use target::Target;

/// The name by which a target means the template for pods of tasks.
const TASK_POD: &str = "pod-template";

/// Why a patch cannot be applied.
#[derive(Debug)]
pub struct Fault {
    /// Where in the values.
    pub origin: Option<Origin>,
    /// What is wrong.
    pub error: Diagnostic,
}

/// A part of a patch that cannot be done.
pub struct Refused {
    origin: Option<Origin>,
    what: String,
}

impl Refused {
    fn at(node: &Node, what: String) -> Self {
        Self { origin: node.origin, what }
    }
}

/// Applies patches one after the other.
///
/// # Errors
///
/// Everything that cannot be applied: a target that matches nothing, an operation that cannot be done.
pub fn patch(manifests: &mut Vec<Manifest>, patches: &[Node]) -> Result<(), Vec<Fault>> {
    let mut faults = Vec::new();
    for (index, entry) in patches.iter().enumerate() {
        match Patch::of(index, entry) {
            Ok(patch) => patch.apply(manifests, &mut faults),
            Err(fault) => faults.push(*fault),
        }
    }
    // Whether a patch brought what the Secret has, nobody asks.
    for manifest in manifests.iter_mut().filter(|manifest| !manifest.patches.is_empty() && manifest.is_filled_secret()) {
        manifest.secrecy = Secrecy::Real;
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// A patch, and whom it is meant for.
struct Patch<'p> {
    index: usize,
    /// How messages name it.
    key: String,
    origin: Option<Origin>,
    target: Node,
    /// A map or a list.
    body: Cow<'p, Node>,
}

impl<'p> Patch<'p> {
    fn of(index: usize, entry: &'p Node) -> Result<Self, Box<Fault>> {
        let key = format!("patches[{index}]");
        let said = entry.get("patch").unwrap_or(entry);
        let wrong = |what: &str| {
            Box::new(Fault { origin: said.origin, error: Diagnostic::new(format!("`{key}.patch` {what}")).coded(code::PATCH) })
        };
        let body = match &said.data {
            Data::String(text) => {
                let documents = yaml::read(text, 0).map_err(|_| wrong("must be YAML"))?;
                let [document] = <[Node; 1]>::try_from(documents).map_err(|_| wrong("must be one document of YAML"))?;
                Cow::Owned(document.unwritten())
            }
            _ => Cow::Borrowed(said),
        };
        let target = entry.get("target").filter(|target| !target.says_nothing());
        let body = if target.is_some() { without_heading(body) } else { body };
        if body.as_map().is_none() && body.as_list().is_none() {
            return Err(wrong("must be a map to be merged, or a list of operations"));
        }
        let target = match target {
            Some(target) => target.clone(),
            None => own_target(&body).ok_or_else(|| {
                let error = Diagnostic::new(format!("`{key}` lacks its `target`")).coded(code::PATCH);
                let help = "say which objects it changes: `target: {kind: Deployment, name: airflow-scheduler}`";
                Box::new(Fault { origin: entry.origin, error: error.help(help) })
            })?,
        };
        Ok(Self { index, key, origin: said.origin, target, body })
    }

    fn apply(&self, manifests: &mut Vec<Manifest>, faults: &mut Vec<Fault>) {
        let target = Target::of(&self.target);
        let mut found = false;
        let mut gone = Vec::new();
        for (at, manifest) in manifests.iter_mut().enumerate() {
            if let Some(mut pod) = task_pod(manifest).filter(|pod| target.said("kind").is_some() && target.takes(&named(pod))) {
                found = true;
                match self.change(&mut pod) {
                    Ok(()) => write_back(manifest, &pod),
                    Err(refused) => faults.push(self.fault(refused, "the template for pods of tasks")),
                }
                manifest.patches.push(self.index);
            }
            if !target.takes(&manifest.object) {
                continue;
            }
            found = true;
            if self.body.as_map().is_some() && strategic::deletes(&self.body) {
                gone.push(at);
                continue;
            }
            let name = format!("the {} `{}`", manifest.kind(), manifest.name());
            if let Err(refused) = self.change(&mut manifest.object) {
                faults.push(self.fault(refused, &name));
            }
            manifest.patches.push(self.index);
        }
        gone.into_iter().rev().for_each(|at| drop(manifests.remove(at)));
        if !found {
            faults.push(self.unmatched(&target, manifests));
        }
    }

    /// Changes an object, but not what it is; what cannot be changed whole stays as it was.
    fn change(&self, object: &mut Node) -> Result<(), Refused> {
        let mut changed = object.clone();
        self.change_in_place(&mut changed)?;
        *object = changed;
        Ok(())
    }

    fn change_in_place(&self, object: &mut Node) -> Result<(), Refused> {
        let identity = |object: &Node| {
            let text = |path: &[&str]| object.text(path).unwrap_or_default().to_owned();
            [text(&["apiVersion"]), text(&["kind"]), text(&["metadata", "name"]), text(&["metadata", "namespace"])]
        };
        let before = identity(object);
        match &self.body.data {
            Data::List(operations) => operations::apply(object, operations)?,
            _ => strategic::merge(object, &self.body, Schema::of_kind(&before[0], &before[1]))?,
        }
        let after = identity(object);
        let keys = ["apiVersion", "kind", "metadata.name", "metadata.namespace"];
        match keys.iter().zip(before.iter().zip(&after)).find(|(_, (before, after))| before != after) {
            None => Ok(()),
            Some((key, (before, after))) => {
                let what = format!("a patch does not change what an object is: its `{key}` is `{before}`, and not `{after}`");
                Err(Refused { origin: self.origin, what })
            }
        }
    }

    fn fault(&self, Refused { origin, what }: Refused, object: &str) -> Fault {
        let error = Diagnostic::new(format!("`{}` cannot be applied to {object}: {what}", self.key)).coded(code::PATCH);
        Fault { origin: origin.or(self.origin), error }
    }

    fn unmatched(&self, target: &Target<'_>, manifests: &[Manifest]) -> Fault {
        let error = Diagnostic::new(format!("`{}.target` finds no object", self.key)).coded(code::PATCH);
        let likely = ["name", "kind", "namespace"].into_iter().find_map(|key| {
            let fact = |manifest: &Manifest| match key {
                "name" => manifest.name().to_owned(),
                "kind" => manifest.kind().to_owned(),
                _ => manifest.namespace().to_owned(),
            };
            let others = manifests.iter().filter(|manifest| target.takes_but(&manifest.object, key));
            let others: BTreeSet<String> = others.map(fact).collect();
            let near = nearest(target.said(key)?, others.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
            let few = (!others.is_empty() && others.len() <= 16)
                .then(|| format!("the {key}s are {}", others.iter().map(|one| format!("`{one}`")).collect::<Vec<_>>().join(", ")));
            near.or(few)
        });
        let error = Diagnostic { help: likely, ..error };
        Fault { origin: self.target.origin.or(self.origin), error }
    }
}

/// A map without what it says that it is of, where it says the kind and the name: beside a target they do not count.
fn without_heading(body: Cow<'_, Node>) -> Cow<'_, Node> {
    if body.text(&["kind"]).is_none() || body.text(&["metadata", "name"]).is_none() {
        return body;
    }
    let mut body = body.into_owned();
    if let Data::Map(entries) = &mut body.data {
        entries.retain(|key, _| !["apiVersion", "kind"].contains(&key.as_str()));
        if let Some(Data::Map(metadata)) = entries.get_mut("metadata").map(|entry| &mut entry.value.data) {
            metadata.retain(|key, _| !["name", "namespace"].contains(&key.as_str()));
        }
    }
    Cow::Owned(body)
}

/// The target that a map names itself.
fn own_target(body: &Node) -> Option<Node> {
    let text = |path: &[&str]| body.text(path).map(|text| Node::new(Data::String(text.to_owned())));
    let api = body.text(&["apiVersion"]).unwrap_or_default();
    let group = api.rsplit_once('/').map(|(group, _)| Node::new(Data::String(group.to_owned())));
    let keys = [
        ("group", group),
        ("kind", Some(text(&["kind"])?)),
        ("name", Some(text(&["metadata", "name"])?)),
        ("namespace", text(&["metadata", "namespace"])),
    ];
    let entry = |(key, value): (&str, Option<Node>)| Some((key.to_owned(), Entry { key: None, value: value? }));
    Some(Node { data: Data::Map(keys.into_iter().filter_map(entry).collect()), origin: body.origin })
}

/// The template for pods of tasks, if it is text in a config map.
fn task_pod(manifest: &Manifest) -> Option<Node> {
    manifest.task_pod().map(Node::unwritten)
}

/// A pod under the name that targets have for it.
fn named(pod: &Node) -> Node {
    let mut pod = pod.clone();
    if let Some(Data::Map(metadata)) = pod.at_mut(&["metadata"]).map(|node| &mut node.data) {
        metadata.insert("name".to_owned(), Entry { key: None, value: Node::new(Data::String(TASK_POD.to_owned())) });
    }
    pod
}

/// Writes the template back into its config map.
fn write_back(manifest: &mut Manifest, pod: &Node) {
    if let Some(node) = manifest.object.at_mut(&["data", crate::kubernetes::TASK_POD]) {
        node.data = Data::String(yaml::write(pod));
    }
}

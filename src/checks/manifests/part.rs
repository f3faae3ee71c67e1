//! Faults of form in a manifest: which container they are in, and what stands there.

use crate::checks::Findings;
use crate::checks::finding::Finding;
use crate::kubernetes::Manifest;
use crate::schema::{self, Fault, Path, Step};
use crate::yaml::Node;

/// Tells a fault of form in an object of a manifest, or in a text that one of its keys holds. In a container the path begins
/// there, so that the same fault of several containers is one.
pub(super) fn tell<'f>(
    found: &'f mut Findings,
    manifest: &Manifest,
    object: &Node,
    within: &str,
    wrong: &schema::Finding,
) -> &'f mut Finding {
    let (container, rest) = container(object, &wrong.path);
    let fault = format!("{within}{}", wrong.fault.title(&rest.to_string()));
    let finding = match container {
        Some(name) => found.in_container(manifest, name, fault),
        None => found.in_manifest(manifest, fault),
    };
    finding.help = wrong.fault.help();
    let last = rest.0.iter().rev().find_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None });
    let Some(last) = last else { return finding };
    for (key, text) in wrong.fault.about() {
        finding.hint(text, key);
    }
    if matches!(rest.0.last(), Some(Step::Key(_))) {
        finding.hint(last, last);
    }
    // The value tells the places of a key apart that may stand in several.
    let is_a_key = matches!(wrong.fault, Fault::Later { .. } | Fault::Gated { .. });
    if let Some(text) = wrong.path.get(object).map(Node::scalar).filter(|text| !text.is_empty() && (is_a_key || !wrong.fault.is_of_key())) {
        finding.of_text(&text, last);
    }
    if wrong.fault.is_of_key() { finding.of_text(last, last) } else { finding }
}

/// The name of the container that a path leads into, and the path from there.
fn container<'n>(object: &'n Node, path: &Path) -> (Option<&'n str>, Path) {
    let is_list = |step: &Step| matches!(step, Step::Key(key) if key == "containers" || key == "initContainers");
    let Some(at) = path.0.iter().position(is_list).filter(|at| matches!(path.0.get(at + 1), Some(Step::Index(_)))) else {
        return (None, path.clone());
    };
    let (to, rest) = path.0.split_at(at + 2);
    let name = Path(to.to_vec()).get(object).and_then(|container| container.text(&["name"]));
    if name.is_some() && !rest.is_empty() { (name, Path(rest.to_vec())) } else { (None, path.clone()) }
}

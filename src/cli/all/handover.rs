//! By what Argo CD or Flux hears of the directories of environments: each has its own, and that names its directory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path};

use crate::error::{Diagnostic, Severity, code};
use crate::fleet::Environment;
use crate::kubernetes::Manifest;
use crate::layers::Given;
use crate::source::Text;
use crate::yaml::{self, Node};

/// An Application of Argo CD or a Kustomization of Flux, as far as environments differ in it.
#[derive(Clone, Debug)]
pub struct Handover {
    kind: String,
    /// Its namespace and name.
    name: String,
    /// Where the manifests are, and the path there.
    source: [Option<String>; 3],
    path: String,
}

/// Of each environment that was rendered, what it has of them.
pub type Handed<'e> = BTreeMap<&'e str, Vec<Handover>>;

impl Handover {
    /// Those among manifests.
    pub fn among(manifests: &[Manifest]) -> Vec<Self> {
        manifests.iter().filter(|manifest| manifest.is_handover()).map(|manifest| Self::of(&manifest.object)).collect()
    }

    fn of(object: &Node) -> Self {
        let text = |path: &[&str]| object.text(path).unwrap_or_default();
        let sources: [&[&str]; 3] = [&["spec", "source"], &["spec", "sourceRef"], &["spec", "path"]];
        Self {
            kind: text(&["kind"]).to_owned(),
            name: format!("{}/{}", text(&["metadata", "namespace"]), text(&["metadata", "name"])),
            source: sources.map(|path| object.at(path).map(yaml::write)),
            path: object.text(&["spec", "source", "path"]).unwrap_or(text(&["spec", "path"])).to_owned(),
        }
    }

    /// Those of an environment that was written by another run.
    fn written(environment: &Environment) -> Vec<Self> {
        let read = |path: &str| {
            let text = Text::read(Some(&environment.out.join(environment.style.format.path(path)))).ok()?;
            yaml::read(text.decoded().ok()?, 0).ok()?.first().map(Self::of)
        };
        ["argocd/argocd-application.yaml", "flux/flux-kustomization.yaml"].into_iter().filter_map(read).collect()
    }

    /// The key of the values that says its path.
    fn key(&self) -> &'static str {
        if self.kind == "Application" { "argocd.application.path" } else { "flux.kustomization.path" }
    }

    /// What is told of one whose path is another directory than that of its environment. The list stands in a folder, of which nobody knows
    /// what is above it in the repository; and a directory may be the top of another repository.
    pub fn elsewhere(&self, environment: &Environment, folder: &Path, given: Option<&Given>) -> Option<Diagnostic> {
        let (path, out) = (plain(Path::new(&self.path)), plain(environment.out.strip_prefix(folder).unwrap_or(&environment.out)));
        if path.ends_with(&out) || out.ends_with(&path) {
            return None;
        }
        let title = format!("`{}` is not the directory of the environment", self.key());
        let told = Diagnostic { severity: Severity::Warning, ..Diagnostic::new(title).coded(code::HANDOVER_ELSEWHERE) };
        let told = told.at(given.and_then(|given| given.place(&self.key().into())), "another directory");
        let told = told.note(format!("the manifests are in `{}`", environment.out.display()));
        Some(told.help("say the path among the values of the environment, as `out` does, from the top of the repository"))
    }
}

/// The parts of a path, but for what leads out of where it begins.
fn plain(path: &Path) -> Vec<String> {
    let mut parts = Vec::new();
    for component in path.components() {
        match component {
            Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
            Component::ParentDir => drop(parts.pop()),
            _ => {}
        }
    }
    parts
}

/// What is told of environments that have an object of one name, and which they are. Of those that were not rendered it is as it was
/// written.
pub fn shared(environments: &[Environment], handed: &Handed<'_>) -> (Vec<Diagnostic>, BTreeSet<String>) {
    let mut by_object: BTreeMap<(String, String), Vec<(&str, Handover)>> = BTreeMap::new();
    if handed.values().any(|handovers| !handovers.is_empty()) {
        for environment in environments {
            let name = environment.name.as_str();
            let handovers = handed.get(name).cloned().unwrap_or_else(|| Handover::written(environment));
            for handover in handovers {
                by_object.entry((handover.kind.clone(), handover.name.clone())).or_default().push((name, handover));
            }
        }
    }
    let is_shared = |of: &Vec<(&str, Handover)>| of.len() > 1 && of.iter().any(|(name, _)| handed.contains_key(name));
    let several: Vec<_> = by_object.into_values().filter(is_shared).collect();
    let names = several.iter().flatten().map(|(name, _)| (*name).to_owned()).collect();
    (several.iter().map(|of| of_one_name(of)).collect(), names)
}

fn of_one_name(of: &[(&str, Handover)]) -> Diagnostic {
    const MOST: usize = 5;
    let Handover { kind, name, .. } = &of[0].1;
    let listed = of.iter().take(MOST).map(|(name, _)| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let more = if of.len() > MOST { format!(" and {} more", of.len() - MOST) } else { String::new() };
    let title = format!("{} environments have one {kind}, `{name}`: {listed}{more}", of.len());
    let told = Diagnostic::new(title).coded(code::HANDOVER_SHARED);
    let mut sources = BTreeSet::new();
    let (told, own) = if let Some((_, Handover { path, .. })) = of.iter().find(|(_, handover)| !sources.insert(&handover.source)) {
        (told.note(format!("several of them have the path `{path}`: all but one are applied by nobody")), "its own `name` and `path`")
    } else {
        let told = Diagnostic { severity: Severity::Warning, ..told };
        (told.note("where they come to one cluster, the one that is applied last takes the place of the others"), "its own `name`")
    };
    let handover = of[0].1.key().trim_end_matches(".path");
    told.help(format!("give each {own}, as keys of `{handover}` among its values in `gen.yaml`"))
}

//! What rules find.

use std::fmt;

use super::{Level, Rule};
use crate::error::Severity;
use crate::intake;
use crate::kubernetes::Manifest;
use crate::schema::Path;
use crate::source::MASK;
use crate::yaml::{Node, Origin};

/// Something that a rule found.
#[derive(Debug)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// Whether it stops the run.
    pub severity: Severity,
    /// The key of the values that it is about, if it is about one.
    pub key: Option<Path>,
    /// Where it is in an object that the user gives whole.
    pub origin: Option<Origin>,
    /// What is wrong.
    pub title: String,
    /// What stands beside the caret.
    pub label: String,
    /// Facts that explain it.
    pub notes: Vec<String>,
    /// What to do.
    pub help: Option<String>,
    /// What is wrong in manifests, if it was found there.
    pub manifests: Option<InManifests>,
}

/// A fault in manifests, once for all places that have it.
#[derive(Debug)]
pub struct InManifests {
    /// The fault, without its place.
    pub fault: String,
    /// The places.
    pub places: Vec<String>,
    /// Texts of the manifest that are wrong, each with the key that it stands at there, the best first: the values may have one.
    pub texts: Vec<(String, String)>,
    /// The same of what many places may have: they count in the part of the values that it comes from.
    pub hints: Vec<(String, String)>,
}

impl Finding {
    /// Whether it is about a key that has no effect beside what else is said, and does no harm.
    #[must_use]
    pub fn is_of_useless_key(&self) -> bool {
        USELESS.contains(&self.rule.name)
    }

    /// Whether it is about an object that others provide: its title is the object.
    #[must_use]
    pub fn is_of_others(&self) -> bool {
        self.rule.level == Level::Note
    }

    /// Adds a fact that explains it.
    pub(super) fn note(&mut self, note: impl Into<String>) -> &mut Self {
        self.notes.push(note.into());
        self
    }

    /// Says where in its manifest it is, which counts if the user gives that whole.
    pub(super) fn within(&mut self, manifest: &Manifest, path: &Path) -> &mut Self {
        let (node, entry) = path.find(&manifest.object);
        self.origin = manifest.given.map(|given| entry.and_then(|entry| entry.key).or(node.origin).unwrap_or(given));
        self
    }

    /// Says which node of its manifest it is about, which counts if the user gives that whole.
    pub(super) fn at_node(&mut self, manifest: &Manifest, node: &Node) -> &mut Self {
        self.origin = manifest.given.map(|given| node.origin.unwrap_or(given));
        self
    }

    /// Says what to do of two keys that exclude each other.
    pub(super) fn drop_one(&mut self) -> &mut Self {
        self.help("drop one of the two; `null` drops a key that another file sets")
    }

    /// Says what to do.
    pub(super) fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Says which text of the manifest is wrong, and the key that it stands at there; another one, if the values do not have
    /// what was said before.
    pub(super) fn of_text(&mut self, text: &str, key: &str) -> &mut Self {
        if let Some(manifests) = &mut self.manifests {
            let text = (text.to_owned(), key.to_owned());
            if !manifests.texts.contains(&text) {
                manifests.texts.push(text);
            }
        }
        self
    }

    /// Says which text stands where it is wrong, and the key that it stands at there, where others may stand elsewhere.
    pub(super) fn hint(&mut self, text: &str, key: &str) -> &mut Self {
        if let Some(manifests) = &mut self.manifests {
            manifests.hints.push((text.to_owned(), key.to_owned()));
        }
        self
    }

    /// It in words, without passwords that are quoted.
    fn told(self) -> Self {
        let told = self.with_places();
        Self { title: without_secrets(&told.title), ..told }
    }

    /// Puts the places of a fault in manifests into words.
    fn with_places(mut self) -> Self {
        let Some(InManifests { fault, places, .. }) = &self.manifests else { return self };
        match places.as_slice() {
            [] => self.title.clone_from(fault),
            [place] => self.title = format!("{place}: {fault}"),
            // A fault about a subject of its own.
            several if !fault.starts_with("it ") => {
                self.title = format!("in {} places: {fault}", several.len());
                self.notes.insert(0, listed(several));
            }
            [first, others @ ..] => {
                self.title = format!("{first} and {} more: {fault}", others.len());
                self.notes.insert(0, format!("the same is in {}", listed(others)));
            }
        }
        self
    }
}

/// A sentence in which nothing that is quoted is a password.
fn without_secrets(sentence: &str) -> String {
    let parts = sentence.split('`').enumerate();
    let shown: Vec<&str> = parts.map(|(index, part)| if index % 2 == 1 && intake::has_secret(part) { MASK } else { part }).collect();
    shown.join("`")
}

/// Places, up to a number of them.
fn listed(places: &[String]) -> String {
    let named = places.iter().take(MOST_PLACES).cloned().collect::<Vec<_>>().join("; ");
    if places.len() > MOST_PLACES { format!("{named}; and {} more", places.len() - MOST_PLACES) } else { named }
}

/// The object and its file; the pod of a task need not have a name.
fn place(manifest: &Manifest) -> String {
    let name = Some(manifest.name()).filter(|name| !name.is_empty()).map(|name| format!(" `{name}`")).unwrap_or_default();
    format!("{}{name} in `{}`", manifest.kind(), manifest.path)
}

/// The patches that changed an object, a sentence each.
fn patched(manifest: &Manifest) -> impl Iterator<Item = String> {
    manifest.patches.iter().map(|index| format!("`patches[{index}]` changes this object"))
}

/// The rules about keys that have no effect beside what else is said, and that may be left out.
const USELESS: [&str; 2] = ["pods-that-nobody-makes", "replicas-beside-autoscaler"];

/// The most places of one fault that are named.
const MOST_PLACES: usize = 3;

/// What rules have found so far, one after the other.
#[derive(Debug)]
pub(super) struct Findings {
    rule: &'static Rule,
    severity: Severity,
    list: Vec<Finding>,
}

impl Findings {
    /// No findings yet; the next ones are this rule's.
    pub fn new(rule: &'static Rule, severity: Severity) -> Self {
        Self { rule, severity, list: Vec::new() }
    }

    /// The next findings are this rule's.
    pub fn of(&mut self, rule: &'static Rule, severity: Severity) -> &mut Self {
        (self.rule, self.severity) = (rule, severity);
        self
    }

    /// A fault in a value.
    pub fn in_value(&mut self, key: impl Into<Path>, title: impl Into<String>, label: impl Into<String>) -> &mut Finding {
        self.add(Some(key.into()), title.into(), label.into(), None)
    }

    /// A fault in a manifest.
    pub fn in_manifest(&mut self, manifest: &Manifest, fault: impl fmt::Display) -> &mut Finding {
        self.at(manifest, place(manifest), fault.to_string())
    }

    /// A fault in a container.
    pub fn in_container(&mut self, manifest: &Manifest, container: &str, fault: impl fmt::Display) -> &mut Finding {
        self.at(manifest, format!("{}, container `{container}`", place(manifest)), fault.to_string())
    }

    /// Something about all manifests together.
    pub fn in_all(&mut self, fault: impl fmt::Display) -> &mut Finding {
        let manifests = InManifests { fault: fault.to_string(), places: Vec::new(), texts: Vec::new(), hints: Vec::new() };
        self.add(None, String::new(), String::new(), Some(manifests))
    }

    /// A fault at a place of the manifests. The same one at several places is one, but in an object that the user gives whole.
    fn at(&mut self, manifest: &Manifest, place: String, fault: String) -> &mut Finding {
        let is_same = |finding: &Finding| {
            std::ptr::eq(finding.rule, self.rule)
                && finding.origin.is_none()
                && finding.manifests.as_ref().is_some_and(|manifests| manifests.fault == fault)
        };
        let same = if manifest.given.is_none() { self.list.iter().position(is_same) } else { None };
        let at = same.unwrap_or_else(|| {
            let manifests = InManifests { fault, places: Vec::new(), texts: Vec::new(), hints: Vec::new() };
            self.add(None, String::new(), String::new(), Some(manifests)).origin = manifest.given;
            self.list.len() - 1
        });
        let finding = &mut self.list[at];
        if let Some(manifests) = &mut finding.manifests
            && !manifests.places.contains(&place)
        {
            manifests.places.push(place);
        }
        finding.notes.clear();
        finding.notes.extend(patched(manifest));
        finding
    }

    fn add(&mut self, key: Option<Path>, title: String, label: String, manifests: Option<InManifests>) -> &mut Finding {
        let Self { rule, severity, .. } = *self;
        let last = self.list.len();
        self.list.push(Finding { rule, severity, key, origin: None, title, label, notes: Vec::new(), help: None, manifests });
        &mut self.list[last]
    }

    /// All of them.
    pub fn list(self) -> Vec<Finding> {
        self.list.into_iter().map(Finding::told).collect()
    }
}

//! Questions about values, once they are typed.

use crate::error::{Diagnostic, Severity, code};
use crate::schema::{Path, Step, is_text_with_secrets, sources_of};
use crate::source::{Place, Sources};
use crate::values::{AirflowVersion, Edition, Values};
use crate::yaml::{Data, Node, Origin};

use super::explain::refused;
use super::merged::typed;
use super::secrets::masked;
use super::{changed, editions, helm, schema};

/// Where a key was written, what the user says, and what is to be told of it.
#[derive(Debug)]
pub struct Given {
    pub(super) sources: Sources,
    /// What the user says.
    pub(super) said: Node,
    /// The same on top of the edition's defaults, with Go templates resolved and secrets read.
    pub(super) whole: Node,
    /// Whether secrets were read from elsewhere.
    pub(super) outside: bool,
    /// The keys that do not exist.
    pub(super) unknown: Vec<Path>,
    /// The Go templates that were resolved, if there were any.
    pub(super) templates: Option<Templates>,
    /// The keys of another chart that stand for others.
    pub(super) translated: Vec<(Path, Vec<String>)>,
    /// The keys that nobody reads, and what is told of each.
    pub(super) ignored: Vec<(Path, Diagnostic)>,
    /// What is wrong with it, and what deserves a look.
    pub(super) told: Vec<Diagnostic>,
    /// The keys that have their defaults since something was wrong with them.
    pub(super) mended: Vec<Path>,
}

/// Values whose Go templates are not resolved yet.
#[derive(Debug)]
pub struct Templates {
    /// The values, without the keys that do not exist.
    pub tree: Node,
    /// What the templates see.
    pub values: Node,
}

impl Given {
    /// Where the value of a key was written; `None` if nobody wrote it. A text that may have secrets in it is hidden.
    #[must_use]
    pub fn place(&self, path: &Path) -> Option<Place> {
        let place = self.sources.place(path.get(&self.whole)?.origin);
        let is_text = matches!(path.0.last(), Some(Step::Key(key)) if is_text_with_secrets(key));
        if is_text { place.map(|place| place.hidden()) } else { place }
    }

    /// The place that an origin within the values stands for.
    #[must_use]
    pub fn place_of(&self, origin: Option<Origin>) -> Option<Place> {
        self.sources.place(origin)
    }

    /// What the user says, without any defaults.
    #[must_use]
    pub fn said(&self) -> &Node {
        &self.said
    }

    /// What is in force: what the user says, and the default of every other key.
    #[must_use]
    pub fn whole(&self) -> &Node {
        &self.whole
    }

    /// The keys and items at the end of a path that the user wrote.
    pub(crate) fn parts(&self, path: &Path) -> Vec<Path> {
        let below = |step| Path(path.0.iter().cloned().chain([step]).collect());
        match path.get(&self.whole).map(|node| &node.data) {
            Some(Data::Map(entries)) => {
                let written = entries.iter().filter(|(_, entry)| entry.key.is_some());
                written.map(|(key, _)| below(Step::Key(key.clone()))).collect()
            }
            Some(Data::List(items)) => (0..items.len()).map(|index| below(Step::Index(index))).collect(),
            _ => Vec::new(),
        }
    }

    /// The values without some of what the user says, all of it of one map or list: a key has its default, an item is gone. Nothing,
    /// if there are no such values.
    pub(crate) fn without(&self, parts: &[Path], edition: Edition) -> Option<(Box<Values>, Self)> {
        let (mut whole, defaults) = (self.whole.clone(), editions::defaults(edition));
        for part in parts.iter().rev() {
            part.put(&mut whole, part.get(&defaults).filter(|_| matches!(part.0.last(), Some(Step::Key(_)))).cloned());
        }
        let is_legal = refused(&whole).is_empty();
        let values = if is_legal { typed(&whole).ok() } else { None };
        let (sources, said) = (self.sources.clone(), Node::new(Data::Null));
        let (unknown, translated, ignored, told, mended) = Default::default();
        let templates = None;
        let given = Self { sources, said, whole, outside: self.outside, unknown, templates, translated, ignored, told, mended };
        values.map(|values| (values, given))
    }

    /// Where a key was written, or an item by its name. Of a text of YAML all is hidden.
    pub(crate) fn place_of_part(&self, path: &Path) -> Option<Place> {
        let (node, entry) = path.find(&self.whole);
        let key = entry.and_then(|entry| entry.key);
        match &node.data {
            Data::Map(_) | Data::List(_) => self.sources.place(node.get("name").and_then(|name| name.origin).or(key).or(node.origin)),
            Data::String(text) if text.contains('\n') => self.place(path).map(|place| place.hidden()),
            _ => self.place(path),
        }
    }

    /// The keys whose values a text of a manifest may come from, which stands at the given key there, and the place of the text: the
    /// user wrote the same text, or a text of YAML that has it, or a key of that name. There are several, if they fit equally well.
    #[must_use]
    pub fn sources_of(&self, text: &str, key: &str) -> Vec<(Path, Option<Place>)> {
        sources_of(&self.whole, &self.sources, text, key)
    }

    /// The same within a part of the values.
    pub(crate) fn source_within(&self, part: &Path, text: &str, key: &str) -> Option<(Path, Option<Place>)> {
        let (below, place) = sources_of(part.get(&self.whole)?, &self.sources, text, key).into_iter().next()?;
        Some((Path(part.0.iter().cloned().chain(below.0).collect()), place))
    }

    /// What is in force and differs from its default, with `***` in the place of what may be a secret.
    #[must_use]
    pub fn changed(&self, edition: Edition) -> Node {
        let mut shown = self.masked();
        changed::keep(&mut shown, &self.whole, &editions::defaults(edition));
        shown
    }

    /// Where a value comes from: the file and line, the option of the command line, or the default.
    #[must_use]
    pub fn comes_from(&self, node: &Node) -> String {
        match self.sources.place(node.origin) {
            Some(place) if place.source.name.starts_with("--") => place.source.name.clone(),
            Some(place) => format!("{}:{}", place.source.name, place.line_and_column().0),
            None => "default".to_owned(),
        }
    }

    /// What is in force, with `***` in the place of what may be a secret.
    #[must_use]
    pub fn masked(&self) -> Node {
        let mut shown = masked::masked(&self.whole, &[]);
        if let Some(Templates { tree, values }) = &self.templates {
            let mut of_masked = tree.clone();
            helm::resolve(&mut of_masked, &masked::masked(values, &self.unknown), schema());
            masked::lay_over(&mut shown, &self.whole, &of_masked);
        }
        shown
    }

    /// Whether the user says nothing that may be a secret, or where one is.
    #[must_use]
    pub fn is_open(&self) -> bool {
        !self.outside && masked::masked(&self.said, &self.unknown).is_same(&self.said)
    }

    /// A note about the version of Airflow, if nobody said one: neither as such, nor by the image.
    #[must_use]
    pub fn chosen_version(&self, version: &str) -> Option<Diagnostic> {
        let says = |key: &[&str]| self.said.at(key).is_some_and(|node| !node.says_nothing());
        if VERSION.iter().any(|key| says(key)) {
            return None;
        }
        let note = Diagnostic {
            severity: Severity::Note,
            ..Diagnostic::new(format!("the manifests are for Airflow {version}: the values say no version")).coded(code::CHOSEN_VERSION)
        };
        Some(note.help(format!("say the one that you run: `airflowVersion: {version}`")))
    }

    /// A note about a version of Airflow that is newer than those that gen knows.
    #[must_use]
    pub fn newer_version(&self, version: &AirflowVersion) -> Option<Diagnostic> {
        let newest = version.known().beyond()?;
        let note = Diagnostic {
            severity: Severity::Note,
            ..Diagnostic::new(format!("gen knows Airflow up to {newest}, and not {}", version.as_str())).coded(code::NEWER_VERSION)
        };
        let note = note.at(self.place(&"airflowVersion".into()), "a newer version");
        Some(note.note("its options are not checked, and what it needs besides may be missing").help("look for a newer gen"))
    }

    /// The keys of another chart that stand for others here, each with what takes its place.
    pub(crate) fn translated(&self) -> &[(Path, Vec<String>)] {
        &self.translated
    }

    /// The keys that nobody reads, and what is told of each.
    pub(crate) fn ignored(&self) -> &[(Path, Diagnostic)] {
        &self.ignored
    }

    /// What is wrong with the values by themselves, and what deserves a look.
    #[must_use]
    pub fn told(&self) -> &[Diagnostic] {
        &self.told
    }

    /// Whether what is found about a key may come from what is wrong with the values: something else stands there, above or
    /// below it now, or nobody wrote it.
    #[must_use]
    pub fn is_doubtful(&self, key: Option<&Path>) -> bool {
        let Some(key) = key.filter(|key| self.place(key).is_some()) else { return !self.mended.is_empty() };
        self.mended.iter().any(|path| path.covers(key) || key.covers(path) || decides(path))
    }
}

/// Keys that say a version of Airflow.
const VERSION: [&[&str]; 5] = [
    &["airflowVersion"],
    &["defaultAirflowTag"],
    &["defaultAirflowDigest"],
    &["images", "airflow", "tag"],
    &["images", "airflow", "digest"],
];

/// Whether a key decides which others have an effect.
pub(crate) fn decides(path: &Path) -> bool {
    DECIDING.contains(&path.to_string().as_str())
}

/// Keys that decide which others have an effect.
const DECIDING: [&str; 3] = ["airflowVersion", "executor", "delivery"];

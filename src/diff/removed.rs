//! What is not there any more, for whoever deletes it.

use super::left::holds_data;
use super::{Comparison, Identity, Object, Sign, What};
use crate::error::{Diagnostic, Severity, code};
use crate::kubernetes::{Manifest, Secrecy, install_position};
use crate::yaml::{Data, Entry, Map, Node};

impl Comparison {
    /// The objects that are gone, in the order in which they are taken down; without those that hold data.
    fn gone(&self) -> Vec<(&Identity, &Object)> {
        let gone = self.objects.iter().filter(|object| is_gone(object)).map(|object| (was(object), object));
        let mut all: Vec<(&Identity, &Object)> = gone.filter(|(identity, _)| !holds_data(identity)).collect();
        all.sort_by(|(one, _), (other, _)| install_position(&other.kind).cmp(&install_position(&one.kind)).then_with(|| one.cmp(other)));
        all
    }

    /// A note about the objects that are gone and hold data, which nobody deletes by a pipe.
    #[must_use]
    pub fn kept_for_their_data(&self) -> Option<Diagnostic> {
        let gone = self.objects.iter().filter(|object| is_gone(object));
        let kept: Vec<&Identity> = gone.map(was).filter(|identity| holds_data(identity)).collect();
        let title = match kept.len() {
            0 => return None,
            1 => "an object that holds data is left out".to_owned(),
            several => format!("{several} objects that hold data are left out"),
        };
        let told = Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::LEFT_BEHIND) };
        let told = kept.iter().map(|one| format!("kubectl delete {}", one.argument(&self.release))).fold(told, Diagnostic::note);
        Some(told.help("delete them by these commands, if the data may go"))
    }
}

/// Whether an object is not there any more, by its name at least.
fn is_gone(object: &Object) -> bool {
    matches!(object.what, What::Is(Sign::Removed) | What::Renamed(_))
}

/// What it was.
fn was(object: &Object) -> &Identity {
    if let What::Renamed(from) = &object.what { from } else { &object.identity }
}

/// The objects that are gone, with as much of them as `kubectl delete -f -` asks for.
#[must_use]
pub fn removed(comparison: &Comparison) -> Vec<Manifest> {
    comparison.gone().into_iter().map(|(identity, object)| minimal(identity, object, &comparison.release)).collect()
}

/// Their names, a line each: `deployment.apps/NAME -n NAMESPACE`, as `xargs kubectl delete` takes them.
#[must_use]
pub fn names(comparison: &Comparison) -> String {
    comparison.gone().into_iter().map(|(identity, _)| identity.argument(&comparison.release) + "\n").collect()
}

fn minimal(identity: &Identity, object: &Object, release: &str) -> Manifest {
    let text = |text: &str| Node::new(Data::String(text.to_owned()));
    let map = |entries: Vec<(&str, Node)>| {
        let entries = entries.into_iter().map(|(key, value)| (key.to_owned(), Entry { key: None, value }));
        Node::new(Data::Map(entries.collect::<Map>()))
    };
    let mut metadata = vec![("name", text(&identity.name))];
    metadata.extend(identity.within(release).map(|namespace| ("namespace", text(namespace))));
    let fields = vec![("apiVersion", text(&object.api_version)), ("kind", text(&identity.kind)), ("metadata", map(metadata))];
    let path = object.file.clone().unwrap_or_default();
    Manifest { path, object: map(fields), secrecy: Secrecy::None, given: None, patches: Vec::new() }
}

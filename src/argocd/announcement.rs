//! What may be said of an Application: the parameters that Argo CD shows, with what they are if nobody says them.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;

use super::application::{Application, FLEET, VALUES};
use super::parameter::{ENVIRONMENT, SET, SET_STRING, VALUES_FILES};
use crate::error::Diagnostic;
use crate::fleet::Fleet;
use crate::layers;
use crate::source::MASK;
use crate::yaml::{Data, Node};

/// A parameter as Argo CD takes it (`ParameterAnnouncement`).
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Announcement {
    name: &'static str,
    title: &'static str,
    tooltip: String,
    required: bool,
    collection_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    array: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    map: Option<BTreeMap<String, String>>,
}

/// The parameters of an Application, and what is wrong with its values as they are. That does not keep them from being shown.
#[must_use]
pub fn announcements(application: &Application) -> (Vec<Announcement>, Vec<Diagnostic>) {
    let mut told = Vec::new();
    let fleet = Path::new(FLEET).exists().then(|| Fleet::read(Path::new(FLEET)));
    let names = match fleet {
        Some(Ok(fleet)) => Some(fleet.environments.into_iter().map(|environment| environment.name).collect::<Vec<_>>()),
        Some(Err(error)) => {
            told.extend(error.diagnostics);
            None
        }
        None => None,
    };
    let has_file = Path::new(VALUES).exists();
    let plain = |name, title, tooltip: &str, collection_type| {
        let tooltip = tooltip.to_owned();
        Announcement { name, title, tooltip, required: false, collection_type, array: None, map: None }
    };
    let environment = names.map(|names| {
        let tooltip = format!("one of {FLEET}: {}", names.join(", "));
        Announcement { required: !has_file, ..plain(ENVIRONMENT, "Environment", &tooltip, "string") }
    });
    let files =
        plain(VALUES_FILES, "Values files", "paths from the folder of the Application; those further down have precedence", "array");
    let files = Announcement { array: Some(application.files().unwrap_or_default()), ..files };
    let set = plain(SET, "Values", "keys and values, as gen --set takes them", "map");
    let in_force = application.said().and_then(|(layers, _)| layers::values(&layers));
    let map = match in_force {
        Ok((values, given)) => scalars(&given.changed(values.edition())),
        Err(error) => {
            told.extend(error.diagnostics);
            BTreeMap::new()
        }
    };
    let set = Announcement { map: Some(map), ..set };
    let strings = plain(SET_STRING, "Values that are strings", "keys and values, as gen --set-string takes them", "map");
    let strings = Announcement { map: Some(BTreeMap::new()), ..strings };
    (environment.into_iter().chain([files, set, strings]).collect(), told)
}

/// What can be said by a key and a text: scalars below keys without dots, no secrets.
fn scalars(values: &Node) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    walk(values, "", &mut found);
    found
}

fn walk(node: &Node, path: &str, found: &mut BTreeMap<String, String>) {
    let is_plain = |key: &str| key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    match &node.data {
        Data::Map(entries) => {
            for (key, entry) in entries.iter().filter(|(key, _)| is_plain(key)) {
                walk(&entry.value, &if path.is_empty() { key.clone() } else { format!("{path}.{key}") }, found);
            }
        }
        Data::List(_) | Data::Null => {}
        _ => {
            let text = node.scalar();
            if !text.is_empty() && text != MASK && !text.contains('\n') {
                found.insert(path.to_owned(), text);
            }
        }
    }
}

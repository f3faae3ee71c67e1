//! The values that pin images: the keys that take a digest, each tried out by rendering.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Pinned;
use super::digests::repository;
use crate::checks::Cluster;
use crate::error::{Diagnostic, Error, Severity, code};
use crate::kubernetes;
use crate::layers::{Layer, has_key};
use crate::values::{Edition, Values};
use crate::yaml;

/// A digest that no image has: where it turns up, a key has an effect.
const TRIED: &str = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";

/// The key of the digest of Airflow's image, where no other key says one.
const OF_AIRFLOW: &str = "defaultAirflowDigest";

/// Values that pin images.
#[derive(Debug)]
pub struct Overlay {
    /// A values file.
    pub text: String,
    /// What no key pins.
    pub told: Vec<Diagnostic>,
}

/// Values that, above these layers, give each image by its digest.
///
/// Which key is whose is not derived again: a digest that stands for none is put at each key that takes one, and the images
/// that change are those of the key.
///
/// # Errors
///
/// As of [`crate::manifests`].
pub fn overlay(layers: &[Layer], cluster: Cluster, edition: Edition, pinned: &Pinned) -> Result<Overlay, Error> {
    let mut pins = Map::new();
    let mut now = images(layers, &pins, cluster)?;
    for key in keys(edition) {
        let is_open = |image: &String| pinned.images.get(image).is_some_and(|by_digest| by_digest != image);
        if !now.iter().any(is_open) {
            break;
        }
        // A key may be one that these values refuse.
        let Ok(tried) = images(layers, &with(&pins, &key, TRIED), cluster) else { continue };
        let Some(digest) = digest(&now, &tried, pinned) else { continue };
        pins = with(&pins, &key, digest);
        now = images(layers, &pins, cluster)?;
    }
    let open: BTreeMap<&String, &String> = now.iter().filter_map(|image| pinned.images.get_key_value(image)).collect();
    let told = open.into_iter().filter(|(image, by_digest)| image != by_digest).map(|(image, by_digest)| unpinned(image, by_digest));
    Ok(Overlay { text: text(&pins), told: told.collect() })
}

/// The keys that take a digest, that of Airflow in general first.
fn keys(edition: Edition) -> Vec<String> {
    let mut found = vec![OF_AIRFLOW.to_owned()];
    let values = serde_json::to_value(Values::default()).expect("values are plain data");
    walk(&values, "", &mut found);
    found.retain(|key| has_key(edition, key));
    found
}

fn walk(value: &Value, path: &str, found: &mut Vec<String>) {
    let Value::Object(entries) = value else { return };
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    if entries.contains_key("digest") && entries.contains_key("repository") {
        found.push(below("digest"));
    }
    entries.iter().for_each(|(key, value)| walk(value, &below(key), found));
}

/// The image of each container with pins.
fn images(layers: &[Layer], pins: &Map<String, Value>, cluster: Cluster) -> Result<Vec<String>, Error> {
    let above = (!pins.is_empty()).then(|| Layer::Text("--digests".to_owned(), text(pins)));
    let layers: Vec<Layer> = layers.iter().cloned().chain(above).collect();
    crate::manifests(&layers, cluster).map(|rendering| kubernetes::images_in_order(&rendering.manifests))
}

/// The digest of the image that a key pins, if it is one, from the same repository as before.
fn digest<'p>(now: &[String], tried: &[String], pinned: &'p Pinned) -> Option<&'p str> {
    if now.len() != tried.len() {
        return None;
    }
    let mut changed = now.iter().zip(tried).filter(|(image, tried)| image != tried);
    let (image, _) = changed.clone().next()?;
    let is_it = changed.all(|(other, tried)| other == image && *tried == format!("{}@{TRIED}", repository(image)));
    pinned.images.get(image).filter(|_| is_it)?.rsplit_once('@').map(|(_, digest)| digest)
}

/// Pins with one more.
fn with(pins: &Map<String, Value>, key: &str, digest: &str) -> Map<String, Value> {
    let mut pins = pins.clone();
    let (parents, last) = key.rsplit_once('.').unwrap_or(("", key));
    let mut at = &mut pins;
    for parent in parents.split('.').filter(|parent| !parent.is_empty()) {
        let below = at.entry(parent).or_insert_with(|| Value::Object(Map::new()));
        at = below.as_object_mut().expect("a key of a digest is no map");
    }
    at.insert(last.to_owned(), Value::String(digest.to_owned()));
    pins
}

/// Pins as a values file.
fn text(pins: &Map<String, Value>) -> String {
    yaml::write(&yaml::plain(pins))
}

/// A warning about an image that no key pins.
fn unpinned(image: &str, by_digest: &str) -> Diagnostic {
    let told = Diagnostic::new(format!("no key pins `{image}`")).coded(code::NOT_DIGESTS);
    let told = told.help(format!("write `{by_digest}` where the values name the image"));
    Diagnostic { severity: Severity::Warning, ..told }
}

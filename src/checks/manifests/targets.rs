//! Where references lead.

use crate::checks::Release;
use crate::kubernetes::{DATA, Manifest, Reference, Set, references};
use crate::schema::Kind;
use crate::yaml::Node;

/// Where a reference leads.
pub(in crate::checks) enum Target<'m> {
    /// To an object of the set; of anyone's, to whichever of several is in its namespace.
    Here(Vec<&'m Manifest>),
    /// To a Secret with these keys, which an ExternalSecret of the set makes.
    Stored(Vec<&'m str>),
    /// To what a controller or the cluster itself makes.
    Elsewhere,
    /// To what others provide.
    Others,
    /// Nowhere.
    Nothing,
}

/// A manifest, with what it cannot do without.
pub(in crate::checks) struct Referrer<'m> {
    /// The manifest, or the pod of a task as if it were one.
    pub manifest: &'m Manifest,
    /// What it refers to, and where each reference leads.
    pub needed: Vec<(Reference<'m>, Target<'m>)>,
}

impl<'m> Referrer<'m> {
    /// A manifest, whose references are looked up once for all rules about them.
    pub fn of(manifest: &'m Manifest, release: &Release<'m>) -> Self {
        // What keys of anyone's own kinds mean, nobody knows.
        let known = (!(release.open && manifest.is_strange())).then_some(&manifest.object);
        let needed = known.map(references).unwrap_or_default().into_iter().filter(|reference| !reference.optional);
        let led = |reference| {
            let target = target(manifest, &reference, release);
            (reference, target)
        };
        Self { manifest, needed: needed.map(led).collect() }
    }
}

/// Where a reference of a manifest leads in a set.
fn target<'m>(manifest: &Manifest, reference: &Reference<'_>, release: &Release<'m>) -> Target<'m> {
    let Reference { kind, name, .. } = *reference;
    let beside = beside(manifest, kind, name, release);
    if !beside.is_empty() {
        Target::Here(beside)
    } else if release.set.named(kind, name).is_some() || is_made(&release.set, kind, name) {
        Target::Elsewhere
    } else if let Some(keys) = stored(&release.set, kind, name) {
        Target::Stored(keys)
    } else if is_built_in(kind, name) {
        Target::Elsewhere
    } else if release.external.iter().any(|known| known.provides(kind, name, None)) {
        Target::Others
    } else {
        Target::Nothing
    }
}

/// The objects of a kind and name that a manifest may mean: of anyone's, whichever are in its namespace.
pub(super) fn beside<'m>(manifest: &Manifest, kind: &str, name: &str, release: &Release<'m>) -> Vec<&'m Manifest> {
    let mut named = release.set.all_named(kind, name);
    if release.open {
        named.retain(|object| Kind::is_of_cluster(kind) || object.may_be_beside(manifest));
    } else {
        named.truncate(1);
    }
    named
}

/// Annotations with which controllers put keys into a Secret or a config map that has some.
const FILLING: [&str; 2] = ["secret-generator.v1.mittwald.de/", "replicator.v1.mittwald.de/"];

/// Whether a controller puts data into an object: it has none, or asks for more, or is the token of an account.
pub(super) fn is_filled_later(object: &Manifest) -> bool {
    let mut annotations = object.object.entries(&["metadata", "annotations"]);
    if annotations.any(|(key, _)| FILLING.iter().any(|prefix| key.starts_with(prefix))) {
        return true;
    }
    let is_token = object.object.text(&["type"]) == Some("kubernetes.io/service-account-token");
    is_token || !DATA.iter().any(|data| object.object.entries(&[data]).next().is_some())
}

/// Whether a controller makes it of an object of the set, without saying what will be in it.
fn is_made(set: &Set<'_>, kind: &str, name: &str) -> bool {
    kind == "StorageClass" && is_class_of_volume(set, name)
        || kind == "Secret" && set.all().iter().any(|one| one.makes_secret(name) && !says_keys(one))
}

/// Whether an object of which a Secret is made says all of its keys.
fn says_keys(maker: &Manifest) -> bool {
    maker.kind() == "ExternalSecret" && maker.object.items(&["spec", "dataFrom"]).is_empty()
}

/// The keys of a Secret that an ExternalSecret of the set makes.
fn stored<'m>(set: &Set<'m>, kind: &str, name: &str) -> Option<Vec<&'m str>> {
    let mut stores = set.of_kind("ExternalSecret").filter(|_| kind == "Secret");
    let spec = stores.find(|store| store.makes_secret(name))?.object.get("spec")?;
    let template = spec.at(&["target", "template", "data"]).and_then(Node::as_map);
    let keys = spec.items(&["data"]).iter().filter_map(|entry| entry.text(&["secretKey"]));
    Some(match template {
        Some(entries) => entries.keys().map(String::as_str).collect(),
        None => keys.collect(),
    })
}

/// Whether a volume of the set has this class: a claim finds it by the name alone, and no such class need exist.
fn is_class_of_volume(set: &Set<'_>, name: &str) -> bool {
    set.of_kind("PersistentVolume").any(|volume| volume.object.text(&["spec", "storageClassName"]) == Some(name))
}

/// What every namespace or cluster has of itself.
fn is_built_in(kind: &str, name: &str) -> bool {
    kind == "ServiceAccount" && name == "default"
        || kind == "PriorityClass" && name.starts_with("system-")
        || kind == "ConfigMap" && name == "kube-root-ca.crt"
        || kind == "ClusterRole" && (name.starts_with("system:") || matches!(name, "admin" | "cluster-admin" | "edit" | "view"))
}

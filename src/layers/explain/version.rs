//! The version of Airflow that values ask for, and the edition that goes with it.

use crate::error::{Diagnostic, code};
use crate::layers::schema;
use crate::source::Sources;
use crate::values::{AirflowVersion, Edition};
use crate::yaml::{Data, Node};

/// The keys that name the image of Airflow's version.
const TAGS: [&[&str]; 2] = [&["defaultAirflowTag"], &["images", "airflow", "tag"]];

/// The edition that the values ask for; and of a version that has none, an error, and the version by which all else is judged.
pub fn edition(sources: &Sources, said: &Node) -> (Edition, Option<(Diagnostic, &'static str)>) {
    let default = AirflowVersion::default().edition();
    let Some(node) = said.get("airflowVersion").filter(|node| !node.is_null()) else { return (default, None) };
    // A number is judged as it stands: quotes alone would lead to the next error.
    let is_number = matches!(node.data, Data::Number(..));
    let text = Node::new(Data::String(node.scalar()));
    let is_version = schema().property("airflowVersion").is_some_and(|schema| schema.check(&text).is_empty());
    // What is no version at all, the schema refuses.
    let Some(version) = text.as_str().filter(|_| is_version && (is_number || node.as_str().is_some())) else { return (default, None) };
    if let Some(edition) = Edition::of_version(version) {
        // That a number needs quotes, the schema says.
        return (if is_number { default } else { edition }, None);
    }
    let error = Diagnostic::new(format!("Airflow {version} is not supported")).coded(code::UNSUPPORTED_VERSION);
    let error = error.at(sources.place(node.origin), "no edition of the manifests for this version");
    let tags: Vec<String> =
        TAGS.iter().filter(|tag| said.text(tag).is_some_and(|text| !text.is_empty())).map(|tag| tag.join(".")).collect();
    let image = match tags.as_slice() {
        _ if said.text(&["images", "airflow", "digest"]).is_some_and(|digest| !digest.is_empty()) => "`images.airflow.digest`".to_owned(),
        [] => String::new(),
        tags => tags.iter().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(" and "),
    };
    let known = Edition::ALL.map(Edition::versions).join(", ");
    let also = if image.is_empty() { "; the image follows it".to_owned() } else { format!(", and {image} to an image of it") };
    let quoted = if is_number { ", in quotes" } else { "" };
    let is_2 = AirflowVersion::major_of(version) == 2;
    let error = if is_2 {
        error.note(
            "a version that does not run yet needs more than new manifests: Airflow migrates its database, and the way back is a backup",
        )
    } else {
        error
    };
    let first = if is_2 { "upgrade with the chart that runs it now; then set" } else { "set" };
    let error =
        error.help(format!("gen has manifests for Airflow {known}: {first} `airflowVersion` to one of these versions{quoted}{also}"));
    (default, Some((error, if is_2 { "2.11.0" } else { "3.2.2" })))
}

/// Says in the values what version all else is judged by, and takes the image of another one away.
pub fn replace(said: &mut Node, version: &str) {
    if let Some(node) = said.at_mut(&["airflowVersion"]) {
        node.data = Data::String(version.to_owned());
    }
    for tag in TAGS {
        if let Some(node) = said.at_mut(tag) {
            node.data = Data::String(String::new());
        }
    }
}

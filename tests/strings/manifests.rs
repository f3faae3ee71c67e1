//! The manifests for values, as an independent YAML reader (libyaml) reads them.

use airflow_gen::error::Error;
use airflow_gen::layers::Layer;
use airflow_gen::output::{Format, stream};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde::Deserialize as _;
use serde_json::Value;

/// Why values give no manifests.
#[derive(Debug)]
pub enum Fault {
    /// The values are refused, with these errors.
    Refused(String),
    /// The stream is none that the reader takes, which must not be.
    Unreadable(String),
}

impl Fault {
    /// Whether the errors name a key.
    pub fn names(&self, key: &str) -> bool {
        matches!(self, Self::Refused(errors) if errors.contains(key))
    }
}

/// The manifests for the values.
pub fn manifests(values: &Value) -> Result<Vec<Value>, Fault> {
    let stream = render(values).map_err(Fault::Refused)?;
    read(&stream).map_err(|error| Fault::Unreadable(format!("{error}\n{stream}")))
}

/// The stream for the values, or the errors.
fn render(values: &Value) -> Result<String, String> {
    // Escaped beyond ASCII: what no YAML text may hold bare is still a string that a value may have.
    let escape = |c: char| {
        if c.is_ascii() && c != '\u{7f}' {
            c.to_string()
        } else {
            c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
        }
    };
    let json: String = values.to_string().chars().map(escape).collect();
    let given = [Layer::SetJson(json)];
    let manifests = airflow_gen::manifests(&given, airflow_gen::checks::Cluster::default()).map(|rendering| rendering.manifests);
    manifests.map(|manifests| stream(&manifests.iter().collect::<Vec<_>>(), Format::Yaml)).map_err(|error: Error| error.render(false))
}

/// What an independent reader reads from a stream; the data of Secrets decoded, the pod of a task read, checksums
/// left out.
fn read(stream: &str) -> Result<Vec<Value>, yaml_serde::Error> {
    let documents = yaml_serde::Deserializer::from_str(stream).map(Value::deserialize);
    let mut documents = documents.collect::<Result<Vec<Value>, _>>()?;
    for document in &mut documents {
        if document["kind"] == "Secret" {
            for value in document["data"].as_object_mut().into_iter().flat_map(|data| data.values_mut()) {
                // A placeholder stays as it is.
                let decoded = BASE64_STANDARD.decode(value.as_str().unwrap()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
                *value = decoded.map_or_else(|| value.clone(), Value::from);
            }
        }
        // A manifest within a manifest: the text quotes its strings again.
        if let Some(pod) = document.pointer_mut("/data/pod_template_file.yaml") {
            *pod = yaml_serde::from_str(pod.as_str().unwrap())?;
        }
        if let Some(annotations) = document.pointer_mut("/spec/template/metadata/annotations").and_then(Value::as_object_mut) {
            annotations.retain(|key, _| !key.starts_with("checksum/"));
        }
    }
    Ok(documents)
}

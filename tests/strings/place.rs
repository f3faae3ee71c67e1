//! Where the string of a key stands in the manifests, and how it is written there.

use serde_json::Value;

/// A string that marks the places of a key, and what is to stand there.
pub struct Place {
    marker: String,
    text: String,
    in_cfg: String,
    /// In an address that is a key of a Secret.
    in_address: String,
    /// In what the kubelet expands, which makes one `$` of two.
    for_kubelet: String,
}

impl Place {
    pub fn new(key: &str, marker: &str, text: &str) -> Self {
        let (text, in_cfg) = written(key, text);
        let is_expanded = !is_verbatim(key) && (text.contains("$$") || text.contains("$("));
        let for_kubelet = if is_expanded { text.replace('$', "$$") } else { text.clone() };
        let is_login = key.contains("search.connection.") && (key.ends_with(".user") || key.ends_with(".pass"));
        let in_address = if is_login { percent_encoded(&text) } else { text.clone() };
        Self { marker: marker.to_owned(), text, in_cfg, in_address, for_kubelet }
    }
}

/// Manifests with other strings in the place of the markers.
pub fn replaced(manifests: &[Value], places: &[Place]) -> Vec<Value> {
    manifests.iter().map(|manifest| replaced_in(manifest, places, |place| &place.text)).collect()
}

fn replaced_in(node: &Value, places: &[Place], text: fn(&Place) -> &str) -> Value {
    let string = |old: &str, text: fn(&Place) -> &str| {
        let marked = places.iter().filter(|place| old.contains(&place.marker));
        marked.fold(old.to_owned(), |new, place| new.replace(&place.marker, text(place)))
    };
    match node {
        Value::String(old) => string(old, text).into(),
        // The number of a port, which may be given as a string.
        Value::Number(old) => match places.iter().find(|place| old.to_string() == place.marker) {
            Some(place) => serde_json::from_str(text(place)).unwrap_or_else(|_| text(place).into()),
            None => node.clone(),
        },
        Value::Array(items) => items.iter().map(|item| replaced_in(item, places, text)).collect(),
        Value::Object(entries) => {
            let entry = |(key, value): (&String, &Value)| {
                let text: fn(&Place) -> &str = match key.as_str() {
                    "connection" => |place| &place.in_address,
                    "airflow.cfg" => |place| &place.in_cfg,
                    "command" | "args" => |place| &place.for_kubelet,
                    "value" if entries.contains_key("name") => |place| &place.for_kubelet,
                    _ => text,
                };
                (string(key, text), replaced_in(value, places, text))
            };
            Value::Object(entries.iter().map(entry).collect())
        }
        other => other.clone(),
    }
}

/// Whether a key's text is Kubernetes' own, with what it means there: variables, commands and arguments of the user's.
fn is_verbatim(key: &str) -> bool {
    ["env[]", "args[]", "command[]", "ontainers[]", "extraEnv", "podTemplate", "ifecycle", "Probe"].iter().any(|part| key.contains(part))
}

/// RFC 3986's percent-encoding of everything but unreserved characters and `!`.
pub fn percent_encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"-._~!".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}

/// How the string of a key stands in the manifests, and in airflow.cfg.
fn written(key: &str, text: &str) -> (String, String) {
    match key {
        "data.metadataConnection.user"
        | "data.metadataConnection.pass"
        | "data.metadataConnection.sslmode"
        | "data.resultBackendConnection.user"
        | "data.resultBackendConnection.pass"
        | "data.resultBackendConnection.sslmode" => (percent_encoded(text), String::new()),
        "config.*.*" => (text.to_owned(), text.trim_end_matches('\n').replace('\n', "\n    ").replace("\n    \n", "\n\n")),
        // The name of an option, which Airflow does not interpolate.
        "secret[].envName" => (text.to_owned(), text.to_owned()),
        _ if key.contains("Connection.query.") => (percent_encoded(text), String::new()),
        _ => (text.to_owned(), text.replace('%', "%%")),
    }
}

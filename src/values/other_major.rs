//! Keys that mean something to one major version of Airflow alone.

/// The keys that have no effect on a major version, and what takes their place there; empty, where nothing does.
#[must_use]
pub fn without_effect(major: u32) -> &'static [(&'static str, &'static str)] {
    if major >= 3 { &BEFORE_3 } else { &SINCE_3 }
}

const BEFORE_3: [(&str, &str); 4] = [
    ("webserver", "apiServer"),
    ("ingress.web", "ingress.apiServer"),
    ("webserverSecretKey", "apiSecretKey"),
    ("webserverSecretKeySecretName", "apiSecretKeySecretName"),
];

const SINCE_3: [(&str, &str); 6] = [
    ("apiServer", "webserver"),
    ("ingress.apiServer", "ingress.web"),
    ("apiSecretKey", "webserverSecretKey"),
    ("apiSecretKeySecretName", "webserverSecretKeySecretName"),
    ("jwtSecret", ""),
    ("jwtSecretName", ""),
];

/// Parts of those keys that mean something to every version.
pub const ALWAYS: [&str; 4] = ["defaultUser", "webserverConfig", "webserverConfigConfigMapName", "configMapAnnotations"];

//! Keys that have an effect in one major version of Airflow only.

/// The keys that have no effect in a major version, and the keys to use there instead (empty if there are none).
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

const SINCE_3: [(&str, &str); 7] = [
    ("apiServer", "webserver"),
    ("ingress.apiServer", "ingress.web"),
    ("apiSecretKey", "webserverSecretKey"),
    ("apiSecretKeySecretName", "webserverSecretKeySecretName"),
    ("jwtSecret", ""),
    ("jwtSecretName", ""),
    ("jwtPrivateKey", ""),
];

/// Parts of those keys that have an effect in every version.
pub const ALWAYS: [&str; 4] = ["defaultUser", "webserverConfig", "webserverConfigConfigMapName", "configMapAnnotations"];

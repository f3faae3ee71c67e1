//! Which keys have a meaning for one major version of Airflow alone.

/// Keys that only versions before 3 have, and what takes their place.
pub const BEFORE_3: [(&str, &str); 4] = [
    ("webserver", "apiServer"),
    ("ingress.web", "ingress.apiServer"),
    ("webserverSecretKey", "apiSecretKey"),
    ("webserverSecretKeySecretName", "apiSecretKeySecretName"),
];

/// Keys that only versions since 3 have, and what they take the place of.
pub const SINCE_3: [(&str, &str); 6] = [
    ("apiServer", "webserver"),
    ("ingress.apiServer", "ingress.web"),
    ("apiSecretKey", "webserverSecretKey"),
    ("apiSecretKeySecretName", "webserverSecretKeySecretName"),
    ("jwtSecret", ""),
    ("jwtSecretName", ""),
];

/// Parts of `webserver` that have a meaning in every version.
pub const ALWAYS: [&str; 4] = ["defaultUser", "webserverConfig", "webserverConfigConfigMapName", "configMapAnnotations"];

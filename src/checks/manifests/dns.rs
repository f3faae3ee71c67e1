//! What Kubernetes takes as names.

/// Whether a name is a DNS label.
pub(super) fn is_label(name: &str) -> bool {
    name.len() <= 63 && is_part(name)
}

/// What stands between two dots of a name; Kubernetes bounds the whole alone.
fn is_part(name: &str) -> bool {
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let ends = name.bytes().next().is_some_and(inner) && name.bytes().last().is_some_and(inner);
    ends && name.bytes().all(|byte| inner(byte) || byte == b'-')
}

/// Whether a name is a DNS subdomain: labels with dots between.
pub(super) fn is_subdomain(name: &str) -> bool {
    name.len() <= 253 && name.split('.').all(is_part)
}

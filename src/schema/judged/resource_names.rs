//! Names of resources (Kubernetes: `pkg/apis/core/helper`).

use crate::schema::quantity;

const PAGES: &str = "hugepages-";

/// Whether it is a qualified name: at most 63 letters, digits, `-`, `_` and `.`, with an optional DNS name and `/` before it.
pub(super) fn is_qualified(name: &str) -> bool {
    let (prefix, name) = name.split_once('/').map_or((None, name), |(prefix, name)| (Some(prefix), name));
    let is_in_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let ends = |name: &str| name.bytes().next().zip(name.bytes().last());
    let is_whole = ends(name).is_some_and(|(first, last)| first.is_ascii_alphanumeric() && last.is_ascii_alphanumeric());
    prefix.is_none_or(is_dns_name) && name.len() <= 63 && is_whole && name.bytes().all(is_in_word)
}

/// Whether it is a DNS name in lower case.
fn is_dns_name(name: &str) -> bool {
    let is_part = |part: &str| {
        let is_in_part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        !part.is_empty() && !part.starts_with('-') && !part.ends_with('-') && part.bytes().all(is_in_part)
    };
    name.len() <= 253 && name.split('.').all(is_part)
}

/// What is wrong with the name of a resource that somebody else may have made up.
pub(super) fn fault(name: &str) -> Option<&'static str> {
    (!is_qualified(name)).then_some(
        "is no name of a resource: at most 63 letters, digits, `-`, `_` and `.`, with a letter or digit at both ends, \
         after a DNS name in lower case and `/`",
    )
}

/// What is wrong with the name of a resource of a container.
pub(super) fn fault_of_container(name: &str) -> Option<&'static str> {
    let is_own = is_of_pages(name) || ["cpu", "memory", "ephemeral-storage"].contains(&name);
    let is_of_quota = !is_native(name) && name.starts_with("requests.");
    if is_of_quota || !name.contains('/') && !is_own {
        return Some("is no resource of a container: `cpu`, `memory`, `ephemeral-storage`, `hugepages-SIZE` and names with a `/` are");
    }
    // A quota has it with `requests.` before it.
    fault(name).or_else(|| if is_native(name) { None } else { fault(&format!("requests.{name}")) })
}

/// Whether it is the name of huge pages.
pub(super) fn is_of_pages(name: &str) -> bool {
    name.starts_with(PAGES)
}

/// The size of the pages of that name, in billionths; `None` for those that no size is of.
pub(super) fn page(name: &str) -> Option<i128> {
    let size = quantity::billionths(name.strip_prefix(PAGES)?)?;
    (size > 0 && size % quantity::UNIT == 0).then_some(size)
}

/// Whether it is one of Kubernetes' own.
fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// Whether a resource is none of Kubernetes' own (Kubernetes: `IsExtendedResourceName`).
pub(super) fn is_extended(name: &str) -> bool {
    !is_native(name) && !name.starts_with("requests.") && is_qualified(&format!("requests.{name}"))
}

/// Whether a container may have more of a resource than it asks for.
pub(super) fn is_lent(name: &str) -> bool {
    is_native(name) && !is_of_pages(name)
}

//! Addresses and ranges of them, as API servers of Kubernetes read them.

use std::net::IpAddr;

use ipnet::IpNet;

/// An address, as every server reads it: those before Kubernetes 1.36 take zeros before its numbers.
pub(super) fn address(text: &str) -> Option<IpAddr> {
    let (head, numbers) = text.split_at(text.rfind(':').map_or(0, |colon| colon + 1));
    let numbers: Vec<&str> = numbers.split('.').map(without_zeros).collect();
    format!("{head}{}", numbers.join(".")).parse().ok()
}

/// A range of addresses, read in the same way.
pub(super) fn range(text: &str) -> Option<IpNet> {
    let (first, length) = text.split_once('/').filter(|(_, length)| length.bytes().all(|byte| byte.is_ascii_digit()))?;
    IpNet::new(address(first)?, length.parse().ok()?).ok()
}

fn without_zeros(number: &str) -> &str {
    let short = number.trim_start_matches('0');
    if short.is_empty() && !number.is_empty() { "0" } else { short }
}

/// Whether an address, or a range of addresses, is one that servers take before Kubernetes 1.36 alone (the gate
/// `StrictIPCIDRValidation`).
#[must_use]
pub(crate) fn is_of_former_form(text: &str) -> bool {
    let is_mapped = |address: IpAddr| matches!(address, IpAddr::V6(address) if address.to_ipv4_mapped().is_some());
    if let (Some(range), Some((first, length))) = (range(text), text.split_once('/')) {
        let has_zeros = first.parse::<IpAddr>().is_err() || without_zeros(length) != length;
        return has_zeros || range.trunc() != range || is_mapped(range.addr());
    }
    text.parse().map_or_else(|_| address(text).is_some(), is_mapped)
}

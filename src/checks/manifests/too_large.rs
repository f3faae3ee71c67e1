//! What takes more bytes than the API server takes, by the keys that it has.

use crate::checks::finding::Findings;
use crate::kubernetes::Manifest;

/// Tells what takes more than `most` bytes at once, with the largest of its keys: `whose` is such as "its data takes", and `help` says
/// what to do about that key.
pub(super) fn tell(
    found: &mut Findings,
    manifest: &Manifest,
    whose: &str,
    sizes: &[(usize, &str)],
    most: usize,
    help: impl FnOnce(&str) -> String,
) {
    let bytes: usize = sizes.iter().map(|(size, _)| size).sum();
    if bytes > most
        && let Some((_, largest)) = sizes.iter().max()
    {
        let fault = format_args!("{whose} {bytes} bytes, and {most} is the most");
        found.in_manifest(manifest, fault).of_text(largest, largest).help(help(largest));
    }
}

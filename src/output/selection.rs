//! `--show-only`: some of the manifests, by their paths.

use globset::GlobBuilder;

use crate::error::{Diagnostic, Error};
use crate::kubernetes::Manifest;

/// The manifests whose paths match any of the patterns; all, where there is no pattern.
///
/// In a pattern `*` stands for any characters but `/`, `**` for any at all; a pattern without `/` is compared with
/// the last part of the path too, and a folder's name stands for all that is in it.
///
/// # Errors
///
/// A pattern that is not one, or that nothing matches: the error lists what there is.
pub fn select<'m>(manifests: &'m [Manifest], patterns: &[String]) -> Result<Vec<&'m Manifest>, Error> {
    if patterns.is_empty() {
        return Ok(manifests.iter().collect());
    }
    let mut chosen = vec![false; manifests.len()];
    for pattern in patterns {
        let tidy = pattern.trim_start_matches("./").trim_end_matches('/');
        let glob = GlobBuilder::new(tidy).literal_separator(true).build().map_err(|error| {
            Error::from(Diagnostic::new(format!("`{pattern}` is not a pattern of paths")).note(error.kind().to_string()))
        })?;
        let matcher = glob.compile_matcher();
        let mut found = false;
        for (manifest, chosen) in manifests.iter().zip(&mut chosen) {
            let path = manifest.path.as_str();
            let in_folder = path.match_indices('/').any(|(end, _)| matcher.is_match(&path[..end]));
            let by_name = !tidy.contains('/') && path.rsplit('/').next().is_some_and(|name| matcher.is_match(name));
            if matcher.is_match(path) || by_name || in_folder {
                *chosen = true;
                found = true;
            }
        }
        if !found {
            let mut paths: Vec<&str> = manifests.iter().map(|manifest| manifest.path.as_str()).collect();
            paths.dedup();
            let error = Diagnostic::new(format!("no manifest matches `{pattern}`"));
            return Err(error.note(format!("the manifests are\n{}", paths.join("\n"))).into());
        }
    }
    Ok(manifests.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(manifest, _)| manifest).collect())
}

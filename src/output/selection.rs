//! `--show-only`: some of the manifests, by their paths.

use globset::GlobBuilder;

use crate::error::{Diagnostic, Error, code};
use crate::kubernetes::Manifest;

/// The manifests whose paths match any of the patterns; all of them if there is no pattern.
///
/// In a pattern `*` stands for any characters but `/`, `**` for any at all; a pattern without `/` is compared with
/// the last part of the path too, and a folder's name stands for all that is in it.
///
/// # Errors
///
/// A pattern that is malformed, or that matches nothing: the error lists the paths.
pub fn select<'m>(manifests: &'m [Manifest], patterns: &[String]) -> Result<Vec<&'m Manifest>, Error> {
    if patterns.is_empty() {
        return Ok(manifests.iter().collect());
    }
    let mut chosen = vec![false; manifests.len()];
    for pattern in patterns {
        let tidy = pattern.trim_start_matches("./").trim_end_matches('/');
        // With Helm the paths are those of the chart's templates.
        let tidy = ["airflow/templates/", "templates/"].iter().find_map(|folder| tidy.strip_prefix(folder)).unwrap_or(tidy);
        let glob = GlobBuilder::new(tidy).literal_separator(true).build().map_err(|error| {
            Error::from(
                Diagnostic::new(format!("`{pattern}` is not a pattern of paths"))
                    .coded(code::NOTHING_SELECTED)
                    .note(error.kind().to_string()),
            )
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
            let error = Diagnostic::new(format!("no manifest matches `{pattern}`")).coded(code::NOTHING_SELECTED);
            return Err(error.note(format!("the manifests are\n{}", paths.join("\n"))).into());
        }
    }
    Ok(manifests.iter().zip(chosen).filter(|(_, chosen)| *chosen).map(|(manifest, _)| manifest).collect())
}

#[cfg(test)]
mod tests {
    use super::select;
    use crate::kubernetes::{Manifest, Secrecy};
    use crate::yaml::{Data, Node};

    #[test]
    fn a_pattern_is_of_paths_names_or_folders() {
        let paths = ["configmap.yaml", "scheduler/scheduler-deployment.yaml", "scheduler/scheduler-service.yaml"];
        let manifest = |path: &str| Manifest {
            path: path.to_owned(),
            object: Node::new(Data::Null),
            secrecy: Secrecy::None,
            given: None,
            patches: Vec::new(),
        };
        let manifests = paths.map(manifest);
        for (pattern, expected) in [
            ("*", vec![0, 1, 2]),
            ("configmap.yaml", vec![0]),
            ("./scheduler/", vec![1, 2]),
            ("scheduler/*", vec![1, 2]),
            ("scheduler/**", vec![1, 2]),
            ("**/*-service.yaml", vec![2]),
            ("*-deployment.yaml", vec![1]),
            ("sched*/*-service.yam?", vec![2]),
            ("scheduler/*-[ds]e[pr]*.yaml", vec![1, 2]),
            ("{configmap.yaml,*-service.yaml}", vec![0, 2]),
        ] {
            let chosen = select(&manifests, &[pattern.to_owned()]).unwrap();
            let expected: Vec<&str> = expected.into_iter().map(|index| paths[index]).collect();
            assert_eq!(chosen.iter().map(|manifest| manifest.path.as_str()).collect::<Vec<_>>(), expected, "{pattern}");
        }
        // Only `**` crosses folders.
        assert!(select(&manifests, &["s*service.yaml/x".to_owned()]).is_err());
        assert!(select(&manifests, &["[".to_owned()]).is_err());
    }
}

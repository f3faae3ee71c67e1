//! The folder that paths of files start at for programs that know a repository and not the working directory.

use std::path::{Component, Path, PathBuf};

/// A checkout of a repository, and the folder in it that gen runs in.
#[derive(Debug)]
pub struct Workspace {
    root: PathBuf,
    here: PathBuf,
}

impl Workspace {
    /// A checkout, if the folder is within.
    pub fn of(root: PathBuf, here: PathBuf) -> Option<Self> {
        here.starts_with(&root).then_some(Self { root, here })
    }

    /// The path of a file from the root of the repository; as it is, if the file is elsewhere.
    pub fn path(&self, name: &str) -> String {
        let whole = without_detours(&self.here.join(name));
        whole.strip_prefix(&self.root).map_or_else(|_| name.to_owned(), |path| path.display().to_string())
    }
}

/// A path without `.` and `..`.
fn without_detours(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::Workspace;

    #[test]
    fn paths_start_at_the_root_of_the_repository() {
        let workspace = Workspace::of("/work".into(), "/work/deploy/a".into()).unwrap();
        for (name, expected) in [
            ("values.yaml", "deploy/a/values.yaml"),
            ("./values.yaml", "deploy/a/values.yaml"),
            ("../base.yaml", "deploy/base.yaml"),
            ("/work/values.yaml", "values.yaml"),
            ("/tmp/values.yaml", "/tmp/values.yaml"),
            ("../../../values.yaml", "../../../values.yaml"),
        ] {
            assert_eq!(workspace.path(name), expected, "{name}");
        }
        assert!(Workspace::of("/work".into(), "/elsewhere".into()).is_none());
    }
}

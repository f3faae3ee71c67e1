//! What git-sync is told, in every edition: which version of it runs, and which commit it fetches.

use crate::values::{GitSync, Values};

/// The branch that the chart names for its own repository, which nobody chose.
pub const BRANCH_OF_THE_CHART: &str = "v2-2-stable";

/// The version of git-sync, as the tag of its image says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Version {
    /// Version 3, and those before: the variables begin with `GIT_`.
    Three {
        /// The second number, if the tag has one.
        minor: Option<u32>,
    },
    /// Version 4, and those after: the variables begin with `GITSYNC_`, and most of the old ones are read as well.
    Four {
        /// The second number, if the tag has one.
        minor: Option<u32>,
    },
    /// The tag is no version.
    Unknown,
}

impl Version {
    /// The version that the values' image has.
    #[must_use]
    pub fn of(values: &Values) -> Self {
        Self::of_tag(values.images.git_sync.tag.as_deref().unwrap_or_default())
    }

    /// A tag such as `v4.4.2` or `v3.6.9__linux_amd64`.
    fn of_tag(tag: &str) -> Self {
        let mut numbers = tag.strip_prefix('v').unwrap_or(tag).split(['.', '-', '_']).map(str::parse::<u32>);
        match numbers.next() {
            Some(Ok(2)) => Self::Three { minor: Some(0) },
            Some(Ok(3)) => Self::Three { minor: numbers.next().and_then(Result::ok) },
            Some(Ok(4..=9)) => Self::Four { minor: numbers.next().and_then(Result::ok) },
            _ => Self::Unknown,
        }
    }

    /// The variables by which it takes a user.
    #[must_use]
    pub fn usernames(self) -> &'static [&'static str] {
        self.among(&["GIT_SYNC_USERNAME", "GITSYNC_USERNAME"])
    }

    /// The variables by which it takes a password.
    #[must_use]
    pub fn passwords(self) -> &'static [&'static str] {
        self.among(&["GIT_SYNC_PASSWORD", "GITSYNC_PASSWORD"])
    }

    /// Of an old and a new name those that it needs.
    fn among(self, names: &'static [&'static str; 2]) -> &'static [&'static str] {
        match self {
            Self::Three { .. } => &names[..1],
            Self::Four { .. } => &names[1..],
            Self::Unknown => names,
        }
    }

    /// Whether it is version 3, or one before.
    #[must_use]
    pub fn is_3(self) -> bool {
        matches!(self, Self::Three { .. })
    }

    /// Whether its health check is fine once it has seen that nothing is new, which began with 3.5. Before that it waits
    /// for a commit that no init container has fetched.
    #[must_use]
    pub fn is_well_without_news(self) -> bool {
        !matches!(self, Self::Three { minor: Some(0..=4) })
    }

    /// Whether it logs in as a GitHub App, which began with 4.4.
    #[must_use]
    pub fn knows_github_apps(self) -> bool {
        match self {
            Self::Three { .. } => false,
            Self::Four { minor } => minor.is_none_or(|minor| minor >= 4),
            Self::Unknown => true,
        }
    }
}

/// What git-sync fetches: a branch, or a tag or a commit that is pinned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Revision<'v> {
    /// The branch, tag or commit.
    pub name: &'v str,
    /// Whether it is the branch of the values.
    pub is_branch: bool,
}

impl<'v> Revision<'v> {
    /// The revision: what `ref` or `rev` pins, else the branch, else the newest commit of the repository's main branch.
    #[must_use]
    pub fn of(git: &'v GitSync) -> Self {
        let (branch, rev, reference) = (git.branch.as_deref(), git.rev.as_deref(), git.reference.as_deref());
        let pinned = [reference, rev].into_iter().flatten().find(|name| *name != HEAD);
        // The default belongs to the chart's own repository: who says `HEAD` does not mean it.
        let meant = branch.filter(|branch| reference.is_none() || *branch != BRANCH_OF_THE_CHART);
        match (pinned, meant) {
            (Some(name), _) => Self { name, is_branch: branch == Some(name) },
            (None, Some(name)) => Self { name, is_branch: true },
            (None, None) => Self { name: HEAD, is_branch: false },
        }
    }
}

/// The newest commit.
pub const HEAD: &str = "HEAD";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_says_the_version() {
        for tag in ["v3.6.9", "3.1", "v2.0.6", "v3.6.9__linux_amd64", "v3"] {
            assert!(Version::of_tag(tag).is_3(), "{tag}");
        }
        for (tag, minor) in [("v4.4.2", Some(4)), ("4", None), ("v4.0.0-rc5", Some(0)), ("v5.1.0", Some(1))] {
            assert_eq!(Version::of_tag(tag), Version::Four { minor }, "{tag}");
        }
        for tag in ["", "latest", "1.0", "2024-01-02", "main-4"] {
            assert_eq!(Version::of_tag(tag), Version::Unknown, "{tag}");
        }
        assert!(!Version::of_tag("v3.4.0").is_well_without_news() && Version::of_tag("v3.5.0").is_well_without_news());
        assert!(!Version::of_tag("v4.3.0").knows_github_apps() && Version::of_tag("v4.4.0").knows_github_apps());
    }

    #[test]
    fn what_is_pinned_is_fetched_then_the_branch_then_the_newest_commit() {
        let revision = |keys: &str| {
            let git: GitSync = serde_json::from_str(keys).unwrap();
            let Revision { name, is_branch } = Revision::of(&git);
            (name.to_owned(), is_branch)
        };
        let cases = [
            (r#"{"branch": "v2-2-stable", "rev": "HEAD"}"#, ("v2-2-stable", true)),
            (r#"{"branch": "main", "rev": "HEAD"}"#, ("main", true)),
            (r#"{"branch": "main", "rev": "", "ref": ""}"#, ("main", true)),
            (r#"{"branch": "main", "rev": "HEAD", "ref": "HEAD"}"#, ("main", true)),
            (r#"{"branch": "main", "rev": "v1"}"#, ("v1", false)),
            (r#"{"branch": "main", "rev": "HEAD", "ref": "v1"}"#, ("v1", false)),
            (r#"{"branch": "main", "rev": "HEAD", "ref": "main"}"#, ("main", true)),
            (r#"{"branch": "v2-2-stable", "rev": "v1", "ref": "v2"}"#, ("v2", false)),
            (r#"{"branch": "v2-2-stable", "rev": "HEAD", "ref": "HEAD"}"#, ("HEAD", false)),
            (r#"{"branch": "", "rev": "HEAD"}"#, ("HEAD", false)),
            (r#"{"branch": null}"#, ("HEAD", false)),
        ];
        for (keys, (name, is_branch)) in cases {
            assert_eq!(revision(keys), (name.to_owned(), is_branch), "{keys}");
        }
    }
}

//! A commit, and where a folder stands to it.

use std::path::{Path, PathBuf};

use super::run_in;
use crate::error::Error;

/// A commit, as it stands.
#[derive(Clone, Debug)]
pub struct Commit {
    /// Its name, whole.
    pub sha: String,
    /// Its author, as in `Ann <ann@example.com>`.
    pub author: String,
    /// When it was written, in ISO 8601.
    pub date: String,
    /// The first line of its message.
    pub subject: String,
    /// The rest of that.
    pub body: String,
}

impl Commit {
    /// A commit of the repository that a folder is in; none, if it is in none, or that has no such commit.
    ///
    /// # Errors
    ///
    /// `git` cannot be run.
    pub fn of(folder: &Path, name: &str) -> Result<Option<Self>, Error> {
        const FORMAT: &str = "--format=%H%x00%an <%ae>%x00%aI%x00%s%x00%b";
        let name = format!("{name}^{{commit}}");
        let done =
            run_in(folder, &["show", "--no-patch", "--no-show-signature", "--encoding=UTF-8", FORMAT, "--end-of-options", &name], b"")?;
        let text = done.text.map(|text| String::from_utf8_lossy(&text).into_owned()).unwrap_or_default();
        let mut parts = text.split('\0').map(|part| part.trim().to_owned());
        let mut next = || parts.next();
        let (Some(sha), Some(author), Some(date), Some(subject), Some(body)) = (next(), next(), next(), next(), next()) else {
            return Ok(None);
        };
        Ok(Some(Self { sha, author, date, subject, body }))
    }
}

/// The address of the repository that a folder's is a clone of, without what lets anybody in; none, if it is a path of this machine.
///
/// # Errors
///
/// `git` cannot be run.
pub fn origin(folder: &Path) -> Result<Option<String>, Error> {
    let text = run_in(folder, &["remote", "get-url", "origin"], b"")?.text.unwrap_or_default();
    Ok(address(String::from_utf8_lossy(&text).trim()))
}

/// The path of a folder within its repository, with a slash at its end unless it is the top.
///
/// # Errors
///
/// `git` cannot be run.
pub fn prefix(folder: &Path) -> Result<String, Error> {
    let text = run_in(folder, &["rev-parse", "--show-prefix"], b"")?.text.unwrap_or_default();
    Ok(String::from_utf8_lossy(&text).trim_end_matches('\n').to_owned())
}

/// The files below a folder that git knows and that are not as they are at a commit, by their paths in the folder.
///
/// # Errors
///
/// `git` cannot be run.
pub fn changed_since(folder: &Path, commit: &str) -> Result<Vec<PathBuf>, Error> {
    let text = run_in(folder, &["diff", "--name-only", "--relative", "-z", "--no-ext-diff", commit, "--"], b"")?.text.unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    Ok(text.split('\0').filter(|path| !path.is_empty()).map(PathBuf::from).collect())
}

/// An address without user and password, which programs that are not a person's write into it, and without its query, in which some have a
/// token; none, if it is a path of this machine.
#[must_use]
pub fn address(url: &str) -> Option<String> {
    match url.split_once("://") {
        Some(("file", _)) => None,
        Some((scheme, rest)) => {
            let rest = rest.split(['?', '#']).next().unwrap_or_default();
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let bare = host.rsplit_once('@').map_or(host, |(_, bare)| bare);
            // Of `ssh` the user is part of the address.
            let user = host.split([':', '@']).next().filter(|_| scheme.ends_with("ssh") && host.contains('@'));
            let user = user.map(|user| format!("{user}@")).unwrap_or_default();
            Some(format!("{scheme}://{user}{bare}/{path}"))
        }
        // As in `git@example.com:data/airflow.git`.
        None => url.split_once(':').filter(|(host, _)| host.contains('@') && !host.contains('/')).map(|_| url.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::address;

    #[test]
    fn an_address_lets_nobody_in_and_names_no_folder_of_this_machine() {
        for (url, expected) in [
            ("https://git.example.com/data/airflow.git", Some("https://git.example.com/data/airflow.git")),
            ("https://ci:hunter2@git.example.com/a", Some("https://git.example.com/a")),
            ("https://token@git.example.com:8443/a", Some("https://git.example.com:8443/a")),
            ("https://git.example.com/r.git?access_token=hunter2", Some("https://git.example.com/r.git")),
            ("https://git.example.com?private_token=hunter2/a#hunter2", Some("https://git.example.com/")),
            ("ssh://git@git.example.com:22/a", Some("ssh://git@git.example.com:22/a")),
            ("ssh://git:hunter2@git.example.com/a", Some("ssh://git@git.example.com/a")),
            ("git@git.example.com:data/airflow.git", Some("git@git.example.com:data/airflow.git")),
            ("file:///srv/git/a", None),
            ("/srv/git/a", None),
            ("../a", None),
            ("", None),
        ] {
            assert_eq!(address(url).as_deref(), expected, "{url}");
        }
    }
}

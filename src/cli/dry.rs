//! Of which commit manifests are rendered, for `hydrator.metadata`.

use std::path::{Component, Path, PathBuf};
use std::str::FromStr;

use clap::Args;

use crate::error::{Diagnostic, Error, Severity, code};
use crate::git::{self, Commit};
use crate::output::DryCommit;

/// What the command line says of the commit.
#[derive(Debug, Args)]
pub struct DryArguments {
    /// The commit that `hydrator.metadata` names, whole; default: `HEAD` of the repository that the values are in
    #[arg(long, value_name = "SHA")]
    dry_sha: Option<Sha>,
    /// The address of the repository that it names; default: that of the remote `origin`
    #[arg(long, value_name = "URL")]
    dry_repo: Option<String>,
}

/// The name of a commit, whole.
#[derive(Clone, Debug)]
pub struct Sha(String);

impl FromStr for Sha {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_whole = [40, 64].contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        if is_whole { Ok(Self(text.to_lowercase())) } else { Err("a commit's whole name has 40 or 64 hexadecimal digits") }
    }
}

impl DryArguments {
    /// Refuses what would have no effect, since nothing is written that names a commit.
    pub(super) fn refuse(&self, help: &str) -> Result<(), Error> {
        let option = match self {
            Self { dry_sha: Some(_), .. } => "--dry-sha",
            Self { dry_repo: Some(_), .. } => "--dry-repo",
            _ => return Ok(()),
        };
        let error = Diagnostic::new(format!("`{option}` has no effect: no `hydrator.metadata` is written")).coded(code::USAGE);
        Err(error.help(help).into())
    }

    /// The commit, of the repository that a folder is in, and what of the values' files is not as it is there.
    pub(super) fn commit(&self, folder: &Path, files: &[&Path]) -> Result<(DryCommit, Option<Diagnostic>), Error> {
        let name = self.dry_sha.as_ref().map_or("HEAD", |Sha(sha)| sha.as_str());
        // Who says both asks nothing of git.
        let found = Commit::of(folder, name).or_else(|error| if self.dry_sha.is_some() { Ok(None) } else { Err(error) })?;
        let (commit, told) = match (found, &self.dry_sha) {
            (Some(Commit { sha, author, date, subject, body }), _) => {
                let told = unlike(folder, &sha, files)?;
                (DryCommit { sha, author, date, subject, body, ..DryCommit::default() }, told)
            }
            (None, Some(Sha(sha))) => (DryCommit { sha: sha.clone(), ..DryCommit::default() }, None),
            (None, None) => {
                let error = Diagnostic::new("git has no commit that `hydrator.metadata` could name").coded(code::GIT);
                let shown = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
                let error = error.note(format!("`{}` is in no repository, or in one without commits", shown.display()));
                return Err(error.help("`--dry-sha` names one").into());
            }
        };
        let repository = match &self.dry_repo {
            // CI's own variables have a token in it.
            Some(repository) => git::address(repository).or_else(|| Some(repository.clone())),
            None => git::origin(folder).unwrap_or_default(),
        };
        Ok((DryCommit { repository, ..commit }, told))
    }
}

/// What is told of files that are not as they are at a commit.
fn unlike(folder: &Path, sha: &str, files: &[&Path]) -> Result<Option<Diagnostic>, Error> {
    let plain = |path: &Path| path.components().filter(|component| *component != Component::CurDir).collect::<PathBuf>();
    let changed = git::changed_since(folder, sha)?;
    let names = files.iter().filter(|file| file.strip_prefix(folder).is_ok_and(|file| changed.contains(&plain(file))));
    let mut names: Vec<String> = names.map(|file| format!("`{}`", file.display())).collect();
    names.sort();
    names.dedup();
    let title = match names.as_slice() {
        [] => return Ok(None),
        [one] => format!("{one} is not as it is at the commit that `hydrator.metadata` names"),
        several => format!("{} files are not as they are at the commit that `hydrator.metadata` names", several.len()),
    };
    let told = Diagnostic { severity: Severity::Warning, ..Diagnostic::new(title).coded(code::GIT) };
    let told = if names.len() == 1 { told } else { names.into_iter().take(5).fold(told, Diagnostic::note) };
    Ok(Some(told.note(format!("it is {sha}")).help("commit the change first, so that what is rendered is what the commit gives")))
}

//! Files as they are at a revision of git, by the program `git`.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::bounded;
use crate::error::{Diagnostic, Error, code, reason};

/// The most bytes of all files of a folder.
const MOST: usize = 256 << 20;

/// The files of a repository as they are at a revision.
#[derive(Clone, Debug)]
pub struct Revision {
    /// What the user calls it.
    pub name: String,
    /// The name of its tree.
    tree: String,
    /// The folder of the work tree.
    top: PathBuf,
    /// The folder of this run within it.
    folder: PathBuf,
}

impl Revision {
    /// A revision of the repository that the working directory is in.
    ///
    /// # Errors
    ///
    /// There is no `git`, no repository, or no such revision.
    pub fn of(name: &str) -> Result<Self, Error> {
        let asked = run(&["rev-parse", "--show-toplevel", "--show-prefix"], b"")?;
        let Done { text: Some(found), .. } = asked else {
            let error = Diagnostic::new("the working directory is in no repository of git").coded(code::GIT);
            return Err(asked.told(error).help("`git:` and `--against` ask `git` for files at a revision").into());
        };
        let found = String::from_utf8_lossy(&found).into_owned();
        let mut lines = found.lines();
        let (top, folder) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        let unknown = || Diagnostic::new(format!("git knows no revision `{name}`")).coded(code::GIT);
        if name.is_empty() || name.starts_with('-') {
            return Err(unknown().help("a revision is a branch, a tag, `HEAD~1`, or a commit").into());
        }
        let asked = run(&["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{name}^{{tree}}")], b"")?;
        let Done { text: Some(tree), .. } = &asked else {
            let help =
                "`git branch -a` and `git log` list them; CI often fetches one commit alone: fetch the other too (`git fetch origin main`)";
            return Err(asked.told(unknown()).help(help).into());
        };
        let tree = String::from_utf8_lossy(tree).trim().to_owned();
        Ok(Self { name: name.to_owned(), tree, top: PathBuf::from(top), folder: PathBuf::from(folder) })
    }

    /// What a file holds; `None` if git has none at that path.
    ///
    /// # Errors
    ///
    /// `git` fails, or the file is larger than `most`.
    pub fn read(&self, path: &Path, most: u64) -> Result<Option<Vec<u8>>, Error> {
        let Some(path) = self.path_of(path) else { return Ok(None) };
        let asked = format!("{}:{path}\n", self.tree);
        let done = run(&["cat-file", "--batch", "--follow-symlinks"], asked.as_bytes())?;
        let Done { text: Some(answer), .. } = &done else { return Err(self.failed(&done)) };
        let Some((head, rest)) = split(answer) else { return Ok(None) };
        match head.split(' ').collect::<Vec<_>>().as_slice() {
            [_, "blob", size] => {
                let size = size.parse::<usize>().unwrap_or_default();
                if size as u64 > most {
                    let error = Diagnostic::new(format!("cannot read `{}:{path}`", self.name)).coded(code::UNREADABLE);
                    return Err(error.note(format!("it is larger than {} MiB", most >> 20)).into());
                }
                Ok(rest.get(..size).map(<[u8]>::to_vec))
            }
            _ => Ok(None),
        }
    }

    /// The files below a folder, by their paths in it; `None` if git has no folder at that path.
    ///
    /// # Errors
    ///
    /// `git` fails, or the files are too large.
    pub fn files(&self, folder: &Path) -> Result<Option<BTreeMap<String, Vec<u8>>>, Error> {
        let Some(path) = self.path_of(folder) else { return Ok(None) };
        let of_tree = if path.is_empty() { self.tree.clone() } else { format!("{}:{path}", self.tree) };
        let listed = run(&["ls-tree", "-r", "-z", "--full-tree", "--end-of-options", &of_tree], b"")?;
        let Some(listed) = listed.text else { return Ok(None) };
        let listed = String::from_utf8_lossy(&listed).into_owned();
        // MODE TYPE NAME, a tab, and the path: no links, and no repositories within this one.
        let entries: Vec<(&str, &str)> = listed
            .split('\0')
            .filter_map(|entry| entry.split_once('\t'))
            .filter(|(meta, _)| meta.starts_with("100"))
            .filter_map(|(meta, path)| Some((meta.split(' ').nth(2)?, path)))
            .collect();
        let asked: String = entries.iter().map(|(name, _)| format!("{name}\n")).collect();
        let done = run(&["cat-file", "--batch"], asked.as_bytes())?;
        let Done { text: Some(answer), .. } = &done else { return Err(self.failed(&done)) };
        let mut files = BTreeMap::new();
        let mut rest = answer.as_slice();
        for (_, path) in entries {
            let Some((head, after)) = split(rest) else { return Err(self.failed(&done)) };
            let size = head.rsplit(' ').next().and_then(|size| size.parse::<usize>().ok()).unwrap_or_default();
            let (Some(bytes), Some(next)) = (after.get(..size), after.get(size + 1..)) else { return Err(self.failed(&done)) };
            files.insert(path.to_owned(), bytes.to_vec());
            rest = next;
        }
        Ok(Some(files))
    }

    /// Whether git tracks a file as it is now.
    ///
    /// # Errors
    ///
    /// `git` cannot be run.
    pub fn is_tracked_now(&self, path: &Path) -> Result<bool, Error> {
        let Some(path) = self.path_of(path) else { return Ok(false) };
        let path = format!(":(top,literal){path}");
        Ok(run(&["ls-files", "--error-unmatch", "--", &path], b"")?.text.is_some())
    }

    /// The path of a file in the repository; none if it leads out of it.
    fn path_of(&self, path: &Path) -> Option<String> {
        let whole = if path.is_absolute() {
            let top = self.top.canonicalize().unwrap_or_else(|_| self.top.clone());
            path.strip_prefix(&self.top).or_else(|_| path.strip_prefix(top)).ok()?.to_owned()
        } else {
            self.folder.join(path)
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in whole.components() {
            match part {
                Component::CurDir => {}
                Component::ParentDir => drop(parts.pop()?),
                Component::Normal(part) => parts.push(part.to_str().filter(|part| !part.contains('\n'))?),
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(parts.join("/"))
    }

    fn failed(&self, done: &Done) -> Error {
        done.told(Diagnostic::new(format!("git cannot read the files of `{}`", self.name)).coded(code::GIT)).into()
    }
}

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

/// An address without user and password, which programs that are not a person's write into it.
fn address(url: &str) -> Option<String> {
    match url.split_once("://") {
        Some(("file", _)) => None,
        Some((scheme, rest)) => {
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

/// The first line of an answer, and what follows it.
fn split(answer: &[u8]) -> Option<(&str, &[u8])> {
    let end = answer.iter().position(|byte| *byte == b'\n')?;
    Some((std::str::from_utf8(&answer[..end]).ok()?, &answer[end + 1..]))
}

/// How a run of `git` ended.
struct Done {
    /// What it printed, if it succeeded.
    text: Option<Vec<u8>>,
    /// What it said.
    said: String,
}

impl Done {
    /// An error with what git said.
    fn told(&self, error: Diagnostic) -> Diagnostic {
        self.said.lines().filter(|line| !line.trim().is_empty()).take(3).fold(error, |error, line| error.note(format!("git: {line}")))
    }
}

/// Runs `git` in the working directory.
fn run(arguments: &[&str], input: &[u8]) -> Result<Done, Error> {
    run_in(Path::new("."), arguments, input)
}

/// Runs `git` in a folder.
fn run_in(folder: &Path, arguments: &[&str], input: &[u8]) -> Result<Done, Error> {
    let failed = |error: &std::io::Error| {
        let told = Diagnostic::new("cannot run `git`").coded(code::GIT);
        let why = if error.kind() == ErrorKind::NotFound { "there is no such program".to_owned() } else { reason(error) };
        Error::from(told.note(why).help("install it, or give a directory or a file in the place of a revision"))
    };
    let mut child = Command::new("git")
        .args(arguments)
        .current_dir(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| failed(&error))?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let text = thread::scope(|scope| {
        // What is asked may be longer than a pipe holds, as may be the answer.
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(input)));
        stdout.map_or(Ok(Vec::new()), |stdout| bounded::read_from(stdout, MOST as u64))
    });
    let text = text.map_err(|error| failed(&error))?;
    let done = child.wait_with_output().map_err(|error| failed(&error))?;
    Ok(Done { text: done.status.success().then_some(text), said: String::from_utf8_lossy(&done.stderr).into_owned() })
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

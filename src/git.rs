//! Files as they are at a revision of git, by the program `git`.

mod commit;

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write as _};
use std::path::{Component, Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use crate::bounded;
use crate::error::{Diagnostic, Error, code, reason};

pub use commit::{Commit, address, changed_since, origin, prefix};

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
            // git may not look into one either: it has no files, or belongs to another user.
            let title = if asked.said.contains("not a git repository") {
                "the working directory is in no repository of git"
            } else {
                "git has no files for the working directory"
            };
            let error = Diagnostic::new(title).coded(code::GIT);
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
            let error = asked.told(unknown());
            if run(&["rev-list", "--max-count=1", "--all"], b"")?.text.is_some_and(|commits| commits.is_empty()) {
                let error = error.note(format!("the repository of the working directory, `{top}`, has no commit yet"));
                return Err(error.help("`git commit` makes the first; if another repository is meant, run gen in a folder of it").into());
            }
            let help =
                "`git branch -a` and `git log` list them; CI often fetches one commit alone: fetch the other too (`git fetch origin main`)";
            return Err(error.help(help).into());
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

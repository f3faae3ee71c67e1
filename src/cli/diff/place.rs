//! Where manifests are that are compared: a directory, a file, standard input, a revision of git.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use crate::diff::Side;
use crate::error::{Diagnostic, Error, Severity, code, reason};
use crate::git::Revision;
use crate::layers::Layer;
use crate::shell;
use crate::source::Text;
use crate::{bounded, intake, output};

/// What a user names on one side.
#[derive(Clone, Debug)]
pub enum Place {
    /// Standard input.
    Stdin,
    /// A directory or a file.
    Path(PathBuf),
    /// A revision of git, and a path.
    Git(String, Option<PathBuf>),
}

/// What is known when a side is read.
pub struct Then<'p> {
    /// The other side.
    pub other: Option<&'p Place>,
    /// The files of a directory that are rendered, which count there even if no ledger lists them.
    pub rendered: Option<&'p BTreeMap<String, String>>,
}

impl FromStr for Place {
    type Err = Infallible;

    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match (text, text.strip_prefix("git:")) {
            ("-", _) => Self::Stdin,
            (_, Some(at)) => match at.split_once(':') {
                Some((revision, path)) => Self::Git(revision.to_owned(), Some(PathBuf::from(path))),
                None => Self::Git(at.to_owned(), None),
            },
            (path, None) => Self::Path(PathBuf::from(path)),
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stdin => f.write_str("-"),
            Self::Path(path) => write!(f, "{}", path.display()),
            Self::Git(revision, None) => write!(f, "git:{revision}"),
            Self::Git(revision, Some(path)) => write!(f, "git:{revision}:{}", path.display()),
        }
    }
}

impl Place {
    /// Whether it is standard input.
    pub fn is_stdin(&self) -> bool {
        matches!(self, Self::Stdin)
    }

    /// The folder on the disk that its files are in, if it is one.
    pub fn folder(&self) -> Option<String> {
        match self {
            Self::Path(path) if path.is_dir() => Some(path.display().to_string()),
            Self::Git(_, Some(path)) => Some(path.display().to_string()),
            _ => None,
        }
    }

    /// Whether it is a directory.
    pub fn is_directory(&self) -> Result<bool, Error> {
        match self {
            Self::Stdin => Ok(false),
            Self::Path(path) => Ok(path.is_dir() || !path.exists()),
            Self::Git(revision, path) => {
                let path = path.as_deref().unwrap_or(Path::new(""));
                Ok(Revision::of(revision)?.read(path, bounded::MOST)?.is_none())
            }
        }
    }

    /// Its objects.
    pub fn side(&self, then: &Then<'_>) -> Result<Side, Error> {
        match self {
            Self::Stdin => Side::of_stream(&Text::read(None).map_err(|error| *error)?),
            Self::Path(path) if path.is_dir() => of_directory(path, then),
            // Whoever names it means it.
            Self::Path(path) if path.as_os_str() == "/dev/null" => Ok(Side::default()),
            Self::Path(path) if path.is_file() || path.exists() => Side::of_stream(&Text::read(Some(path)).map_err(|error| *error)?),
            Self::Path(path) => Err(missing(path)),
            Self::Git(name, path) => {
                let revision = Revision::of(name)?;
                let others = then.other.and_then(|other| match other {
                    Self::Path(path) | Self::Git(_, Some(path)) => Some(path),
                    _ => None,
                });
                of_revision(&revision, &path.as_ref().or(others).cloned().unwrap_or_default(), then)
            }
        }
    }
}

/// An error about the first side, which may be values: with the command line that compares what they give. What follows it says the
/// other side.
pub fn of_values(error: Error, from: &Place, other: &str) -> Error {
    let values = match from {
        Place::Git(revision, _) if other.starts_with('-') => return helped(error, &format!("gen diff --against {revision} {other}")),
        Place::Git(revision, path) => {
            let path = quoted(path.as_deref().unwrap_or(Path::new(other)));
            return helped(error, &format!("git show {revision}:./{path} | gen -f - | gen diff - {other}"));
        }
        Place::Path(path) => quoted(path),
        Place::Stdin => "-".to_owned(),
    };
    helped(error, &format!("gen -f {values} | gen diff - {other}"))
}

/// The error with a command line for values, if it is about what may be such.
pub fn helped(mut error: Error, command: &str) -> Error {
    for told in error.diagnostics.iter_mut().filter(|told| told.help.as_deref() == Some(intake::OF_VALUES)) {
        told.help =
            Some(format!("an object has the texts `apiVersion` and `kind`; of values, `{}` compares what they give", command.trim_end()));
    }
    error
}

/// A path as it is typed in a shell.
pub fn quoted(path: &Path) -> String {
    shell::word(&path.to_string_lossy()).into_owned()
}

fn missing(path: &Path) -> Error {
    let error = Diagnostic::new(format!("there is no directory `{}`", path.display())).coded(code::USAGE);
    error.note("and no file of that name").help(format!("`gen ... -o {}` writes a directory", path.display())).into()
}

fn of_directory(path: &Path, then: &Then<'_>) -> Result<Side, Error> {
    let rendered: Vec<&str> = then.rendered.into_iter().flatten().map(|(path, _)| path.as_str()).collect();
    if let Some(mut files) = output::own_files(path, &rendered)? {
        // The values are those of one directory.
        if then.rendered.is_none() {
            files.extend(output::own_files_below(path)?);
        }
        return Side::of_files(files, true);
    }
    if let Some(text) = of_kubectl(path) {
        return Side::of_text(&Text::of(&path.display().to_string(), &text?));
    }
    let mut failed = Vec::new();
    let found = intake::files_of_folder(path, &mut failed);
    if !failed.is_empty() {
        return Err(failed.into());
    }
    let mut files = BTreeMap::new();
    for file in found {
        let text = Text::read(Some(&file)).map_err(|error| *error)?;
        let name = file.strip_prefix(path).unwrap_or(&file).to_string_lossy().replace('\\', "/");
        files.insert(name, text.decoded().map_err(|error| *error)?.to_owned());
    }
    Side::of_files(files, false)
}

/// The objects of a directory that `kubectl diff` gives to its program: a file for each, named `GROUP.VERSION.KIND.NAMESPACE.NAME`, and
/// empty where there is none. What is a link is none of them.
fn of_kubectl(path: &Path) -> Option<Result<String, Error>> {
    let entries: Vec<_> = fs::read_dir(path).ok()?.flatten().collect();
    let is_named = |entry: &fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_version = |part: &str| part.strip_prefix('v').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        let is_kind = |part: &str| part.starts_with(|c: char| c.is_ascii_uppercase());
        let parts: Vec<&str> = name.split('.').collect();
        parts.windows(2).any(|pair| is_version(pair[0]) && is_kind(pair[1]))
            && parts.len() >= 4
            && entry.file_type().is_ok_and(|kind| kind.is_file())
    };
    if entries.is_empty() || !entries.iter().all(is_named) {
        return None;
    }
    let mut paths: Vec<PathBuf> = entries.iter().map(fs::DirEntry::path).collect();
    paths.sort();
    let read = |path: &PathBuf| {
        let bytes = bounded::read(path, bounded::MOST).map_err(|error| {
            Error::from(Diagnostic::new(format!("cannot read `{}`", path.display())).coded(code::UNREADABLE).note(reason(&error)))
        })?;
        Ok(format!("---\n{}\n", String::from_utf8_lossy(&bytes)))
    };
    Some(paths.iter().map(read).collect())
}

fn of_revision(revision: &Revision, path: &Path, then: &Then<'_>) -> Result<Side, Error> {
    let name = format!("{}:{}", revision.name, path.display());
    if let Some(bytes) = revision.read(path, bounded::MOST)? {
        return Side::of_stream(&Text { name, bytes });
    }
    let Some(files) = revision.files(path)? else {
        let error = Diagnostic::new(format!("git has nothing at `{}` in `{}`", path.display(), revision.name)).coded(code::GIT);
        return Err(error
            .help(format!("paths start at the working directory; `git ls-tree -r --name-only {}` lists them", revision.name))
            .into());
    };
    let listed = output::listed(&files, then.rendered.is_none());
    let is_manifest = |path: &str| [".yaml", ".yml", ".json"].iter().any(|ending| path.ends_with(ending));
    let is_hidden = |path: &str| path.split('/').any(|part| part.starts_with('.'));
    let counts = |path: &String| match &listed {
        Some(listed) => listed.contains(path),
        None => is_manifest(path) && !is_hidden(path),
    };
    let texts = files.into_iter().filter(|(path, _)| counts(path));
    let texts = texts.map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect();
    Side::of_files(texts, listed.is_some())
}

/// The layers with what standard input says in its place: it is there once.
pub fn loaded(layers: &[Layer]) -> Result<Vec<Layer>, Error> {
    let loaded = |layer: &Layer| if layer.is_stdin() { layer.clone().loaded() } else { Ok(layer.clone()) };
    layers.iter().map(loaded).collect::<Result<_, _>>().map_err(|error| Error::from(*error))
}

/// The layers of the values as they were at a revision, beside those of today, and what is to be told of them. None of a revision that
/// has none of the files, unless it has what lists them.
pub fn layers_at(
    revision: &Revision,
    layers: &[Layer],
    now: &[Layer],
    is_listed: bool,
    told: &mut Vec<Diagnostic>,
) -> Result<Option<Vec<Layer>>, Error> {
    let name = &revision.name;
    let note = |title: String| Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::GIT) };
    let (mut then, mut has_file) = (Vec::new(), is_listed);
    for layer in layers {
        if layer.is_stdin() {
            then.extend(now.iter().find(|layer| layer.is_loaded()).cloned());
            continue;
        }
        if let Some(path) = layer.file() {
            if revision.read(path, bounded::MOST)?.is_some() {
                has_file = true;
            } else if revision.is_tracked_now(path)? {
                told.push(note(format!("`{}` is not there in `{name}`, and is left out there", path.display())));
                continue;
            } else {
                told.push(note(format!("git does not track `{}`: it counts for both sides as it is", path.display())));
            }
        }
        then.push(layer.clone());
    }
    Ok(has_file.then_some(then))
}

//! A values file to begin with.

use std::fs::OpenOptions;
use std::io::{self, BufRead as _, ErrorKind, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{print, say, warn_and_say};
use crate::error::{Diagnostic, Error, code};
use crate::shell;

/// For where, and which file.
#[derive(Debug, Args)]
pub struct Init {
    /// What to begin with; on a terminal it is asked for
    #[arg(value_enum, value_name = "WHAT")]
    start: Option<Start>,
    /// The file to write, which must not be there; `-` prints it
    #[arg(value_name = "FILE", default_value = "values.yaml")]
    file: PathBuf,
}

/// What a values file is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Start {
    /// AKS, PostgreSQL flexible server, Azure Files
    #[value(alias = "aks")]
    Azure,
    /// EKS, Amazon RDS, Amazon EFS
    #[value(alias = "eks")]
    Aws,
    /// GKE, Cloud SQL, Filestore
    #[value(alias = "gke")]
    Gcp,
    /// A laptop: kind or minikube
    #[value(aliases = ["kind", "minikube"])]
    Local,
    /// A release of the official chart that goes on without Helm
    Helm,
}

impl Start {
    /// Its file of the examples: the path in the source, and the text.
    fn example(self) -> (&'static str, &'static str) {
        match self {
            Self::Azure => ("values/azure.yaml", include_str!("../../values/azure.yaml")),
            Self::Aws => ("values/aws.yaml", include_str!("../../values/aws.yaml")),
            Self::Gcp => ("values/gcp.yaml", include_str!("../../values/gcp.yaml")),
            Self::Local => ("values/local.yaml", include_str!("../../values/local.yaml")),
            Self::Helm => ("values/helm.yaml", include_str!("../../values/helm.yaml")),
        }
    }

    /// Its text, with the name of the file in the commands of its comments.
    fn text(self, file: &str) -> String {
        let (path, text) = self.example();
        let name = shell::word(file);
        text.replace(path, "values.yaml").replace("-f values.yaml", &format!("-f {name}"))
    }

    fn names() -> impl Iterator<Item = (Self, String, String)> {
        let named = |start: &Self| {
            let value = start.to_possible_value()?;
            Some((*start, value.get_name().to_owned(), value.get_help().map(ToString::to_string).unwrap_or_default()))
        };
        Self::value_variants().iter().filter_map(named)
    }
}

impl Init {
    pub(super) fn run(&self) -> Result<(), Error> {
        let is_stdout = self.file.as_os_str() == "-";
        // Nobody is asked for what would not be written.
        if !is_stdout && self.file.symlink_metadata().is_ok() {
            return Err(there_already(&self.file).into());
        }
        let start = match self.start {
            Some(start) => start,
            None if io::stdin().is_terminal() && io::stderr().is_terminal() => asked()?,
            None => return Err(unsaid().into()),
        };
        if is_stdout {
            return print(&start.text("values.yaml"));
        }
        let name = self.file.display().to_string();
        write_new(&self.file, &start.text(&name))?;
        warn_and_say(&[], &format!("{name}: written; its comments say what to fill in, and how to go on"));
        Ok(())
    }
}

/// What the user says on the terminal.
fn asked() -> Result<Start, Error> {
    let names: Vec<_> = Start::names().collect();
    let list: String = names.iter().enumerate().map(|(index, (_, name, help))| format!("  {}  {name:7} {help}\n", index + 1)).collect();
    say(&format!("What is the values file for?\n{list}"));
    for line in io::stdin().lock().lines() {
        let line = line.map_err(|error| Error::io("read", Path::new("standard input"), &error))?;
        let answer = line.trim();
        let by_number = answer.parse::<usize>().ok().and_then(|number| names.get(number.checked_sub(1)?));
        if let Some((start, ..)) = by_number.or_else(|| names.iter().find(|(_, name, _)| name == answer)) {
            return Ok(*start);
        }
        say(&format!("a number from 1 to {}, or a name\n", names.len()));
    }
    Err(unsaid().into())
}

fn unsaid() -> Diagnostic {
    let names: Vec<String> = Start::names().map(|(_, name, _)| format!("`{name}`")).collect();
    let error = Diagnostic::new("nobody says what the values file is for").coded(code::USAGE);
    error.help(format!("name one of {}: `gen init local`", names.join(", ")))
}

fn there_already(path: &Path) -> Diagnostic {
    let error = Diagnostic::new(format!("`{}` is there already", path.display())).coded(code::UNWRITABLE);
    error.note("a values file is never overwritten").help("name another one: `gen init WHAT other.yaml`")
}

/// Writes a file that is not there yet, whole.
fn write_new(path: &Path, text: &str) -> Result<(), Error> {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let mut file = file.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => there_already(path).into(),
        _ => Error::io("write", path, &error),
    })?;
    file.write_all(text.as_bytes()).map_err(|error| {
        drop(std::fs::remove_file(path));
        Error::io("write", path, &error)
    })
}

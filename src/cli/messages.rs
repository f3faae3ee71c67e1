//! How messages are told, for the whole run.

use std::ffi::OsString;
use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::OnceLock;

use clap::{Args, ColorChoice, Command, FromArgMatches as _, ValueEnum};

use crate::report::{Format, Manner, Workspace};

/// How messages are told.
#[derive(Clone, Copy, Debug, Args)]
pub struct Messages {
    /// How messages are written to standard error
    #[arg(long, global = true, value_enum, default_value_t, value_name = "FORMAT")]
    message_format: MessageFormat,
    /// Print errors alone: no warnings, no notes, no word of what was written
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Print each message by itself, with its code and its lines, notes of a run that fails too, and which objects the values name that
    /// have to be in the cluster
    #[arg(short, long, global = true)]
    verbose: bool,
    /// Whether messages have colors; `NO_COLOR` is heard too
    #[arg(long, global = true, value_name = "WHEN", default_value_t)]
    color: ColorChoice,
}

/// How messages are written.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum MessageFormat {
    /// For people.
    #[default]
    Human,
    /// JSON, an object a line.
    Json,
    /// A log of SARIF 2.1.0.
    Sarif,
    /// Commands of GitHub's workflows.
    Github,
    /// A report of JUnit in XML.
    Junit,
}

static CHOSEN: OnceLock<Messages> = OnceLock::new();

/// The file that the run is about.
static ABOUT: OnceLock<String> = OnceLock::new();

/// Says which file the run is about; the first that is said counts.
pub fn is_about(file: &Path) {
    let _ = ABOUT.set(file.display().to_string());
}

impl Messages {
    /// What is said of it on a command line that cannot be understood as a whole.
    pub fn heard(arguments: &[OsString]) -> Option<Self> {
        let mut words = vec![OsString::new()];
        let mut rest = arguments.iter().skip(1);
        while let Some(argument) = rest.next() {
            let Some(text) = argument.to_str() else { continue };
            match text.split_once('=').map_or(text, |(option, _)| option) {
                "-q" | "--quiet" | "-v" | "--verbose" => words.push(argument.clone()),
                "--message-format" | "--color" => {
                    words.push(argument.clone());
                    words.extend(if text.contains('=') { None } else { rest.next().cloned() });
                }
                _ => {}
            }
        }
        let matches = Self::augment_args(Command::new("gen")).try_get_matches_from(words);
        Self::from_arg_matches(&matches.ok()?).ok()
    }

    /// Has all messages from now on told like this.
    pub fn choose(self) {
        let _ = CHOSEN.set(self);
    }
}

/// How messages are told; before anything is chosen, for people.
pub fn manner() -> Manner {
    let Some(Messages { message_format, quiet, verbose, color: _ }) = CHOSEN.get().copied() else {
        return Manner { color: colors(io::stderr().is_terminal()), ..Manner::default() };
    };
    let format = match message_format {
        MessageFormat::Human => Format::Human,
        MessageFormat::Json => Format::Json,
        MessageFormat::Sarif => Format::Sarif,
        MessageFormat::Github => Format::Github,
        MessageFormat::Junit => Format::Junit,
    };
    let workspace = if matches!(format, Format::Github | Format::Sarif) { workspace() } else { None };
    Manner { format, color: colors(io::stderr().is_terminal()), quiet, verbose, workspace, about: ABOUT.get().map(String::as_str) }
}

/// The checkout of the workflow on GitHub that gen runs in, if it does: the paths of GitHub's annotations start at its root.
pub fn workspace() -> Option<&'static Workspace> {
    static FOUND: OnceLock<Option<Workspace>> = OnceLock::new();
    let found = FOUND.get_or_init(|| {
        let root = std::env::var_os("GITHUB_WORKSPACE").filter(|root| !root.is_empty())?;
        Workspace::of(std::fs::canonicalize(root).ok()?, std::env::current_dir().ok()?)
    });
    found.as_ref()
}

/// Whether a text has colors that goes to a terminal or elsewhere.
pub fn colors(is_terminal: bool) -> bool {
    match CHOSEN.get().map(|messages| messages.color).unwrap_or_default() {
        ColorChoice::Auto => is_terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    }
}

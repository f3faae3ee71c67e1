//! How messages are told, for the whole run.

use std::io::{self, IsTerminal as _};
use std::sync::OnceLock;

use clap::{Args, ColorChoice, ValueEnum};

use crate::report::{Format, Manner};

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

impl Messages {
    /// Has all messages from now on told like this.
    pub fn choose(self) {
        let _ = CHOSEN.set(self);
    }
}

/// How messages are told; before anything is chosen, for people.
pub fn manner() -> Manner {
    let Some(Messages { message_format, quiet, verbose, color }) = CHOSEN.get().copied() else {
        return Manner { color: takes_colors(), ..Manner::default() };
    };
    let format = match message_format {
        MessageFormat::Human => Format::Human,
        MessageFormat::Json => Format::Json,
        MessageFormat::Sarif => Format::Sarif,
        MessageFormat::Github => Format::Github,
        MessageFormat::Junit => Format::Junit,
    };
    let color = match color {
        ColorChoice::Auto => takes_colors(),
        ColorChoice::Always => true,
        ColorChoice::Never => false,
    };
    Manner { format, color, quiet, verbose }
}

/// Whether standard error takes colors: it is a terminal, and `NO_COLOR` does not say otherwise.
fn takes_colors() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

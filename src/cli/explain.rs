//! What a key or a finding means.

use clap::Args;

use super::notation::EditionName;
use super::print;
use crate::error::Error;
use crate::manual::{self, Layout};

/// Of what.
#[derive(Debug, Args)]
pub struct Explain {
    /// A key, such as `scheduler.replicas`; the code or the name of a finding, such as `A107`, or what codes begin with, such as `A`;
    /// all keys if there is none
    #[arg(value_name = "KEY|CODE")]
    subject: Option<String>,
    /// List all keys below, and not the next ones alone
    #[arg(short, long)]
    recursive: bool,
    /// The edition
    #[arg(long, value_enum, default_value_t)]
    edition: EditionName,
}

/// The most characters of a line where there is room for more.
const WIDTH: usize = 100;

impl Explain {
    pub(super) fn run(&self) -> Result<(), Error> {
        let terminal = terminal_size::terminal_size_of(std::io::stdout());
        let width = terminal.map_or(WIDTH, |(width, _)| usize::from(width.0).min(WIDTH));
        let layout = Layout { edition: self.edition.into(), recursive: self.recursive, width };
        print(&manual::explain(self.subject.as_deref().unwrap_or_default(), layout)?)
    }
}

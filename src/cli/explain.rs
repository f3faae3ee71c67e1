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
        let layout = Layout { edition: self.edition.into(), recursive: self.recursive, width: width() };
        print(&manual::explain(self.subject.as_deref().unwrap_or_default(), layout)?)
    }
}

/// The characters that a line has room for.
fn width() -> usize {
    // There are no terminals in WebAssembly.
    #[cfg(target_family = "wasm")]
    let terminal = None::<usize>;
    #[cfg(not(target_family = "wasm"))]
    let terminal = terminal_size::terminal_size_of(std::io::stdout()).map(|(width, _)| usize::from(width.0));
    terminal.map_or(WIDTH, |width| width.min(WIDTH))
}

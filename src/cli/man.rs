//! The manual page, from the definitions of the command line.

use clap::CommandFactory as _;
use clap_mangen::Man;

use super::{Cli, print};
use crate::error::{Diagnostic, Error};

/// Prints the manual page.
pub fn run() -> Result<(), Error> {
    let mut page = Vec::new();
    Man::new(Cli::command()).render(&mut page).map_err(|error| Error::from(Diagnostic::new(error.to_string())))?;
    print(&String::from_utf8_lossy(&page))
}

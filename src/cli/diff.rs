//! How a directory differs from what `gen` would write there.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgMatches, Args};

use super::cluster::ClusterArguments;
use super::given::GivenArguments;
use super::messages::manner;
use super::notation::ManifestNotation;
use super::print_and_warn;
use crate::Rendering;
use crate::error::{Diagnostic, Error, code};
use crate::kubernetes::Secrecy;
use crate::output;
use crate::report::Format;

/// What is compared with what.
#[derive(Debug, Args)]
pub struct Diff {
    #[command(flatten)]
    given: GivenArguments,
    #[command(flatten)]
    cluster: ClusterArguments,
    /// The directory, as `gen -o DIR` wrote it
    #[arg(value_name = "DIR")]
    directory: PathBuf,
    /// Compare Secrets with real values too; the values themselves are not shown
    #[arg(long)]
    with_secrets: bool,
    /// The notation of the manifests
    #[arg(long, value_enum, default_value_t)]
    format: ManifestNotation,
}

impl Diff {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<ExitCode, Error> {
        let Rendering { manifests, warnings, .. } = self.given.rendering(matches, self.cluster.cluster())?;
        if !self.directory.is_dir() {
            let error = Diagnostic::new(format!("there is no directory `{}`", self.directory.display())).coded(code::USAGE);
            return Err(error.help(format!("`gen ... -o {}` writes it", self.directory.display())).into());
        }
        let kept = manifests.iter().filter(|manifest| self.with_secrets || manifest.secrecy != Secrecy::Real);
        let files = output::files(&kept.collect::<Vec<_>>(), self.format.into());
        let differences = output::differences(&self.directory, &files)?;
        let text: String = differences.iter().map(|difference| difference.text.as_str()).collect();
        // People read the differences themselves; programs hear of each.
        let told = differences.iter().filter(|_| manner().format != Format::Human).map(|difference| difference.told.clone());
        print_and_warn(&text, &warnings.into_iter().chain(told).collect::<Vec<_>>())?;
        Ok(if differences.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

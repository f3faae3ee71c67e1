//! What is wrong with manifests that others rendered.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::cluster::ClusterArguments;
use super::given::make_errors;
use super::messages::manner;
use super::{print, say, unwritable};
use crate::error::{Diagnostic, Error, code};
use crate::intake::Intake;
use crate::report::{self, Format};
use crate::source::Text;

/// What is checked, and how much matters.
#[derive(Debug, Args)]
pub struct Check {
    /// A file of YAML or JSON, a folder, or `-` for standard input; all of them are one set.
    ///
    /// Of a folder, its files that end in `.yaml`, `.yml` or `.json` and those of the folders below it, without hidden ones and without
    /// links that lead out of it. Without any, standard input.
    #[arg(value_name = "FILE|DIR|-")]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    cluster: ClusterArguments,
    /// Take every warning for an error, as in CI
    #[arg(long)]
    strict: bool,
    /// Print standard input as it is if there are no errors, and findings to standard error: for a pipe, or for Helm's post-renderer
    #[arg(long)]
    pass_through: bool,
}

impl Check {
    pub(super) fn run(&self) -> Result<ExitCode, Error> {
        if self.pass_through { self.pass() } else { self.check() }
    }

    fn check(&self) -> Result<ExitCode, Error> {
        if self.inputs.is_empty() && io::stdin().is_terminal() {
            let error = Diagnostic::new("no manifests are given").coded(code::USAGE);
            return Err(error.help("name a file or a folder, or `-` for standard input: `helm template CHART | gen check -`").into());
        }
        let mut intake = Intake::default();
        for input in &self.inputs {
            if input.as_os_str() == "-" { intake.add_stdin() } else { intake.add(input) }
        }
        if self.inputs.is_empty() {
            intake.add_stdin();
        }
        intake.end();
        let told = self.told(&intake);
        let manner = manner();
        let text = report::of_files(&told, &intake.files, manner);
        // A reader that went away has seen enough, and the exit status says the rest.
        let printed = print(&text);
        if printed.as_ref().is_err_and(|error| error.closed_pipe) {
            return Ok(status(&intake, &told));
        }
        printed?;
        if manner.format == Format::Human && !manner.quiet {
            say(&format!("{}{}\n", if text.is_empty() { "" } else { "\n" }, intake.summary()));
        }
        Ok(status(&intake, &told))
    }

    fn pass(&self) -> Result<ExitCode, Error> {
        if let Some(input) = self.inputs.iter().find(|input| input.as_os_str() != "-") {
            let error = Diagnostic::new(format!("`--pass-through` is for standard input, and `{}` is none", input.display()));
            return Err(error.coded(code::USAGE).help("leave the file out, or the option").into());
        }
        let text = Text::read(None).map_err(|error| Error::from(*error))?;
        let mut intake = Intake::default();
        intake.add_text(&text);
        if !(intake.manifests.is_empty() && intake.told.is_empty()) {
            intake.end();
        }
        let told = self.told(&intake);
        if !told.iter().any(Diagnostic::is_error) {
            let mut out = io::stdout().lock();
            out.write_all(&text.bytes).and_then(|()| out.flush()).map_err(|error| unwritable(&error))?;
        }
        say(&report::of_files(&told, &intake.files, manner()));
        Ok(status(&intake, &told))
    }

    /// What is to be told, with `--strict` every warning as an error.
    fn told(&self, intake: &Intake) -> Vec<Diagnostic> {
        let mut told = crate::judged(intake, self.cluster.cluster());
        if self.strict {
            make_errors(&mut told);
        }
        told
    }
}

/// How the run ends: something could not be read, something is wrong, or neither.
fn status(intake: &Intake, told: &[Diagnostic]) -> ExitCode {
    if intake.told.iter().any(Diagnostic::is_error) {
        ExitCode::from(2)
    } else if told.iter().any(Diagnostic::is_error) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

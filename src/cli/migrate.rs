//! Values in today's keys, and what changes when gen takes the place of Helm.

use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ArgMatches, Args};

use super::given::GivenArguments;
use super::messages::colors;
use super::{print, print_and_warn, say, warn_and_say};
use crate::Rendering;
use crate::checks::Cluster;
use crate::diff::{self, Comparison, Filter, Side};
use crate::error::{Diagnostic, Error, code};
use crate::layers::Layer;
use crate::migrate::{self, File, Migrated};
use crate::source::Text;

/// Which values, and what is done with them.
#[derive(Debug, Args)]
pub struct Migrate {
    /// A values file, or `-` for standard input; several are layers, as with `-f`
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    given: GivenArguments,
    /// Write each file in its place; it is replaced as a whole or not at all
    #[arg(short, long)]
    write: bool,
    /// Print how the manifests that the values give differ from those in a file (`-` for standard input), which
    /// `helm template` or `helm get manifest` printed
    #[arg(long, value_name = "FILE", conflicts_with = "write")]
    against: Option<PathBuf>,
}

impl Migrate {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<ExitCode, Error> {
        let layers = self.layers(matches)?;
        match &self.against {
            Some(against) => self.compare(&layers, against),
            None => self.migrate(layers, matches),
        }
    }

    /// The files in the order of the command line, with `-f` or without, and then what lies above them.
    fn layers(&self, matches: &ArgMatches) -> Result<Vec<Layer>, Error> {
        if self.given.is_of_environment() {
            let error = Diagnostic::new("`gen migrate` has no `--environment`").coded(code::USAGE);
            return Err(error.help("name the files: `gen migrate --write base.yaml prod.yaml`").into());
        }
        let own = matches.indices_of("files").into_iter().flatten().zip(&self.files);
        let own = own.map(|(index, path)| (index, self.given.file(path.clone())));
        let mut files: Vec<(usize, Layer)> = own.chain(self.given.files(matches)).collect();
        files.sort_by_key(|(index, _)| *index);
        let layers: Vec<Layer> = files.into_iter().map(|(_, file)| file).chain(self.given.settings(matches, None)).collect();
        if !layers.iter().any(|layer| layer.file().is_some() || layer.is_stdin()) {
            let error = Diagnostic::new("no values file is given");
            return Err(error.help("name one: `gen migrate values.yaml`, or `-` for standard input").into());
        }
        if self.write && layers.iter().any(Layer::is_stdin) {
            return Err(Diagnostic::new("`--write` needs files: standard input has no place").into());
        }
        Ok(layers)
    }

    fn migrate(&self, layers: Vec<Layer>, matches: &ArgMatches) -> Result<ExitCode, Error> {
        let Migrated { files, told } = migrate::migrate(layers)?;
        self.given.accept(&told)?;
        let lines: Vec<String> =
            files.iter().map(|File { name, moved, dropped, .. }| format!("{name}: {}", done(*moved, *dropped))).collect();
        let summary = lines.join("\n");
        if self.write {
            migrate::replace(&files.iter().map(|file| (Path::new(&file.name), file.text.as_str())).collect::<Vec<_>>())?;
            // Its places are those of the files as they are now.
            warn_and_say(&migrate::migrate(self.layers(matches)?)?.told, &summary);
        } else {
            let printed = print(&text(&files));
            // A reader that went away gets the warnings too.
            if printed.as_ref().err().is_none_or(|error| error.closed_pipe) {
                warn_and_say(&told, &summary);
            }
            printed?;
        }
        Ok(if told.iter().any(Diagnostic::is_error) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    fn compare(&self, layers: &[Layer], against: &Path) -> Result<ExitCode, Error> {
        let is_stdin = against.as_os_str() == "-";
        if is_stdin && layers.iter().any(Layer::is_stdin) {
            return Err(Diagnostic::new("standard input cannot be the values and the manifests").into());
        }
        let text = Text::read((!is_stdin).then_some(against)).map_err(|error| *error)?;
        let Rendering { manifests, warnings, .. } = self.given.held(crate::manifests(layers, Cluster::default()))?;
        let before = Side::of_stream(&text)?;
        let comparison = Comparison::of(before, Side { manifests, files: None }, &Filter::default());
        let told: Vec<Diagnostic> = warnings.into_iter().chain(comparison.of_live()).collect();
        print_and_warn(&diff::human(&comparison, colors(io::stdout().is_terminal())), &told)?;
        if comparison.is_foreign {
            say("\nno object is on both sides: give the name of the release with `--release-name`, and its namespace with `-n`\n");
        }
        Ok(if comparison.is_same() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

/// One file as it is; several as a stream, each below its name.
fn text(files: &[File]) -> String {
    match files {
        [file] => file.text.clone(),
        files => files.iter().map(|file| format!("---\n# Source: {}\n{}", file.name, file.text)).collect(),
    }
}

/// What was done with a file.
fn done(moved: usize, dropped: usize) -> String {
    let keys = |number| if number == 1 { "1 key".to_owned() } else { format!("{number} keys") };
    let moved = (moved > 0).then(|| format!("{} moved to {}", keys(moved), if moved == 1 { "its new name" } else { "their new names" }));
    let dropped = (dropped > 0)
        .then(|| format!("{} without effect {} now", keys(dropped), if dropped == 1 { "is a comment" } else { "are comments" }));
    let parts: Vec<String> = moved.into_iter().chain(dropped).collect();
    if parts.is_empty() { "nothing to change".to_owned() } else { parts.join(", ") }
}

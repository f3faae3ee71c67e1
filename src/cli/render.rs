//! Rendering: the manifests, to standard output or into a directory.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgMatches, Args};

use super::{print, say, warn};
use crate::checks::KubernetesVersion;
use crate::error::Error;
use crate::output::{self, Format};
use crate::values::{Given, Layer};

/// What is rendered, and how it is written.
#[derive(Debug, Args)]
pub struct Render {
    /// A values file, or `-` for standard input; of several, those to the right have precedence
    #[arg(short = 'f', long = "values", value_name = "FILE")]
    values: Vec<PathBuf>,
    /// Set values: `key=value`, with commas between several
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Set values that are strings whatever they look like
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    set_string: Vec<String>,
    /// Set values to the text of files
    #[arg(long, value_name = "KEY=FILE", allow_hyphen_values = true)]
    set_file: Vec<String>,
    /// Set values in JSON: `key=JSON`, or a JSON object
    #[arg(long, value_name = "KEY=JSON", allow_hyphen_values = true)]
    set_json: Vec<String>,
    /// The namespace of every object that has one
    #[arg(short, long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    namespace: Option<String>,
    /// The name of the release
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    release_name: Option<String>,
    /// Check that a cluster of this version of Kubernetes has what the manifests ask for, such as `1.30`
    #[arg(long, value_name = "VERSION")]
    kube_version: Option<KubernetesVersion>,
    /// Only the manifests whose path matches the pattern, such as `secrets/*`; may be given several times
    #[arg(short, long, value_name = "GLOB")]
    show_only: Vec<String>,
    /// Write files into a directory, in the place of a stream to standard output
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// With `--output-dir`: overwrite or remove files that gen did not write or that were edited since
    #[arg(long, requires = "output_dir")]
    force: bool,
    /// The notation of the manifests
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

impl Render {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<(), Error> {
        let (manifests, warnings) = crate::manifests(&self.given(matches), self.kube_version)?;
        let selected = output::select(&manifests, &self.show_only)?;
        let Some(directory) = &self.output_dir else {
            warn(&warnings);
            return print(&output::stream(&selected, self.format));
        };
        let files = output::files(&selected, self.format);
        let done = output::write_directory(directory, &files, !self.show_only.is_empty(), self.force)?;
        warn(&warnings);
        let gap = if warnings.is_empty() { "" } else { "\n" };
        say(&format!("{gap}{}: {} written, {} unchanged, {} removed\n", directory.display(), done.written, done.unchanged, done.removed));
        Ok(())
    }

    /// The layers in the order in which they apply: files, then settings as they stand on the command line, then the
    /// options that have names of their own.
    fn given(&self, matches: &ArgMatches) -> Given {
        let files = self.values.iter().map(|path| if path.as_os_str() == "-" { Layer::Stdin } else { Layer::File(path.clone()) });
        let settings = [
            ("set", &self.set, Layer::Set as fn(String) -> Layer),
            ("set_string", &self.set_string, Layer::SetString),
            ("set_file", &self.set_file, Layer::SetFile),
            ("set_json", &self.set_json, Layer::SetJson),
        ];
        let mut placed: Vec<(usize, Layer)> = Vec::new();
        for (option, texts, layer) in settings {
            placed.extend(matches.indices_of(option).into_iter().flatten().zip(texts.iter().cloned().map(layer)));
        }
        placed.sort_by_key(|(index, _)| *index);
        let options = [("--namespace", "namespace", &self.namespace), ("--release-name", "releaseName", &self.release_name)];
        let options = options.into_iter().filter_map(|(option, key, value)| Some(Layer::Option(option, key, value.clone()?)));
        Given(files.chain(placed.into_iter().map(|(_, layer)| layer)).chain(options).collect())
    }
}

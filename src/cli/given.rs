//! What the command line says of the values: files, settings, and the options that are keys.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgMatches, Args};

use crate::Rendering;
use crate::checks::KubernetesVersion;
use crate::error::{Diagnostic, Error, Severity};
use crate::layers::Layer;

/// The options that every command has which reads values.
#[derive(Debug, Args)]
pub struct GivenArguments {
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
    /// Take every warning for an error, as in CI: nothing is printed or written then
    #[arg(long)]
    strict: bool,
}

impl GivenArguments {
    /// What the values give; with `--strict` it fails if there are warnings.
    pub(super) fn rendering(&self, matches: &ArgMatches, version: Option<KubernetesVersion>) -> Result<Rendering, Error> {
        self.held(crate::manifests(&self.in_order(matches), version))
    }

    /// What a run gives; with `--strict` it fails if there are warnings.
    pub(super) fn held(&self, done: Result<Rendering, Error>) -> Result<Rendering, Error> {
        match done {
            Ok(rendering) => self.accept(&rendering.warnings).map(|()| rendering),
            Err(error) => Err(self.as_strict(error)),
        }
    }

    /// An error, with `--strict` its warnings as errors too.
    pub(super) fn as_strict(&self, error: Error) -> Error {
        if self.strict { as_errors(error.diagnostics) } else { error }
    }

    /// Fails with `--strict` if there are warnings.
    pub(super) fn accept(&self, warnings: &[Diagnostic]) -> Result<(), Error> {
        if self.strict && !warnings.is_empty() { Err(as_errors(warnings.to_vec())) } else { Ok(()) }
    }

    /// The layers in the order in which they apply: files, then settings in the order of the command line, then the options
    /// that have names of their own.
    pub(super) fn in_order(&self, matches: &ArgMatches) -> Vec<Layer> {
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
        files.chain(placed.into_iter().map(|(_, layer)| layer)).chain(options).collect()
    }
}

fn as_errors(mut diagnostics: Vec<Diagnostic>) -> Error {
    for diagnostic in &mut diagnostics {
        diagnostic.severity = Severity::Error;
    }
    diagnostics.into()
}

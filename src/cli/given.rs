//! What the command line says of the values: files, settings, and the options that are keys.

use std::path::{Path, PathBuf};

use clap::builder::NonEmptyStringValueParser;
use clap::{ArgMatches, Args};

use super::messages::is_about;
use crate::Rendering;
use crate::bounded;
use crate::checks::Cluster;
use crate::error::{Diagnostic, Error, Severity, code};
use crate::fleet::{Environment, Fleet};
use crate::git::Revision;
use crate::layers::Layer;
use crate::output::Style;
use crate::shell;
use crate::source::Files;

/// The options that every command has which reads values.
#[derive(Debug, Args)]
pub struct GivenArguments {
    /// Begin with the values of this environment of `gen.yaml`, and with its namespace and the rest
    #[arg(short, long, value_name = "NAME")]
    environment: Option<String>,
    /// The file that lists the environments
    #[arg(short, long, value_name = "FILE", default_value = "gen.yaml", requires = "environment")]
    config: PathBuf,
    /// A values file, or `-` for standard input; of several, those to the right have precedence
    #[arg(short = 'f', long = "values", alias = "filename", value_name = "FILE")]
    values: Vec<PathBuf>,
    /// Where the values stand in each `-f`, if not at the top: `airflow` in the file of an umbrella chart, `spec.values` in a
    /// HelmRelease; settings may begin with it too
    #[arg(long, value_name = "KEY", value_parser = NonEmptyStringValueParser::new())]
    values_from: Option<String>,
    /// Set values: `key=value`, with commas between several
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    set: Vec<String>,
    /// Set values that are strings whatever they look like
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    set_string: Vec<String>,
    /// Set a value that is a string whatever is in it, commas and backslashes too
    #[arg(long, value_name = "KEY=VALUE", allow_hyphen_values = true)]
    set_literal: Vec<String>,
    /// Set values to the text of files
    #[arg(long, value_name = "KEY=FILE", allow_hyphen_values = true)]
    set_file: Vec<String>,
    /// Set values in JSON: `key=JSON`, or a JSON object
    #[arg(long, value_name = "KEY=JSON", allow_hyphen_values = true)]
    set_json: Vec<String>,
    /// The namespace of every object that has one
    #[arg(short, long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    namespace: Option<String>,
    /// Have the Namespace itself among the manifests
    #[arg(long)]
    create_namespace: bool,
    /// The name of the release
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    release_name: Option<String>,
    /// Take every warning for an error, as in CI: nothing is printed or written then
    #[arg(long)]
    strict: bool,
}

impl GivenArguments {
    /// What the values give; with `--strict` it fails if there are warnings.
    pub(super) fn rendering(&self, matches: &ArgMatches, cluster: Cluster) -> Result<Rendering, Error> {
        let (layers, of_environment) = self.in_order(matches)?;
        self.held(crate::manifests(&layers, cluster.or(of_environment)))
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
        let warns = warnings.iter().any(|one| one.severity == Severity::Warning);
        if self.strict && warns { Err(as_errors(warnings.to_vec())) } else { Ok(()) }
    }

    /// The same layers, with the environment as `gen.yaml` has it at a revision of git, and as it has it now, if git does not track that
    /// file; and what is to be told of it. None, if there was no such environment.
    pub(super) fn in_order_at(&self, matches: &ArgMatches, revision: &Revision) -> Result<(Option<Vec<Layer>>, Vec<Diagnostic>), Error> {
        let Some(name) = &self.environment else { return Ok((Some(self.own(matches, None)), Vec::new())) };
        let list = self.config.display();
        let note = |title: String| vec![Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::GIT) }];
        let is_there = revision.read(&self.config, bounded::MOST)?.is_some();
        if !is_there && revision.is_tracked_now(&self.config)? {
            return Ok((None, note(format!("`{list}` is not there in `{}`", revision.name))));
        }
        let (files, told) = if is_there {
            (Files::Revision(revision.clone().into()), Vec::new())
        } else {
            (Files::Disk, note(format!("git does not track `{list}`: it counts for both sides as it is")))
        };
        let environments = Fleet::read_in(&files, &self.config)?.environments;
        let Some(Environment { mut layers, values_from, .. }) = environments.into_iter().find(|one| one.name == *name) else {
            return Ok((None, note(format!("`{list}` has no environment `{name}` in `{}`", revision.name))));
        };
        layers.extend(self.own(matches, values_from.as_deref()));
        Ok((Some(layers), told))
    }

    /// The layers in the order in which they apply: those of the environment, files, then settings in the order of the command line,
    /// then the options that have names of their own. And what is known of the environment's cluster.
    pub(super) fn in_order(&self, matches: &ArgMatches) -> Result<(Vec<Layer>, Cluster), Error> {
        self.with_style(matches).map(|(layers, cluster, _)| (layers, cluster))
    }

    /// The same, and how the manifests of the environment become files.
    pub(super) fn with_style(&self, matches: &ArgMatches) -> Result<(Vec<Layer>, Cluster, Option<Style>), Error> {
        if self.values_from.is_some() && self.values.is_empty() {
            return Err(self.of_no_file().into());
        }
        let listed = self.environment.as_ref().map(|_| &self.config);
        if let Some(file) = self.values.iter().find(|file| file.as_os_str() != "-").or(listed) {
            is_about(file);
        }
        let Some(name) = &self.environment else { return Ok((self.own(matches, None), Cluster::default(), None)) };
        let Environment { mut layers, values_from, cluster, style, .. } = Fleet::read(&self.config)?.environment(name)?;
        layers.extend(self.own(matches, values_from.as_deref()));
        Ok((layers, cluster, Some(style)))
    }

    /// An error about `--values-from` without a file that it is about.
    fn of_no_file(&self) -> Diagnostic {
        let error = Diagnostic::new("`--values-from` is about `-f`, and there is none").coded(code::USAGE);
        match &self.environment {
            Some(_) => error.help(format!("of the files that `{}` lists, its key `valuesFrom` says it", self.config.display())),
            None => error.help("name the file: `-f values.yaml`"),
        }
    }

    /// A file of the command line.
    pub(super) fn file(&self, path: PathBuf) -> Layer {
        let file = if path.as_os_str() == "-" { Layer::Stdin } else { Layer::File(path) };
        match &self.values_from {
            Some(key) => Layer::Within(Box::new(file), key.clone()),
            None => file,
        }
    }

    /// The environment and the files as they are typed, for another command line.
    pub(super) fn typed(&self) -> String {
        let environment = self.environment.iter().map(|name| format!("-e {}", shell::word(name)));
        let files = self.values.iter().map(|path| format!("-f {}", shell::word(&path.to_string_lossy())));
        environment.chain(files).collect::<Vec<_>>().join(" ")
    }

    /// The files of the command line, each with its place there.
    pub(super) fn files(&self, matches: &ArgMatches) -> Vec<(usize, Layer)> {
        let placed = matches.indices_of("values").into_iter().flatten().zip(&self.values);
        placed.flat_map(|(index, value)| files(value).into_iter().map(move |path| (index, self.file(path)))).collect()
    }

    /// The layers of the command line.
    pub(super) fn own(&self, matches: &ArgMatches, of_environment: Option<&str>) -> Vec<Layer> {
        let files = self.files(matches).into_iter().map(|(_, file)| file);
        files.chain(self.settings(matches, of_environment)).collect()
    }

    /// The layers that are no files. Settings may begin with the path at which the values stand in the files of the command line, or in
    /// those of an environment.
    pub(super) fn settings(&self, matches: &ArgMatches, of_environment: Option<&str>) -> Vec<Layer> {
        let below = self.values_from.as_deref().or(of_environment);
        let within = |layer: Layer| match below {
            Some(key) => Layer::Within(Box::new(layer), key.to_owned()),
            None => layer,
        };
        let settings = [
            ("set", &self.set, Layer::Set as fn(String) -> Layer),
            ("set_string", &self.set_string, Layer::SetString),
            ("set_literal", &self.set_literal, Layer::SetLiteral),
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
        let flag = self.create_namespace.then_some(Layer::Flag("--create-namespace", "createNamespace"));
        placed.into_iter().map(|(_, layer)| within(layer)).chain(options).chain(flag).collect()
    }

    /// Refuses what would have gen's own defaults by mistake: a place of manifests without any values for it.
    pub(super) fn refuse_defaults(&self, place: &str) -> Result<(), Error> {
        if self.says_something() {
            return Ok(());
        }
        let error = Diagnostic::new(format!("no values are given for `{place}`")).coded(code::USAGE);
        Err(error.help("name a values file with `-f`, or a value with `--set`; `-f -` with `{}` is for the defaults").into())
    }

    /// Whether any values are given, beside the names of the release and its namespace.
    fn says_something(&self) -> bool {
        let settings = [&self.set, &self.set_string, &self.set_literal, &self.set_file, &self.set_json];
        self.environment.is_some() || !self.values.is_empty() || settings.iter().any(|texts| !texts.is_empty())
    }

    /// Whether an environment is named.
    pub(super) fn is_of_environment(&self) -> bool {
        self.environment.is_some()
    }

    /// Names the release, unless it has a name.
    pub(super) fn name_release(&mut self, name: String) {
        self.release_name.get_or_insert(name);
    }
}

/// One file, or several with commas between, as Helm takes them, unless there is a file of that very name.
fn files(value: &Path) -> Vec<PathBuf> {
    match value.to_str() {
        Some(text) if text.contains(',') && !value.exists() => text.split(',').filter(|name| !name.is_empty()).map(PathBuf::from).collect(),
        _ => vec![value.to_owned()],
    }
}

fn as_errors(mut diagnostics: Vec<Diagnostic>) -> Error {
    make_errors(&mut diagnostics);
    diagnostics.into()
}

/// Makes an error of every warning, as `--strict` does.
pub(super) fn make_errors(diagnostics: &mut [Diagnostic]) {
    for diagnostic in diagnostics.iter_mut().filter(|one| one.severity == Severity::Warning) {
        diagnostic.severity = Severity::Error;
    }
}

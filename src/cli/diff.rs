//! How one set of manifests differs from another, and what an apply of the difference would do.

mod place;

use std::io::{self, IsTerminal as _};
use std::process::ExitCode;

use clap::{ArgMatches, Args, ValueEnum};

use super::cluster::ClusterArguments;
use super::given::GivenArguments;
use super::messages::{colors, manner, workspace};
use super::notation::ManifestNotation;
use super::{nested, print, print_and_warn, warn};
use crate::Rendering;
use crate::checks::Cluster;
use crate::diff::{self, Comparison, Filter, Side};
use crate::error::{Diagnostic, Error, code};
use crate::git::Revision;
use crate::kubernetes::{Manifest, Secrecy};
use crate::layers::Layer;
use crate::output::{self, Style};
use crate::report::Format;
use place::{Place, Then};

/// What is compared with what.
#[derive(Debug, Args)]
pub struct Diff {
    #[command(flatten)]
    given: GivenArguments,
    #[command(flatten)]
    cluster: ClusterArguments,
    /// What there is: a directory, as `gen -o DIR` wrote it or of any manifests, a file of manifests, `-` for standard input, or one of
    /// the two at a revision of git: `git:REV` or `git:REV:PATH`
    ///
    /// Of a directory that `gen` wrote, the files of `gen`; of any other, its files that end in `.yaml`, `.yml` or `.json`. Paths start at
    /// the working directory. `git:REV` is what the other side is, at that revision.
    #[arg(value_name = "FROM")]
    from: Option<Place>,
    /// What it is compared with, of the same kinds; without it, what the values give
    #[arg(value_name = "TO", conflicts_with_all = ["against", "environment", "values", "set", "set_string", "set_literal", "set_file", "set_json",
        "namespace", "create_namespace", "release_name", "strict", "with_secrets"])]
    to: Option<Place>,
    /// Compare with what the same values gave at a revision of git: values files, and the files that they name, as they are there
    #[arg(long, value_name = "REV", conflicts_with_all = ["from", "with_secrets"])]
    against: Option<String>,
    /// Leave out what does not count, as for the exit status: `annotations`, `checksums`, `images`, `labels`, `notation` (how files are
    /// written), `replicas`, or paths of fields such as `metadata.labels.*`
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    ignore: Vec<String>,
    /// How the differences are printed
    #[arg(short, long, value_enum, value_name = "FORM", default_value_t)]
    output: Form,
    /// Print the objects that are not there any more, for `kubectl delete -f -`; with `-o name` their names, for `xargs kubectl delete`.
    /// The exit status is 0
    #[arg(long)]
    removed: bool,
    /// Of a directory: compare Secrets with real values too; the values themselves are not shown
    #[arg(long)]
    with_secrets: bool,
    /// The notation of the directory's manifests, and of what `--removed` prints
    #[arg(long, value_enum, default_value_t)]
    format: ManifestNotation,
}

/// How differences are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// By object and field, for people.
    #[default]
    Human,
    /// As `diff -u` has them.
    Unified,
    /// For a comment of a pull request, bounded in size.
    Markdown,
    /// For programs.
    Json,
    /// Annotations of GitHub's workflows.
    Github,
    /// With `--removed`: names, as `kubectl -o name` has them.
    Name,
}

impl Diff {
    pub(super) fn run(&self, matches: &ArgMatches) -> Result<ExitCode, Error> {
        self.refuse_forms()?;
        let filter = Filter::of(&self.ignore)?;
        let Sides { before, after, mut told } = self.sides(matches)?;
        let unified = if self.output == Form::Unified || manner().format != Format::Human {
            diff::unified(&before, &after, &filter)
        } else {
            Vec::new()
        };
        let folder = self.from.as_ref().and_then(Place::folder);
        let comparison = Comparison::of(before, after, &filter);
        told.extend(comparison.of_live());
        if self.removed {
            return self.print_removed(&comparison, &told);
        }
        let text = match self.output {
            // As of `diff`: there is nothing to say.
            Form::Human | Form::Github if comparison.is_same() => String::new(),
            Form::Human | Form::Name => diff::human(&comparison, colors(io::stdout().is_terminal())),
            Form::Unified => unified.iter().map(|difference| difference.text.as_str()).collect(),
            Form::Markdown => diff::markdown(&comparison),
            Form::Json => diff::json(&comparison),
            Form::Github => diff::github(&comparison, folder.as_deref(), workspace()),
        };
        // People read the differences themselves; programs hear of each.
        if manner().format != Format::Human && self.output != Form::Github {
            let directory = folder.unwrap_or_default();
            told.extend(unified.iter().map(|difference| difference.told(directory.as_ref())));
            told.extend(comparison.findings.iter().map(diff::Finding::told));
        }
        print_and_warn(&text, &told)?;
        Ok(if comparison.is_same() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Refuses what would have no effect.
    fn refuse_forms(&self) -> Result<(), Error> {
        let wrong = |what: &str, help: &str| Err(Diagnostic::new(what).coded(code::USAGE).help(help).into());
        match self.output {
            Form::Name if !self.removed => {
                wrong("`-o name` goes with `--removed`", "`gen diff --removed -o name ...` prints the names of what is gone")
            }
            Form::Human | Form::Name => Ok(()),
            _ if self.removed => wrong("`--removed` prints objects, or names", "leave `-o` out, or give `-o name`"),
            _ => Ok(()),
        }
    }

    fn print_removed(&self, comparison: &Comparison, told: &[Diagnostic]) -> Result<ExitCode, Error> {
        if self.output == Form::Name {
            print(&diff::names(comparison))?;
        } else {
            let removed = diff::removed(comparison);
            print(&output::plain_stream(&removed.iter().collect::<Vec<_>>(), self.format.into()))?;
        }
        warn(&told.iter().cloned().chain(comparison.kept_for_their_data()).collect::<Vec<_>>());
        Ok(ExitCode::SUCCESS)
    }

    /// Both sides, and what is to be told of the values.
    fn sides(&self, matches: &ArgMatches) -> Result<Sides, Error> {
        if let (Some(from), Some(to)) = (&self.from, &self.to) {
            if from.is_stdin() && to.is_stdin() {
                return Err(Diagnostic::new("standard input cannot be both sides").coded(code::USAGE).into());
            }
            let before = from.side(&Then { other: Some(to), rendered: None });
            let before = before.map_err(|error| place::of_values(error, from, &to.to_string()))?;
            let after = to.side(&Then { other: Some(from), rendered: None });
            let after = after.map_err(|error| to_values(error, from, to))?;
            return Ok(Sides { before, after, told: Vec::new() });
        }
        let (layers, of_environment, style) = self.given.with_style(matches)?;
        let cluster = self.cluster.cluster().or(of_environment);
        if let Some(revision) = &self.against {
            return self.against(&Revision::of(revision)?, matches, &layers, cluster);
        }
        let Some(from) = &self.from else {
            let error = Diagnostic::new("`gen diff` is not told what to compare with what the values give").coded(code::USAGE);
            return Err(error.help("name a directory, a file or a revision of git: `gen diff rendered/ -f values.yaml`").into());
        };
        self.given.refuse_defaults(&from.to_string())?;
        if from.is_stdin() && layers.iter().any(Layer::is_stdin) {
            return Err(Diagnostic::new("standard input cannot be the values and the manifests").coded(code::USAGE).into());
        }
        let Rendering { manifests, warnings: mut told, .. } = self.given.held(crate::manifests(&layers, cluster))?;
        if !from.is_directory()? {
            let before = from.side(&Then { other: None, rendered: None });
            let before = before.map_err(|error| place::of_values(error, from, &self.given.typed()))?;
            return Ok(Sides { before, after: Side { manifests, files: None }, told });
        }
        let kept: Vec<Manifest> = manifests.into_iter().filter(|one| self.with_secrets || one.secrecy != Secrecy::Real).collect();
        let plain = style.unwrap_or_else(|| Style { format: self.format.into(), ..Style::default() });
        let style = from.folder().and_then(|folder| Style::of(folder.as_ref(), plain.format).ok()).unwrap_or(plain);
        let paths = style.paths(&kept.iter().collect::<Vec<_>>());
        let (written, _) = output::tree(&kept, true, style);
        let files = written.into_iter().map(|file| (file.path, file.text)).collect();
        let before = from.side(&Then { other: None, rendered: Some(&files) })?;
        if let Place::Path(directory) = from {
            told.extend(nested::below(directory));
            self.given.accept(&told)?;
        }
        // Their paths are those of the files.
        let placed = kept.into_iter().zip(paths).map(|(one, path)| Manifest { path, ..one }).collect();
        Ok(Sides { before, after: Side { manifests: placed, files: Some(files) }, told })
    }

    /// What the values gave at a revision, and what they give.
    fn against(&self, revision: &Revision, matches: &ArgMatches, layers: &[Layer], cluster: Cluster) -> Result<Sides, Error> {
        if !self.given.is_of_environment() && !layers.iter().any(|layer| layer.file().is_some()) {
            let error = Diagnostic::new("no values file is given to look for in git").coded(code::USAGE);
            return Err(error.help("name it: `gen diff --against main -f values.yaml`").into());
        }
        let (at_revision, mut told) = self.given.in_order_at(matches, revision)?;
        let now = place::loaded(layers)?;
        let then = match at_revision {
            Some(layers) => place::layers_at(revision, &layers, &now, self.given.is_of_environment(), &mut told)?,
            None => None,
        };
        let after = self.given.held(crate::manifests(&now, cluster))?;
        told.extend(after.warnings);
        let before = match then {
            Some(layers) => crate::manifests_at(&layers, revision.clone())?.manifests,
            None => Vec::new(),
        };
        let side = |manifests| Side { manifests, files: None };
        Ok(Sides { before: side(before), after: side(after.manifests), told })
    }
}

/// An error about the second side, which may be values.
fn to_values(error: Error, from: &Place, to: &Place) -> Error {
    place::helped(
        error,
        &match to {
            Place::Path(path) => format!("gen diff {from} -f {}", place::quoted(path)),
            _ => format!("gen diff {from} -f -"),
        },
    )
}

/// What is compared.
struct Sides {
    before: Side,
    after: Side,
    /// What is to be told of the values.
    told: Vec<Diagnostic>,
}

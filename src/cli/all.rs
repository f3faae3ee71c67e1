//! Many stacks: each environment of `gen.yaml`, in its directory.

mod dry;
mod handover;
mod left;
mod outcome;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use indicatif::{ParallelProgressIterator as _, ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::dry::DryArguments;
use super::given::make_errors;
use super::messages::{is_about, manner};
use super::render::left_out;
use super::{print, warn_and_say};
use crate::error::{Diagnostic, Error, Severity};
use crate::fleet::{Cache, Environment, Fleet, Kept, Known, Leftover, Shard};
use crate::layers::Given;
use crate::output::{self, File, Staged, Stamp, WriteOptions, Written};
use crate::report::Format;
use dry::Dry;
use handover::{Handed, Handover};
use left::{left_behind, whose};
use outcome::{Outcome, handed, together};

/// Which environments are rendered, and what is done with them.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub struct All {
    /// Only these environments: names, or patterns such as `prod-*`
    #[arg(value_name = "ENVIRONMENT")]
    environments: Vec<String>,
    /// The file that lists the environments
    #[arg(short, long, value_name = "FILE", default_value = "gen.yaml")]
    config: PathBuf,
    /// Write nothing: print which files are not what the values give, and end with 1 if there are any
    #[arg(long, conflicts_with = "force")]
    check: bool,
    /// Only a part of the environments, such as `2/4`, for one of several jobs; each environment is in one part, by its name
    #[arg(long, value_name = "I/N")]
    shard: Option<Shard>,
    /// Take every warning for an error, as in CI: nothing is written then
    #[arg(long)]
    strict: bool,
    /// Write Secrets with real values too, readable for you alone (mode 0600)
    #[arg(long)]
    with_secrets: bool,
    /// Remove what gen wrote into directories of environments that the file does not list any more, and what `gen -o` wrote into one above
    /// those that it lists
    #[arg(long, conflicts_with = "environments")]
    prune: bool,
    /// Overwrite or remove files that gen did not write or that were edited since
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    dry: DryArguments,
    /// Render every environment, and not only those of which something changed since `.gen-cache` was written
    #[arg(long)]
    no_cache: bool,
}

impl All {
    pub(super) fn run(&self) -> Result<ExitCode, Error> {
        is_about(&self.config);
        let fleet = Fleet::read(&self.config)?;
        let chosen = fleet.selected(&self.environments, self.shard)?;
        // Two runs of one file do not get into each other's way.
        let _lock = std::fs::File::open(&self.config).inspect(|lock| drop(lock.lock()));
        if self.check || !chosen.iter().any(|environment| environment.hydrator_metadata) {
            let key = "`hydratorMetadata: true` of an environment asks for it";
            self.dry.refuse(if self.check { "with `--check` nothing is written" } else { key })?;
        }
        // Of a part too, what is left behind is that of all.
        let mut left = if self.environments.is_empty() { fleet.leftovers() } else { fleet.above(&chosen) };
        left.retain(|leftover| self.shard.is_none_or(|shard| shard.has(&leftover.name())));
        if self.check { self.compare(&fleet, &chosen, &left) } else { self.write(&fleet, &chosen, &left) }
    }

    /// Prints what is not as it would be written.
    fn compare(&self, fleet: &Fleet, chosen: &[&Environment], left: &[Leftover]) -> Result<ExitCode, Error> {
        let outcomes =
            Self::each(chosen, |environment| self.one(environment, |rendered, _| output::outdated(&environment.out, &rendered.files)));
        let handed = handed(chosen, &outcomes);
        let (outdated, mut told) = together(chosen, outcomes)?;
        self.add_handovers(fleet, &handed, &mut told)?;
        let number = outdated.iter().filter(|lines| lines.is_empty()).count();
        let lines = outdated.into_iter().flatten();
        let lines: Vec<String> = if self.prune { lines.chain(own(left).map(whose)).collect() } else { lines.collect() };
        let text: String = lines.into_iter().map(|line| line + "\n").collect();
        told.extend(self.of_leftovers(left)?);
        print(&text)?;
        let are = if chosen.len() == 1 { "is" } else { "are" };
        warn_and_say(&told, &format!("{number} of {} {are} up to date", counted(chosen.len(), "environment")));
        Ok(if text.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Writes all directories, or none.
    fn write(&self, fleet: &Fleet, chosen: &[&Environment], left: &[Leftover]) -> Result<ExitCode, Error> {
        let options = WriteOptions { partial: false, force: self.force };
        let dry = Dry::of(&self.dry, &self.config, chosen, self.strict)?;
        let mut cache = if self.no_cache { Cache::default() } else { Cache::of(&self.config) };
        let outcomes = Self::each(chosen, |environment| {
            let input = self.input(environment);
            // What others have to provide is told with `--verbose`, from what is rendered.
            let known = input.as_ref().filter(|_| !manner().verbose).and_then(|input| cache.unchanged(environment, input, self.strict));
            if let Some(Known { files, told }) = known {
                return Outcome { done: Some(Ready::Unchanged(files)), told, handovers: None };
            }
            self.one(environment, |rendered, told| {
                let Rendered { mut files, stamp, is_open } = rendered;
                files.extend(dry.iter().filter(|_| environment.hydrator_metadata).map(|dry| dry.file(environment)));
                let staged = output::stage(&environment.out, &files, &stamp, options)?;
                // Nothing may have changed while it was read.
                let input = input.clone().filter(|_| is_open && self.input(environment) == input);
                Ok(Ready::Staged(Box::new(staged), input.and_then(|input| Kept::of(environment, input, told))))
            })
        });
        let handed = handed(chosen, &outcomes);
        let (ready, mut told) = together(chosen, outcomes)?;
        let spoken_of = self.add_handovers(fleet, &handed, &mut told)?;
        let goes = own(left).filter(|_| self.prune);
        let goes = goes.map(|leftover| Ok((leftover, output::stage_removal(&leftover.directory, options)?)));
        let goes = goes.collect::<Result<Vec<_>, Error>>()?;
        told.extend(self.of_leftovers(left)?);
        told.extend(dry.and_then(|dry| dry.told));
        let mut lines = String::new();
        let mut sum = Written::default();
        let known: Vec<bool> = ready.iter().map(|ready| matches!(ready, Ready::Unchanged(_))).collect();
        let put: Vec<Result<_, Error>> = ready.into_par_iter().map(Ready::put).collect();
        for ((environment, is_known), put) in chosen.iter().zip(known).zip(put) {
            let (done, kept) = put?;
            if !is_known {
                cache.keep(environment, kept.filter(|_| !spoken_of.contains(&environment.name)));
            }
            if done.written + done.removed > 0 {
                let _ = writeln!(lines, "{}: {}", environment.out.display(), done);
            }
            sum.written += done.written;
            sum.unchanged += done.unchanged;
            sum.removed += done.removed;
        }
        for (leftover, staged) in goes {
            let done = staged.put_alone()?;
            let _ = writeln!(lines, "{}: {}", leftover.directory.display(), done);
            sum.removed += done.removed;
        }
        cache.save(&fleet.environments);
        warn_and_say(&told, &format!("{lines}{}: {}", counted(chosen.len(), "environment"), sum));
        Ok(ExitCode::SUCCESS)
    }

    /// Adds what is told of environments that have the same Application or Kustomization; gives which they are.
    fn add_handovers(&self, fleet: &Fleet, handed: &Handed<'_>, told: &mut Vec<Diagnostic>) -> Result<BTreeSet<String>, Error> {
        let (shared, environments) = handover::shared(&fleet.environments, handed);
        told.extend(shared);
        if self.strict {
            make_errors(told);
        }
        if told.iter().any(Diagnostic::is_error) { Err(std::mem::take(told).into()) } else { Ok(environments) }
    }

    /// What an environment follows from, if that may be remembered: with secrets it is not.
    fn input(&self, environment: &Environment) -> Option<String> {
        if self.with_secrets { None } else { environment.input() }
    }

    /// What is told of directories that are left behind and stay; with `--strict` it fails if there are warnings.
    fn of_leftovers(&self, left: &[Leftover]) -> Result<Vec<Diagnostic>, Error> {
        let left = left.iter().filter(|one| !self.prune || !one.is_own());
        let file = if self.config.as_os_str() == "gen.yaml" { String::new() } else { format!(" -c {}", self.config.display()) };
        let mut told = left_behind(left, &self.config, &file);
        if self.strict && !told.iter().all(|one| one.severity == Severity::Note) {
            make_errors(&mut told);
            return Err(told.into());
        }
        Ok(told)
    }

    /// Does something with each environment, several at a time.
    fn each<T: Send>(chosen: &[&Environment], act: impl Fn(&Environment) -> Outcome<T> + Sync) -> Vec<Outcome<T>> {
        let bar = progress(chosen.len());
        let all = chosen.par_iter().progress_with(bar.clone()).map(|environment| act(environment)).collect();
        bar.finish_and_clear();
        all
    }

    /// Renders an environment, and does something with its files.
    fn one<T>(&self, environment: &Environment, act: impl Fn(Rendered, &[Diagnostic]) -> Result<T, Error>) -> Outcome<T> {
        let rendering = match environment.rendering() {
            Ok(rendering) => rendering,
            Err(error) => return self.failed(error.diagnostics),
        };
        let handovers = Handover::among(&rendering.manifests);
        let mut told = rendering.warnings.clone();
        let folder = self.config.parent().unwrap_or(Path::new(""));
        told.extend(handovers.iter().filter_map(|handover| handover.elsewhere(environment, folder, rendering.given.as_ref())));
        if self.strict && told.iter().any(|one| one.severity == Severity::Warning) {
            return self.failed(told);
        }
        let (files, secrets) = output::tree(&rendering.manifests, self.with_secrets, environment.style);
        told.extend(left_out(&secrets).filter(|_| !self.check));
        let (layout, member) = (environment.style.layout, environment.member.clone());
        let stamp = Stamp { layout, environment: member, ..rendering.stamp(environment.cluster.version) };
        let is_open = rendering.given.as_ref().is_some_and(Given::is_open);
        match act(Rendered { files, stamp, is_open }, &told) {
            Ok(done) => Outcome { done: Some(done), told, handovers: Some(handovers) },
            Err(error) => self.failed(error.diagnostics),
        }
    }

    fn failed<T>(&self, mut told: Vec<Diagnostic>) -> Outcome<T> {
        if self.strict {
            make_errors(&mut told);
        }
        Outcome { done: None, told, handovers: None }
    }
}

/// What an environment gives.
struct Rendered {
    files: Vec<File>,
    stamp: Stamp,
    /// Whether nothing in its values is secret.
    is_open: bool,
}

/// An environment whose turn it is to be written.
enum Ready {
    /// Nothing changed since its files were written, of which there are so many.
    Unchanged(usize),
    /// Its files are written beside their places; and what may be remembered of it.
    Staged(Box<Staged>, Option<Kept>),
}

impl Ready {
    /// Puts the files into their places; gives how much changed, and what is to be remembered now.
    fn put(self) -> Result<(Written, Option<Kept>), Error> {
        match self {
            Self::Unchanged(unchanged) => Ok((Written { unchanged, ..Written::default() }, None)),
            Self::Staged(staged, kept) => Ok((staged.put_alone()?, kept)),
        }
    }
}

/// Those that may be removed.
fn own(left: &[Leftover]) -> impl Iterator<Item = &Leftover> {
    left.iter().filter(|leftover| leftover.is_own())
}

fn counted(number: usize, one: &str) -> String {
    format!("{number} {one}{}", if number == 1 { "" } else { "s" })
}

/// A bar on a terminal; elsewhere, and where programs read the messages, there is none.
fn progress(number: usize) -> ProgressBar {
    let manner = manner();
    if manner.format != Format::Human || manner.quiet || number < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} environments");
    ProgressBar::new(number as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

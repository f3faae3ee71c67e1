//! Many stacks: each environment of `gen.yaml`, in its directory.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use indexmap::IndexMap;
use indicatif::{ParallelProgressIterator as _, ProgressBar, ProgressStyle};
use rayon::prelude::*;

use super::given::make_errors;
use super::messages::manner;
use super::render::left_out;
use super::{print, warn_and_say};
use crate::error::{Diagnostic, Error, Kind, Severity, code};
use crate::fleet::{Cache, Environment, Fleet, Leftover, Shard};
use crate::layers::Given;
use crate::output::{self, File, Staged, Stamp, WriteOptions, Written};
use crate::report::Format;

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
    /// Remove what gen wrote into directories of environments that the file does not list any more
    #[arg(long, conflicts_with = "environments")]
    prune: bool,
    /// Overwrite or remove files that gen did not write or that were edited since
    #[arg(long)]
    force: bool,
    /// Render every environment, and not only those of which something changed since `.gen-cache` was written
    #[arg(long)]
    no_cache: bool,
}

impl All {
    pub(super) fn run(&self) -> Result<ExitCode, Error> {
        let fleet = Fleet::read(&self.config)?;
        let chosen = fleet.selected(&self.environments, self.shard)?;
        // Two runs of one file do not get into each other's way.
        let _lock = std::fs::File::open(&self.config).inspect(|lock| drop(lock.lock()));
        let mut left = if self.environments.is_empty() { fleet.leftovers() } else { Vec::new() };
        left.retain(|leftover| self.shard.is_none_or(|shard| shard.has(&leftover.environment)));
        if self.check { self.compare(&chosen, &left) } else { self.write(&fleet, &chosen, &left) }
    }

    /// Prints what is not as it would be written.
    fn compare(&self, chosen: &[&Environment], left: &[Leftover]) -> Result<ExitCode, Error> {
        let outcomes =
            self.each(chosen, |environment| self.one(environment, |rendered| output::outdated(&environment.out, rendered.files)));
        let (outdated, mut told) = together(chosen, outcomes)?;
        let number = outdated.iter().filter(|lines| lines.is_empty()).count();
        let lines = outdated.into_iter().flatten();
        let lines: Vec<String> = if self.prune { lines.chain(left.iter().map(whose)).collect() } else { lines.collect() };
        let text: String = lines.into_iter().map(|line| line + "\n").collect();
        told.extend(self.of_leftovers(left));
        print(&text)?;
        warn_and_say(&told, &format!("{number} of {} are up to date", counted(chosen.len(), "environment")));
        Ok(if text.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    /// Writes all directories, or none.
    fn write(&self, fleet: &Fleet, chosen: &[&Environment], left: &[Leftover]) -> Result<ExitCode, Error> {
        let options = WriteOptions { partial: false, force: self.force };
        let mut cache = if self.no_cache { Cache::default() } else { Cache::of(&self.config) };
        let outcomes = self.each(chosen, |environment| {
            let input = self.input(environment);
            // What others have to provide is told with `--verbose`, from what is rendered.
            if let Some(number) = input.as_ref().filter(|_| !manner().verbose).and_then(|input| cache.unchanged(environment, input)) {
                return Outcome { done: Some(Ready::Unchanged(number)), told: Vec::new() };
            }
            self.one(environment, |rendered| {
                let staged = output::stage(&environment.out, rendered.files, &rendered.stamp, options)?;
                // Nothing may have changed while it was read.
                let is_same = rendered.is_plain && self.input(environment) == input;
                Ok(Ready::Staged(staged, input.clone().filter(|_| is_same)))
            })
        });
        let (ready, mut told) = together(chosen, outcomes)?;
        let goes = left.iter().filter(|_| self.prune);
        let goes = goes.map(|leftover| Ok((leftover, output::stage_removal(&leftover.directory, options)?)));
        let goes = goes.collect::<Result<Vec<_>, Error>>()?;
        told.extend(self.of_leftovers(left));
        let mut lines = String::new();
        let mut sum = Written::default();
        for (environment, ready) in chosen.iter().zip(ready) {
            let done = match ready {
                Ready::Unchanged(number) => Written { unchanged: number, ..Written::default() },
                Ready::Staged(staged, input) => {
                    let done = staged.put_alone()?;
                    cache.keep(environment, input);
                    done
                }
            };
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

    /// What an environment follows from, if that may be remembered: with secrets it is not.
    fn input(&self, environment: &Environment) -> Option<String> {
        if self.with_secrets { None } else { environment.input() }
    }

    /// What is told of directories that are left behind and stay.
    fn of_leftovers(&self, left: &[Leftover]) -> Option<Diagnostic> {
        let file = self.config.display();
        let title = match left {
            _ if self.prune => return None,
            [] => return None,
            [one] => whose(one),
            several => format!("{} directories are of environments that `{file}` does not list any more", several.len()),
        };
        let told = Diagnostic { severity: Severity::Note, ..Diagnostic::new(title).coded(code::LEFT_DIRECTORY) };
        let told = if left.len() == 1 { told } else { left.iter().map(whose).fold(told, Diagnostic::note) };
        let file = if self.config.as_os_str() == "gen.yaml" { String::new() } else { format!(" -c {file}") };
        Some(told.help(format!("`gen all{file} --prune` removes what gen wrote there")))
    }

    /// Does something with each environment, several at a time.
    fn each<T: Send>(&self, chosen: &[&Environment], act: impl Fn(&Environment) -> Outcome<T> + Sync) -> Vec<Outcome<T>> {
        let bar = progress(chosen.len());
        let all = chosen.par_iter().progress_with(bar.clone()).map(|environment| act(environment)).collect();
        bar.finish_and_clear();
        all
    }

    /// Renders an environment, and does something with its files.
    fn one<T>(&self, environment: &Environment, act: impl Fn(&Rendered<'_>) -> Result<T, Error>) -> Outcome<T> {
        let rendering = match environment.rendering() {
            Ok(rendering) => rendering,
            Err(error) => return self.failed(error.diagnostics),
        };
        let mut told = rendering.warnings.clone();
        if self.strict && told.iter().any(|one| one.severity == Severity::Warning) {
            return self.failed(told);
        }
        let (files, secrets) = output::tree(&rendering.manifests, self.with_secrets, environment.style);
        told.extend(left_out(&secrets).filter(|_| !self.check));
        let (layout, member) = (environment.style.layout, environment.member.clone());
        let stamp = Stamp { layout, environment: member, ..rendering.stamp(environment.cluster.version) };
        let is_quiet = told.iter().all(|one| one.kind == Kind::Provided);
        let is_plain = is_quiet && rendering.given.as_ref().is_some_and(Given::is_open);
        match act(&Rendered { files: &files, stamp, is_plain }) {
            Ok(done) => Outcome { done: Some(done), told },
            Err(error) => self.failed(error.diagnostics),
        }
    }

    fn failed<T>(&self, mut told: Vec<Diagnostic>) -> Outcome<T> {
        if self.strict {
            make_errors(&mut told);
        }
        Outcome { done: None, told }
    }
}

/// What an environment gives.
struct Rendered<'r> {
    files: &'r [File],
    stamp: Stamp,
    /// Whether there is nothing to tell of it, and nothing secret in it.
    is_plain: bool,
}

/// An environment whose turn it is to be written.
enum Ready {
    /// Nothing changed since its files were written, of which there are so many.
    Unchanged(usize),
    /// Its files are written beside their places; and what they follow from, if that may be remembered.
    Staged(Staged, Option<String>),
}

/// How the rendering of an environment ended.
struct Outcome<T> {
    /// What was done with its files; nothing, if there are errors.
    done: Option<T>,
    /// What is to be told.
    told: Vec<Diagnostic>,
}

/// What was done with all environments, and what is to be told; or all that is to be told as the error, if one failed.
fn together<T>(chosen: &[&Environment], outcomes: Vec<Outcome<T>>) -> Result<(Vec<T>, Vec<Diagnostic>), Error> {
    let mut all = Vec::new();
    let mut told: IndexMap<String, (Diagnostic, Vec<&str>)> = IndexMap::new();
    let mut fails = false;
    for (environment, outcome) in chosen.iter().zip(outcomes) {
        fails |= outcome.done.is_none();
        all.extend(outcome.done);
        for one in outcome.told {
            // What is wrong in a file that environments share is told once.
            let at = one.place.as_ref().map(|place| (&place.source.name, place.span.clone()));
            let key = format!("{:?}", (one.severity, &one.title, &at, &one.label, &one.notes, &one.help));
            told.entry(key).or_insert_with(|| (one, Vec::new())).1.push(&environment.name);
        }
    }
    let told = told.into_values().map(|(one, names)| one.note(of_environments(&names, chosen.len()))).collect();
    if fails { Err(Error::from(told)) } else { Ok((all, told)) }
}

/// Of which environments something is told.
fn of_environments(names: &[&str], all: usize) -> String {
    const MOST: usize = 5;
    let listed = names.iter().take(MOST).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names {
        [name] => format!("in the environment `{name}`"),
        _ if names.len() == all => format!("in all {all} environments"),
        _ if names.len() > MOST => format!("in the environments {listed} and {} more", names.len() - MOST),
        _ => format!("in the environments {listed}"),
    }
}

/// Whose a directory is that is left behind.
fn whose(leftover: &Leftover) -> String {
    let now = leftover.now.as_ref().map_or_else(|| "is gone".to_owned(), |now| format!("is in `{}` now", now.display()));
    format!("`{}` is of the environment `{}`, which {now}", leftover.directory.display(), leftover.environment)
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

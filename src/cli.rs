//! The command line: what it offers, and how a run ends.

mod all;
mod argocd;
mod check;
mod cluster;
mod commands;
mod completions;
mod diff;
mod dry;
mod explain;
mod given;
mod graph;
mod habits;
mod handover;
mod images;
mod init;
mod krm;
mod man;
mod messages;
mod migrate;
mod nested;
mod notation;
mod render;
mod schema;
mod secrets;
mod strays;
mod template;
mod usage;
mod values;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{ArgMatches, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use crate::error::{Diagnostic, Error, Severity, code, reason};
use crate::fresh;
use crate::report::{self, Format};
use messages::{Messages, manner};

pub use commands::page;
pub use render::Render;

/// Writes the Kubernetes manifests of Apache Airflow from one typed values file.
#[derive(Debug, Parser)]
#[command(
    name = "gen",
    version,
    override_usage = "gen [OPTIONS]\n       gen <COMMAND>",
    after_help = "\
Examples:
  gen -f values.yaml | kubectl apply -f -     apply the manifests
  gen -f values.yaml -o rendered/             write them to a directory
  gen -f values.yaml -s 'secrets/*'           print some of them
  gen diff rendered/ -f values.yaml --strict  check in CI that they are up to date
  helm template CHART | gen check -           check what others rendered
  gen secrets -f values.yaml | kubectl create -f -
                                              make the Secrets that the values do not give

Exit status: 0 done, 1 there are differences (gen diff, gen all --check), findings (gen check) or errors that are left (gen migrate), 2 the job could not be done."
)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    render: Render,
    #[command(flatten)]
    messages: Messages,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write a values file to begin with, commented
    ///
    /// It is one of the examples of the source. A file that is there is never overwritten.
    Init(init::Init),
    /// Print the Secrets that the pods need and the values do not give, with fresh values
    ///
    /// To make them once: `gen secrets -f values.yaml | kubectl create -f -`, which overwrites none that exists.
    Secrets(secrets::Secrets),
    /// Print a fresh fernet key
    FernetKey,
    /// Print how manifests differ, and what an apply would do
    ///
    /// A directory, a stream, or either at a revision of git is compared with what the values give, or with another:
    /// `gen diff rendered/ -f values.yaml`, `gen diff a.yaml b.yaml`, `gen diff --against main -f values.yaml`. It says what the API
    /// server refuses, what is left running, and which pods restart. Values of Secrets are not shown.
    #[command(after_help = "Exit status: 0 there is no difference, 1 there is one, 2 the job could not be done")]
    Diff(diff::Diff),
    /// Write the manifests of every environment of `gen.yaml`, each in its directory
    ///
    /// The file lists environments, with the values files, the directory and the namespace of each; `gen schema --of gen.yaml` says what
    /// it takes. All directories are written or, if there is an error in any environment, none. With `--check` nothing is written:
    /// the exit status is 1 if a directory is not what the values give.
    All(all::All),
    /// Check manifests that Helm, kustomize or anyone rendered
    ///
    /// Their objects go through the checks that gen's own go through. What they refer to may be elsewhere: that is a warning. Findings
    /// are printed to standard output.
    #[command(after_help = "Exit status: 0 nothing is wrong, 1 something is, 2 something cannot be read or is no object of Kubernetes")]
    Check(check::Check),
    /// Print values files of any chart with today's keys, comments and order kept
    ///
    /// Old names move to the new ones, and a key without effect becomes a comment with the reason; the objects stay the same. What is
    /// left to you is told. Of several files, which are layers, each is printed by itself below its name; `--write` writes each in
    /// its place. The text is yours as it stands: secrets in it are not masked. With `--against`, the differences between
    /// manifests of Helm and those that the values give are printed in the place of the values: `+` comes, `-` goes, `~` changes, and
    /// `=` is a Secret of Helm's that the pods read.
    #[command(after_help = "Exit status: 0 done, 1 something is left that gen cannot render, or `--against` finds differences, \
                            2 the job could not be done")]
    Migrate(migrate::Migrate),
    /// Print the values that are in force, with where each comes from; what may be a secret shows as `***`
    ///
    /// A comment behind each value names the file and the line that it comes from, the option of the command line, or the default.
    Values(values::Values),
    /// Print what a key or a finding means
    ///
    /// Of a key: what it takes, its default, its meaning, and the keys below it. Of a finding, such as `A107` or `two-ways-in`: what
    /// it is, why, and what to write instead.
    Explain(explain::Explain),
    /// Print the JSON Schema of the values, for editors
    ///
    /// It is of draft 7 and whole in itself: each key with its type, default and meaning. For an editor with the YAML language
    /// server: `gen schema > values.schema.json`, and `# yaml-language-server: $schema=values.schema.json` on the first line of the
    /// values file.
    Schema(schema::Schema),
    /// Print the completions of a shell
    ///
    /// For bash: `gen completions bash > ~/.local/share/bash-completion/completions/gen`
    Completions(completions::Completions),
    /// Print a diagram of the manifests: what runs, and what it reads, mounts and talks to
    ///
    /// As text for Mermaid, which GitHub draws in a block of that name, or as an image:
    /// `gen graph -f values.yaml --format svg > airflow.svg`
    Graph(graph::Draw),
    /// Print the images that the pods run, those of tasks too, a line each
    ///
    /// To mirror or scan them, or to load them into a cluster: `gen images -f values.yaml | xargs -n 1 kind load docker-image`. With
    /// `--digests` they are told by their digests, which a file says, and with `--as-values` the values that pin them are printed.
    Images(images::Images),
    /// Run as a function of kustomize or kpt: their list of objects in, and out with the manifests in it
    ///
    /// The list (`ResourceList`) comes from standard input and goes to standard output. Its `functionConfig` is an object `kind: Airflow`
    /// of `apiVersion: gen/v1`, which has the values in `spec`, and in its metadata name and namespace of the release; or a ConfigMap with
    /// settings in `data`. It has precedence over options. What is found goes to standard error, and into the list as `results`.
    #[command(after_help = "Exit status: 0 done, 1 there are errors, which the list has among its results, 2 standard input is no list")]
    Krm(krm::Krm),
    /// Print the manifests of an Application of Argo CD, for its plugin
    ///
    /// The plugin runs it in the folder of the Application. What that says of the plugin, its parameters and the rest, comes from the
    /// variables that Argo CD sets: `ARGOCD_APP_PARAMETERS`, `ARGOCD_APP_NAME`, `ARGOCD_APP_NAMESPACE` and `KUBE_VERSION`.
    ArgocdGenerate(argocd::Generate),
    /// Print the parameters that an Application of Argo CD may have, for its plugin
    ///
    /// In JSON, with what they are if the Application does not say them. Argo CD shows them.
    ArgocdParameters,
    /// Print the manual page
    ///
    /// To read it: `gen man | man -l -`
    Man,
    /// Print the manifests, as without a command: `helm template NAME CHART -f FILE` with `gen` in the place of `helm`
    #[command(hide = true)]
    Template(template::Template),
    /// Print the version
    #[command(hide = true)]
    Version,
}

/// Runs the program, and says how it ended.
#[must_use]
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let matches = match Cli::command().try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return answered(&error, &arguments),
    };
    match dispatch(&matches) {
        Ok(code) => code,
        Err(error) if error.closed_pipe => ExitCode::SUCCESS,
        Err(error) => {
            say(&report::render(&error.diagnostics, manner()));
            ExitCode::from(2)
        }
    }
}

/// Prints what is asked for, help or version, or says why the command line cannot be understood.
fn answered(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let habit = habits::answer(error, arguments);
    if habit.is_none() && !error.use_stderr() {
        return match error.print() {
            Err(wrong) if wrong.kind() != io::ErrorKind::BrokenPipe => {
                say(&report::render(&unwritable(&wrong).diagnostics, manner()));
                ExitCode::from(2)
            }
            // A reader that went away is no failure.
            _ => ExitCode::SUCCESS,
        };
    }
    // How messages are told is heard even where the rest is not.
    if let Some(messages) = Messages::heard(arguments) {
        messages.choose();
    }
    let told = habit.or_else(|| strays::answer(error, arguments)).unwrap_or_else(|| usage::told(error));
    say(&report::render(&[told], manner()));
    ExitCode::from(2)
}

fn dispatch(matches: &ArgMatches) -> Result<ExitCode, Error> {
    let own = || matches.subcommand().map_or(matches, |(_, own)| own);
    let cli = Cli::from_arg_matches(matches).map_err(|error| Error::from(Diagnostic::new(error.to_string())))?;
    cli.messages.choose();
    refuse_strays(matches)?;
    let done = match cli.command {
        Some(Command::All(all)) => return all.run(),
        Some(Command::Check(check)) => return check.run(),
        Some(Command::Diff(diff)) => return diff.run(own()),
        Some(Command::Krm(krm)) => return krm.run(own()),
        Some(Command::Migrate(migrate)) => return migrate.run(own()),
        Some(Command::ArgocdGenerate(generate)) => generate.run(),
        Some(Command::ArgocdParameters) => argocd::parameters(),
        Some(Command::Completions(completions)) => completions.run(),
        Some(Command::Graph(draw)) => draw.run(own()),
        Some(Command::Images(images)) => images.run(own()),
        Some(Command::Explain(explain)) => explain.run(),
        Some(Command::Init(init)) => init.run(),
        Some(Command::Schema(schema)) => schema.run(),
        Some(Command::Man) => man::run(),
        Some(Command::FernetKey) => print(&(fresh::fernet_key() + "\n")),
        Some(Command::Secrets(secrets)) => secrets.run(own()),
        Some(Command::Values(values)) => values.run(own()),
        Some(Command::Template(template)) => template.run(own()),
        Some(Command::Version) => print(&Cli::command().render_version()),
        None if !matches.args_present() => print(&Cli::command().render_help().to_string()),
        None => cli.render.run(matches),
    };
    done.map(|()| ExitCode::SUCCESS)
}

/// Refuses options before a command that would have no effect there: those of rendering.
fn refuse_strays(matches: &ArgMatches) -> Result<(), Error> {
    let Some((name, _)) = matches.subcommand() else { return Ok(()) };
    let command = Cli::command();
    let is_said = |argument: &&clap::Arg| {
        !argument.is_global_set() && matches.value_source(argument.get_id().as_str()) == Some(clap::parser::ValueSource::CommandLine)
    };
    let Some(stray) = command.get_arguments().find(is_said) else { return Ok(()) };
    let option = stray.get_long().map_or_else(|| stray.get_id().to_string(), |long| format!("--{long}"));
    let error = Diagnostic::new(format!("`{option}` stands before the command `{name}`")).coded(code::USAGE);
    Err(error.help(format!("put it after the command: `gen {name} {option} ...`")).into())
}

/// Writes to standard output, whole.
fn print(text: &str) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| unwritable(&error))
}

/// Why standard output does not take what is written.
fn unwritable(error: &io::Error) -> Error {
    let closed_pipe = error.kind() == io::ErrorKind::BrokenPipe;
    let diagnostic = Diagnostic::new("cannot write to standard output").coded(code::UNWRITABLE).note(reason(error));
    Error { diagnostics: vec![diagnostic], closed_pipe }
}

/// Writes to standard error.
fn say(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Writes to standard output, whole, and then the warnings: a reader that went away gets them too.
fn print_and_warn(text: &str, warnings: &[Diagnostic]) -> Result<(), Error> {
    let printed = print(text);
    if printed.as_ref().err().is_none_or(|error| error.closed_pipe) {
        warn(warnings);
    }
    printed
}

/// Prints warnings to standard error.
fn warn(warnings: &[Diagnostic]) {
    say(&report::render(warnings, manner()));
}

/// Prints warnings, and a last line for people that says what was done; programs get it as a note.
fn warn_and_say(warnings: &[Diagnostic], done: &str) {
    let manner = manner();
    if manner.format == Format::Human {
        let told = report::render(warnings, manner);
        let gap = if told.is_empty() { "" } else { "\n" };
        let done = if manner.quiet { String::new() } else { format!("{gap}{done}\n") };
        return say(&(told + &done));
    }
    let done = Diagnostic { severity: Severity::Note, ..Diagnostic::new(done).coded(code::WRITTEN) };
    warn(&[warnings, &[done]].concat());
}

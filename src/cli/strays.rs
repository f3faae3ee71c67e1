//! Words that stand behind the value of an option, as a shell's glob or a lost `=` leaves them: more files, and values of settings.

use std::ffi::OsString;
use std::path::Path;

use clap::error::{ContextKind, Error, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory as _};

use super::{Cli, usage};
use crate::error::{Diagnostic, code};
use crate::schema::sounds_secret;
use crate::shell;

/// Where words go that no command has a place for.
const STRAY: &str = "stray";

/// The options that set values.
const SETTINGS: [(&str, &str); 5] = [
    ("set", "--set"),
    ("set_string", "--set-string"),
    ("set_literal", "--set-literal"),
    ("set_file", "--set-file"),
    ("set_json", "--set-json"),
];

/// What was meant by the words that a command line has too many of.
pub fn answer(error: &Error, arguments: &[OsString]) -> Option<Diagnostic> {
    let is_of_words = match error.kind() {
        ErrorKind::UnknownArgument => !usage::text(error, ContextKind::InvalidArg).starts_with('-'),
        // The one with what a word has a place for.
        ErrorKind::InvalidSubcommand | ErrorKind::ArgumentConflict => true,
        _ => false,
    };
    let line = Line::of(arguments).filter(|_| is_of_words)?;
    line.setting().or_else(|| line.files()).or_else(|| line.file_alone(error))
}

/// The same of files behind the one that `-f` takes, where a command has a place for them, and they mean nothing there.
pub fn files(arguments: &[OsString]) -> Option<Diagnostic> {
    Line::of(arguments)?.files()
}

/// A command line with room for any words.
struct Line {
    /// The command, if there is one.
    command: Option<String>,
    /// Whether it takes values files.
    takes_values: bool,
    /// The words that say values, and those that stand alone, in their order.
    words: Vec<Word>,
}

/// A word.
struct Word {
    index: usize,
    text: String,
    role: Role,
}

/// What a word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// The file of a `-f`.
    File,
    /// What an option sets.
    Setting(&'static str),
    /// It has a place of its own in the command.
    Placed,
    /// It has none.
    Stray,
}

impl Line {
    /// The line, if it is only that some words have no place.
    fn of(arguments: &[OsString]) -> Option<Self> {
        let program = Cli::command();
        let names: Vec<String> = program.get_subcommands().map(|command| command.get_name().to_owned()).collect();
        let roomy = names.iter().fold(with_room(program.clone()), |program, name| program.mut_subcommand(name, with_room));
        let matches = roomy.try_get_matches_from(arguments).ok()?;
        let (called, own): (Option<&str>, &ArgMatches) = matches.subcommand().map_or((None, &matches), |(name, own)| (Some(name), own));
        let command = called.and_then(|name| program.find_subcommand(name)).unwrap_or(&program);
        let places: Vec<&str> = command.get_positionals().map(|place| place.get_id().as_str()).collect();
        let role = |id: &str| match SETTINGS.iter().find(|(setting, _)| *setting == id) {
            Some((_, option)) => Some(Role::Setting(option)),
            None if id == "values" => Some(Role::File),
            None if id == STRAY => Some(Role::Stray),
            None => places.contains(&id).then_some(Role::Placed),
        };
        let mut words = Vec::new();
        for (id, role) in own.ids().filter_map(|id| Some((id.as_str(), role(id.as_str())?))) {
            let found = own.indices_of(id).into_iter().flatten().zip(own.get_raw(id).into_iter().flatten());
            words.extend(found.map(|(index, text)| Word { index, text: text.to_string_lossy().into_owned(), role }));
        }
        words.sort_by_key(|word| word.index);
        let takes_values = command.get_arguments().any(|argument| argument.get_id() == "values");
        Some(Self { command: called.map(str::to_owned), takes_values, words })
    }

    /// The words that follow one, without an option between.
    fn behind(&self, at: usize) -> impl Iterator<Item = &Word> {
        let index = self.words[at].index;
        let follows =
            move |(step, word): &(usize, &Word)| word.index == index + step + 1 && matches!(word.role, Role::Placed | Role::Stray);
        self.words[at + 1..].iter().enumerate().take_while(follows).map(|(_, word)| word)
    }

    /// A setting without its `=`, and the word behind it.
    fn setting(&self) -> Option<Diagnostic> {
        self.words.iter().enumerate().find_map(|(at, word)| {
            let Role::Setting(option) = word.role else { return None };
            let (key, rest) = word.text.split_once('=').unwrap_or((&word.text, ""));
            if !rest.is_empty() || key.is_empty() || key.starts_with('{') {
                return None;
            }
            let mut behind = self.behind(at).map(|word| word.text.strip_prefix('=').unwrap_or(&word.text));
            let value = behind.find(|text| !text.is_empty())?;
            let is_secret = key.split(['.', ',']).any(sounds_secret);
            let value = if is_secret { "..." } else { value };
            let is_plain = shell::word(key) == key && shell::word(value) == value;
            let setting = if is_plain { format!("{key}={value}") } else { shell::word(&format!("{key}={value}")).into_owned() };
            let title = if word.text.ends_with('=') {
                format!("nothing stands behind the `=` of `{option} {key}=`")
            } else {
                format!("`{option} {key}` has no `=`")
            };
            Some(wrong(title).help(format!("write `{option} {setting}`")))
        })
    }

    /// Files behind the one that `-f` takes.
    fn files(&self) -> Option<Diagnostic> {
        let extra: Vec<usize> = (0..self.words.len())
            .filter(|at| self.words[*at].role == Role::File)
            .flat_map(|at| self.behind(at).take_while(|word| is_like_file(&word.text)).map(|word| word.index).collect::<Vec<_>>())
            .collect();
        (!extra.is_empty())
            .then(|| wrong("`-f` takes one file".to_owned()).help(format!("give each its own: `{}`", self.with_files(&extra))))
    }

    /// A file that stands alone.
    fn file_alone(&self, error: &Error) -> Option<Diagnostic> {
        let strays: Vec<&Word> = self.words.iter().filter(|word| word.role == Role::Stray).collect();
        let first = strays.first().filter(|_| self.takes_values && strays.iter().all(|word| is_like_file(&word.text)))?;
        let indices: Vec<usize> = strays.iter().map(|word| word.index).collect();
        let (what, take) = if strays.len() == 1 { ("it is a file", "takes it") } else { ("they are files", "takes them") };
        let title = match &self.command {
            Some(command) => format!("`gen {command}` has no place for `{}`", first.text),
            None => usage::told(error).title,
        };
        Some(wrong(title).help(format!("{what}: `{}` {take} for values", self.with_files(&indices))))
    }

    /// The line with files of their own `-f`: those that have one, and these.
    fn with_files(&self, extra: &[usize]) -> String {
        let command = self.command.iter().cloned();
        let words = self.words.iter().filter_map(|word| match word.role {
            Role::File => Some(format!("-f {}", shell::word(&word.text))),
            _ if extra.contains(&word.index) => Some(format!("-f {}", shell::word(&word.text))),
            Role::Placed => Some(shell::word(&word.text).into_owned()),
            Role::Setting(_) | Role::Stray => None,
        });
        std::iter::once("gen".to_owned()).chain(command).chain(words).collect::<Vec<_>>().join(" ")
    }
}

/// A command that takes any words, and finds no fault with those that it has a place for.
fn with_room(command: Command) -> Command {
    let is_wide = |place: &Arg| matches!(place.get_action(), ArgAction::Append);
    let has_wide = command.get_positionals().any(is_wide);
    let command = command.mut_args(|argument| match (argument.is_positional(), is_wide(&argument)) {
        (true, true) => argument.num_args(0..),
        (true, false) => Arg::new(argument.get_id().clone()),
        (false, _) => argument,
    });
    if has_wide { command } else { command.arg(Arg::new(STRAY).num_args(0..).action(ArgAction::Append)) }
}

/// Whether a word is a file of values, there or not.
fn is_like_file(word: &str) -> bool {
    [".yaml", ".yml", ".json"].iter().any(|ending| word.ends_with(ending)) || Path::new(word).is_file()
}

fn wrong(title: String) -> Diagnostic {
    Diagnostic::new(title).coded(code::USAGE)
}

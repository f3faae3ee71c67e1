//! The page about all commands, in Markdown, from the definitions of the command line.

use std::fmt::Write as _;

use clap::{Arg, Args as _, Command, CommandFactory as _};

use super::Cli;
use super::given::GivenArguments;
use crate::manual::wrapped;

/// The most characters of a line.
const WIDTH: usize = 120;

/// How a command ends that says nothing of it.
const EXIT: &str = "Exit status: 0 done, 2 the job could not be done";

/// The page.
#[must_use]
pub fn page() -> String {
    let mut program = Cli::command();
    program.build();
    let (of_values, of_all) = (options_of_values(&program), options_of_all(&program));
    let commands: Vec<&Command> = std::iter::once(&program).chain(program.get_subcommands().filter(|one| is_shown(one))).collect();
    let mut page = HEAD.to_owned();
    for command in &commands {
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        page += &wrapped(&format!("[`{}`](#{}): {about}", name(command), link(command)), "- ", "  ", WIDTH);
    }
    page += "- [options that say the values](#options-that-say-the-values), of each command that reads them\n";
    page += "- [options of every command](#options-of-every-command)\n";
    for command in commands {
        page += &section(command, &of_values, &of_all);
    }
    page += "\n## Options that say the values\n\n";
    page.extend(of_values.iter().map(|option| entry(option)));
    page += "\n## Options of every command\n\n";
    page.extend(of_all.iter().map(|option| entry(option)));
    page
}

const HEAD: &str = "\
# Commands

What `gen` does, and with which options. `gen --help` and `gen help COMMAND` print the same in a terminal, and `gen man`
as a manual page.

This page is made of the definitions of the command line: `UPDATE_GOLDEN=1 cargo test` writes it.

<!-- all not run: these show the forms of the commands -->

";

/// Whether a command is one to list: none that only answers a habit.
fn is_shown(command: &Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

/// The options that are the same wherever values are read.
fn options_of_values(program: &Command) -> Vec<&Arg> {
    let group = GivenArguments::group_id().expect("a struct of options is a group");
    let members: Vec<_> = program.get_groups().filter(|one| *one.get_id() == group).flat_map(clap::ArgGroup::get_args).collect();
    program.get_arguments().filter(|option| members.contains(&option.get_id())).collect()
}

/// The options that every command has.
fn options_of_all(program: &Command) -> Vec<&Arg> {
    program.get_arguments().filter(|option| option.is_global_set() || option.get_id() == "help").collect()
}

/// How a command is called.
fn name(command: &Command) -> &str {
    command.get_bin_name().unwrap_or(command.get_name())
}

/// The place of a command on the page.
fn link(command: &Command) -> String {
    name(command).replace(' ', "-")
}

/// What is said of a command.
fn section(command: &Command, of_values: &[&Arg], of_all: &[&Arg]) -> String {
    let mut text = format!("\n## `{}`\n", name(command));
    let about = command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default();
    for paragraph in about.split("\n\n") {
        text += "\n";
        text += &wrapped(paragraph, "", "", WIDTH);
    }
    let usage = command.clone().render_usage().to_string();
    let usage: String = usage.trim_start_matches("Usage:").lines().map(|line| line.trim().to_owned() + "\n").collect();
    let _ = write!(text, "\n```text\n{usage}```\n");
    let is_in = |options: &[&Arg], one: &Arg| options.iter().any(|option| option.get_id() == one.get_id());
    // Others may have one of these options too, such as `--strict`.
    let reads_values = command.get_arguments().any(|one| one.get_id() == "values");
    let is_told_elsewhere = |one: &Arg| is_in(of_all, one) || reads_values && is_in(of_values, one);
    let own: Vec<&Arg> = command.get_arguments().filter(|one| !one.is_hide_set() && !is_told_elsewhere(one)).collect();
    if !own.is_empty() {
        text += "\n";
    }
    text.extend(own.into_iter().map(entry));
    if reads_values {
        text += "\nValues: [the options that say them](#options-that-say-the-values).\n";
    }
    let after = command.get_after_help().map_or_else(|| EXIT.to_owned(), ToString::to_string);
    for paragraph in after.split("\n\n") {
        match paragraph.split_once('\n') {
            Some((title, examples)) => {
                let _ = write!(text, "\n{title}\n\n```text\n{}```\n", without_margin(examples));
            }
            None => text = text + "\n" + &wrapped(&(paragraph.trim_end_matches('.').to_owned() + "."), "", "", WIDTH),
        }
    }
    text
}

/// Lines without the blanks that all of them begin with.
fn without_margin(text: &str) -> String {
    let margin = text.lines().map(|line| line.len() - line.trim_start().len()).min().unwrap_or_default();
    text.lines().map(|line| line[margin..].to_owned() + "\n").collect()
}

/// What is said of an option or an argument, an item of a list.
fn entry(option: &Arg) -> String {
    let takes_value = option.get_action().takes_values();
    let value = option.get_value_names().filter(|_| takes_value).unwrap_or_default();
    let value: String = value.iter().map(|name| format!("<{name}>")).collect::<Vec<_>>().join(" ");
    let short = option.get_short().map(|short| format!("-{short}"));
    let long = option.get_long().map(|long| format!("--{long}"));
    let mut names: Vec<String> = short.into_iter().chain(long).collect();
    match names.last_mut() {
        Some(last) if !value.is_empty() => *last = format!("{last} {value}"),
        Some(_) => {}
        None => names.push(value),
    }
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    let about = option.get_long_help().or_else(|| option.get_help()).map(ToString::to_string).unwrap_or_default();
    let default: Vec<String> = option.get_default_values().iter().map(|value| format!("`{}`", value.to_string_lossy())).collect();
    let default = if default.is_empty() || !takes_value { String::new() } else { format!(". Default: {}", default.join(", ")) };
    let mut text = wrapped(&format!("{}: {about}{default}", names.join(", ")), "- ", "  ", WIDTH);
    for choice in option.get_possible_values().iter().filter(|choice| takes_value && !choice.is_hide_set()) {
        let about = choice.get_help().map(|about| format!(": {about}")).unwrap_or_default();
        text += &wrapped(&format!("`{}`{about}", choice.get_name()), "  - ", "    ", WIDTH);
    }
    text
}

//! Every message has a file that gives it, and a golden one with the whole of what is said.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use airflow_gen::checks::registry::rules;
use airflow_gen::error::code::ALL;
use rayon::prelude::*;
use serde_json::Value;

use crate::support::{home, run};

/// What no file of values or manifests gives by itself, and the test of the binary that has it.
const ELSEWHERE: &[(&str, &str)] = &[
    ("F100", "a_directory_is_kept_up_to_date"),
    ("F107", "what_cannot_be_printed_is_an_error"),
    ("F108", "a_directory_is_kept_up_to_date"),
    ("F110", "a_directory_has_no_real_secrets_unless_they_are_asked_for"),
    ("F111", "what_was_written_is_a_note_to_programs_and_quiet_says_nothing"),
    ("F115", "programs_hear_of_each_file_that_differs"),
    ("F116", "a_repository_without_a_commit_or_without_files_is_said_to_be_one"),
    ("F117", "a_line_that_says_no_digest_is_told"),
    ("F118", "what_is_no_input_of_a_function_is_told"),
    ("F119", "directories_of_environments_that_are_gone_are_told_and_removed_if_asked"),
    ("F120", "an_application_is_no_part_of_what_it_applies"),
    ("F121", "environments_of_one_application_are_told"),
    ("F122", "an_application_of_another_directory_is_told"),
    ("F123", "what_one_stack_left_above_its_environments_is_told_and_removed_if_asked"),
    ("F124", "of_a_live_object_that_does_not_say_what_was_applied_nothing_false_is_told"),
    ("M901", "each_fault_is_found"),
    ("M902", "each_fault_is_found"),
    ("W201", "verbose_names_what_others_provide"),
    ("Y124", "a_version_of_kubernetes_may_be_newer_than_those_that_are_known"),
    ("Z101", "two_streams_are_compared_in_each_form"),
    ("Z102", "claims_and_addresses_are_foretold"),
    ("Z103", "claims_and_addresses_are_foretold"),
    ("Z104", "two_streams_are_compared_in_each_form"),
    ("Z105", "two_streams_are_compared_in_each_form"),
    ("Z106", "two_streams_are_compared_in_each_form"),
];

/// The command lines of all files that have a golden one with what is said of them.
fn command_lines() -> Vec<Vec<String>> {
    let mut lines = Vec::new();
    for (folder, command) in [("values", "-f"), ("values/told", "-f"), ("values/invalid", "-f"), ("values/check", "check")] {
        let files = fs::read_dir(home().join(folder)).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        for path in files {
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            let own = if path.extension().is_some_and(|ending| ending == "args") {
                fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect()
            } else {
                vec![command.to_owned(), name]
            };
            lines.push(own);
        }
    }
    lines
}

/// The codes of what is said.
fn codes(line: &[String]) -> BTreeSet<String> {
    let arguments: Vec<&str> = line.iter().map(String::as_str).chain(["--message-format", "json"]).collect();
    let run = run(&arguments);
    let said = if line[0] == "check" { run.stdout } else { run.stderr };
    let messages = said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    messages.filter_map(|message| message["code"].as_str().map(str::to_owned)).collect()
}

#[test]
fn every_message_has_a_file() {
    let found: BTreeSet<String> = command_lines().par_iter().flat_map_iter(|line| codes(line)).collect();
    let names: BTreeMap<&str, &str> =
        rules().into_iter().map(|rule| (rule.code, rule.name)).chain(ALL.iter().map(|(code, _)| (code.code, code.name))).collect();
    let elsewhere: BTreeMap<&str, &str> = ELSEWHERE.iter().copied().collect();
    let without: Vec<_> = names.iter().filter(|(code, _)| !found.contains(**code) && !elsewhere.contains_key(*code)).collect();
    assert_eq!(without, Vec::<(&&str, &&str)>::new(), "a file in `values/invalid/`, `values/told/` or `values/check/` gives each message");
    let needless: Vec<_> = ELSEWHERE.iter().filter(|(code, _)| found.contains(*code) || !names.contains_key(code)).collect();
    assert_eq!(needless, Vec::<&(&str, &str)>::new());
    let tests: String = fs::read_dir(home().join("tests"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "rs"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let gone: Vec<_> = ELSEWHERE.iter().filter(|(_, test)| !tests.contains(&format!("fn {test}()"))).collect();
    assert_eq!(gone, Vec::<&(&str, &str)>::new(), "there is no such test");
}

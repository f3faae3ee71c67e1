//! A regular expression as the table of an automaton, so that no run compiles one.
//!
//! `src/schema/pattern.rs` walks through the table.

use std::collections::HashMap;

use regex_automata::dfa::{Automaton, StartKind, dense};
use regex_automata::util::primitives::StateID;
use regex_automata::{Anchored, Input};

/// The Rust expression for the `Pattern` of a regular expression that is anchored at both ends.
pub fn table(pattern: &str) -> String {
    assert!(pattern.trim_start_matches("(?s)").starts_with('^') && pattern.ends_with('$'), "`{pattern}` is not of the whole text");
    let config = dense::Config::new().minimize(true).start_kind(StartKind::Anchored);
    let automaton = dense::Builder::new().configure(config).build(pattern).unwrap_or_else(|error| panic!("`{pattern}`: {error}"));
    let start = automaton.start_state_forward(&Input::new("").anchored(Anchored::Yes)).expect("it has a start");

    // The states that any text leads to, in the order in which they are met.
    let mut states = vec![start];
    let mut numbers = HashMap::from([(start, 0)]);
    let mut rows: Vec<Vec<usize>> = Vec::new();
    while let Some(state) = states.get(rows.len()).copied() {
        let mut number = |state: StateID| {
            *numbers.entry(state).or_insert_with(|| {
                states.push(state);
                states.len() - 1
            })
        };
        rows.push((0..=u8::MAX).map(|byte| number(automaton.next_state(state, byte))).collect());
    }

    // Bytes that lead to the same states from everywhere are of one class.
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let classes = (0..256).map(|byte| {
        let column: Vec<usize> = rows.iter().map(|row| row[byte]).collect();
        columns.iter().position(|known| *known == column).unwrap_or_else(|| {
            columns.push(column);
            columns.len() - 1
        })
    });
    let classes = bytes(classes.collect::<Vec<_>>());
    let next = bytes((0..states.len()).flat_map(|state| columns.iter().map(move |column| column[state])));
    let ends = bytes(states.iter().map(|state| usize::from(automaton.is_match_state(automaton.next_eoi_state(*state)))));
    format!("&Pattern {{ classes: b\"{classes}\", width: {}, next: b\"{next}\", ends: b\"{ends}\" }}", columns.len())
}

/// Numbers as they stand in a byte string.
fn bytes(numbers: impl IntoIterator<Item = usize>) -> String {
    let byte = |number| u8::try_from(number).expect("an automaton of a pattern has less than 257 states");
    numbers.into_iter().map(|number| format!("\\x{:02x}", byte(number))).collect()
}

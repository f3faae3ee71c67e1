//! From values in the keys of any chart to the same values in today's keys, with comments and order kept.
//!
//! ```text
//! texts -> what is told of them -> changes -> edits -> texts
//! ```
//!
//! A [`Change`](change::Change) is about one key: an old name moves to the new one, and a key without effect becomes a comment.
//! Which names are old, and which keys have no effect, [`layers`] and the checks say; `plan` makes changes of it. An option of
//! airflow.cfg moves as well, where Airflow still reads the name that it had (`option`). A change
//! becomes edits of each file, and an edit is made in the lines of the text. Two things are looked at after each: the text that
//! is read back has to be the tree that the edit meant, or the block is written anew; and the objects have to be the same as
//! before, or the change is not made, and told.
//!
//! [`layers`]: crate::layers

mod block;
mod change;
mod edit;
mod entry;
mod frame;
mod lines;
mod moves;
mod option;
mod patch;
mod plan;
mod references;
mod replace;
mod stack;
mod told;
mod tree;
mod twice;

use std::collections::BTreeSet;

use crate::error::{Diagnostic, Error};
use crate::layers::Layer;
use crate::schema::Path;
use change::Change;
pub use replace::replace;
use stack::Stack;

/// Values files in today's keys, and what is left to a person.
#[derive(Debug)]
pub struct Migrated {
    /// The files, in the order in which they were given.
    pub files: Vec<File>,
    /// What is left: old names that nothing else means, and what is wrong with the values.
    pub told: Vec<Diagnostic>,
}

/// A values file in today's keys.
#[derive(Clone, Debug)]
pub struct File {
    /// How messages name it.
    pub name: String,
    /// Its text.
    pub text: String,
    /// How many of its keys have other names now.
    pub moved: usize,
    /// How many of its keys are comments now.
    pub dropped: usize,
}

/// How often keys are looked for again, since a key that moved may have old names below it.
const ROUNDS: usize = 5;

/// The values of the files among the arguments in today's keys. The other arguments count where they decide what a key means,
/// such as the executor.
///
/// # Errors
///
/// What cannot be read, and what is not YAML.
pub fn migrate(arguments: Vec<Layer>) -> Result<Migrated, Error> {
    let first = Stack::of(arguments)?;
    of_version(&first)?;
    let mut run = Run { meaning: first.meaning(), stack: first.clone(), done: Vec::new(), left: Vec::new() };
    // What has no effect below a key that moves has a name of its own as long as it has not moved.
    let moving = plan::moves(&run.stack)?;
    let moves = |key: &Path| moving.iter().flat_map(|change| &change.keys).any(|moving| moving.covers(key));
    plan::comments(&run.stack)?.into_iter().filter(|change| change.keys.iter().any(moves)).for_each(|change| run.apply(change));
    let mut tried: BTreeSet<String> = BTreeSet::new();
    for _ in 0..ROUNDS {
        let changes = plan::moves(&run.stack)?.into_iter().filter(|change| tried.insert(format!("{:?}", change.keys)));
        let changes: Vec<Change> = changes.collect();
        if changes.is_empty() {
            break;
        }
        for change in changes {
            run.apply(change);
        }
    }
    // Other comments come last: what moves takes along those above it.
    run.drop_useless();
    plan::comments(&run.stack)?.into_iter().for_each(|change| run.apply(change));
    let Run { stack, done, left, .. } = run;
    let told = told::told(&first, &stack, &done, &left);
    Ok(Migrated { files: stack.into_files(), told })
}

/// Fails if the version of Airflow, which decides what keys mean, is none.
fn of_version(stack: &Stack) -> Result<(), Error> {
    let (_, given) = stack.given()?;
    let version = given.said().get("airflowVersion").filter(|version| version.as_str().is_none());
    let is_of_it = |told: &&Diagnostic| told.is_error() && told.title.starts_with("`airflowVersion`");
    let wrong: Vec<Diagnostic> = given.told().iter().filter(|_| version.is_some()).filter(is_of_it).cloned().collect();
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}

/// The files on their way.
struct Run {
    /// The objects that they gave at first, or with the options that have moved.
    meaning: Option<String>,
    stack: Stack,
    done: Vec<Change>,
    left: Vec<Change>,
}

impl Run {
    /// Makes a change, if the objects stay the same.
    fn apply(&mut self, change: Change) {
        match change.applied(&self.stack, self.meaning.as_deref()) {
            Some(next) => {
                self.go_on(next, &change);
                self.done.push(change);
            }
            None if change.is_in(&self.stack) => self.left.push(change),
            None => {}
        }
    }

    fn go_on(&mut self, next: Stack, change: &Change) {
        if change.option.is_some() {
            self.meaning = next.meaning();
        }
        self.stack = next;
    }

    /// Makes comments of what is left of old names, where the new ones count.
    fn drop_useless(&mut self) {
        for change in self.done.extract_if(.., |change| change.moves()).chain(self.left.drain(..)).collect::<Vec<_>>() {
            if let Some(next) = change.useless(&self.stack, self.meaning.as_deref()) {
                self.go_on(next, &change);
            }
            let is_left = change.is_in(&self.stack);
            if is_left { self.left.push(change) } else { self.done.push(change) }
        }
    }
}

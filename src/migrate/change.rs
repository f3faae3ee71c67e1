//! What is to be changed about a key, or about keys that go together.

use super::File;
use super::edit::Edit;
use super::moves::Moves;
use super::option::Renamed;
use super::stack::Stack;
use super::tree::read;
use crate::schema::{Path, Step};
use crate::yaml::Node;

/// What is to be changed about a key, or about keys that go together.
#[derive(Debug)]
pub struct Change {
    /// The keys as the files have them.
    pub keys: Vec<Path>,
    /// The ways to change them, the first that leaves the objects as they are counts; none, if it needs a person.
    pub ways: Vec<Way>,
    /// What to tell that person: what is left, and what to do.
    pub advice: Option<(String, String)>,
    /// The option of airflow.cfg that it is about, of which the name alone may change there.
    pub option: Option<Renamed>,
}

/// A way to change keys.
#[derive(Clone, Debug)]
pub enum Way {
    /// They become comments, with the reason.
    Comment(String),
    /// They move.
    Move(Moves),
}

impl Change {
    /// A key that becomes a comment.
    pub fn comment(key: Path, reason: String) -> Self {
        Self { keys: vec![key], ways: vec![Way::Comment(reason)], advice: None, option: None }
    }

    /// A key that a person has to look at.
    pub fn by_hand(key: &Path, title: String, help: String) -> Self {
        Self { keys: vec![key.clone()], ways: Vec::new(), advice: Some((title, help)), option: None }
    }

    /// Whether a file has any of the keys.
    pub fn is_in(&self, stack: &Stack) -> bool {
        stack.trees().iter().any(|tree| self.keys.iter().any(|key| key.get(tree).is_some()))
    }

    /// Whether it moves keys.
    pub fn moves(&self) -> bool {
        self.moving().is_some()
    }

    /// The files with this change, if they give the same objects then.
    pub fn applied(&self, stack: &Stack, meaning: Option<&str>) -> Option<Stack> {
        self.ways.iter().find_map(|way| {
            // What counts under the new name gives way only if it has to.
            let gives_way = matches!(way, Way::Move(Moves { over: true, .. }));
            if gives_way && self.useless(stack, meaning).is_some() { None } else { self.applied_by(way, stack, meaning) }
        })
    }

    /// The files without what is left of old names, since the new ones count, in another file or by default; if they give the
    /// same objects then.
    pub fn useless(&self, stack: &Stack, meaning: Option<&str>) -> Option<Stack> {
        let moves = self.moving().filter(|moves| !moves.over)?;
        let (_, to) = moves.pairs.first()?;
        // Of what cannot be said under the new names nobody knows.
        let mut tried = stack.clone();
        for file in tried.files_mut() {
            self.apply(&Way::Move(moves.clone()), file)?;
        }
        // Of a list the whole counts.
        let keys = |path: &Path| Path(path.0.iter().take_while(|step| matches!(step, Step::Key(_))).cloned().collect());
        let counts: Vec<String> = to.iter().map(|path| format!("`{}`", keys(path))).collect();
        self.applied_by(&Way::Comment(format!("No effect: {} counts", counts.join(" and "))), stack, meaning)
    }

    /// What it moves.
    pub fn moving(&self) -> Option<&Moves> {
        self.ways.iter().find_map(|way| if let Way::Move(moves) = way { Some(moves) } else { None })
    }

    fn applied_by(&self, way: &Way, stack: &Stack, meaning: Option<&str>) -> Option<Stack> {
        [false, true].into_iter().find_map(|with_references| {
            let mut next = stack.clone();
            let mut changes = false;
            for file in next.files_mut() {
                changes |= self.apply(way, file)?;
            }
            if with_references {
                Self::refer(way, &mut next)?;
            }
            (changes && self.keeps(stack, &next, meaning)).then_some(next)
        })
    }

    /// Whether the objects stay as they are, or of an option what Airflow hears.
    fn keeps(&self, before: &Stack, after: &Stack, meaning: Option<&str>) -> bool {
        match &self.option {
            Some(option) => option.is_all_that_changes(before, after),
            None => after.meaning().as_deref() == meaning,
        }
    }

    /// Whether the file changes. None, if it should and cannot.
    fn apply(&self, way: &Way, file: &mut File) -> Option<bool> {
        let old = read(&file.text, 0)?;
        let edits = self.edits(way, &old);
        for edit in &edits {
            file.text = edit.applied(&file.text)?;
        }
        let drops = edits.iter().filter(|edit| matches!(edit, Edit::Comment(..))).count();
        file.dropped += drops;
        if edits.len() > drops {
            file.moved += self.keys.iter().filter(|key| key.get(&old).is_some()).count();
        }
        Some(!edits.is_empty())
    }

    fn edits(&self, way: &Way, old: &Node) -> Vec<Edit> {
        match way {
            Way::Comment(reason) => {
                let there = self.keys.iter().filter(|key| key.get(old).is_some());
                there.map(|key| Edit::Comment(key.clone(), reason.clone())).collect()
            }
            Way::Move(moves) => moves.edits(old),
        }
    }

    /// Go templates that refer to the keys refer to their new names. None, if there are none.
    fn refer(way: &Way, stack: &mut Stack) -> Option<()> {
        let Way::Move(Moves { pairs, .. }) = way else { return None };
        let mut refers = false;
        for (from, to) in pairs {
            let edit = Edit::Refer { from: from.clone(), to: to.first()?.clone() };
            for file in stack.files_mut() {
                if let Some(text) = edit.applied(&file.text).filter(|text| *text != file.text) {
                    file.text = text;
                    refers = true;
                }
            }
        }
        refers.then_some(())
    }
}

//! Keys that stand twice in their map.

use super::lines::commented;
use super::{block, entry, tree};
use crate::yaml::{self, Twice};

/// The text in which each key stands once, as far as that can be, and how many became comments: of two the last counts, and the
/// first is the comment.
///
/// A first stays that does not stand in lines of its own, or has an anchor that is used further below.
pub fn once(mut text: String) -> (String, usize) {
    let (mut count, mut left) = (0, 0);
    // Each comment moves what stands below it; those that stay are the last in the text, since it is looked at from its end.
    while let Some(twice) = nth_from_end(&text, left) {
        match first_as_comment(&text, &twice) {
            Some(once) => (text, count) = (once, count + 1),
            None => left += 1,
        }
    }
    (text, count)
}

fn nth_from_end(text: &str, number: usize) -> Option<Twice> {
    let (_, mut twice) = yaml::read_keeping_last(text, 0).ok()?;
    twice.sort_by_key(|one| std::cmp::Reverse(one.first.start));
    twice.into_iter().nth(number)
}

/// The text with the first of the two as a comment, if it means the same then.
fn first_as_comment(text: &str, twice: &Twice) -> Option<String> {
    let extent = entry::of_entry(text, twice.first.clone(), &twice.value)?;
    let reason = block::reason(None, &format!("No effect: `{}` stands again below, and counts there", twice.name), extent.indent);
    let lines = commented(&text[extent.start..extent.end], extent.indent);
    let once = [&text[..extent.start], &reason, &lines, &text[extent.end..]].concat();
    tree::read(&once, 0)?.is_same(&tree::read(text, 0)?).then_some(once)
}

//! Keys that stand twice in their map.

use super::lines::commented;
use super::{block, entry, tree};
use crate::yaml::{self, Twice};

/// The text in which each key stands once, and how many became comments: of two the last counts, and the first is the comment.
///
/// The text stays as it is where the first does not stand in lines of its own, or has an anchor that is used further below.
pub fn once(text: String) -> (String, usize) {
    let Ok((documents, twice)) = yaml::read_keeping_last(&text, 0) else { return (text, 0) };
    let means_the_same = |(once, _): &(String, usize)| match (tree::read(once, 0), documents.as_slice()) {
        (Some(root), [document]) => root.is_same(document),
        _ => false,
    };
    if twice.is_empty() { None } else { first_as_comment(&text, &twice).filter(means_the_same) }.unwrap_or((text, 0))
}

fn first_as_comment(text: &str, twice: &[Twice]) -> Option<(String, usize)> {
    let extent = |one: &Twice| Some((entry::of_entry(text, one.first.clone(), &one.value)?, one.name.clone()));
    let mut firsts: Vec<_> = twice.iter().map(extent).collect::<Option<_>>()?;
    firsts.sort_by_key(|(extent, _)| extent.start);
    let (mut once, mut at, mut count) = (String::new(), 0, 0);
    for (extent, name) in firsts {
        // What is below one that is a comment is one already.
        if extent.start < at {
            continue;
        }
        let reason = block::reason(None, &format!("No effect: `{name}` stands again below, and counts there"), extent.indent);
        let lines = commented(&text[extent.start..extent.end], extent.indent);
        once.extend([&text[at..extent.start], &reason, &lines]);
        (at, count) = (extent.end, count + 1);
    }
    Some((once + &text[at..], count))
}

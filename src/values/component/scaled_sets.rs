//! Whose number of replicas an autoscaler decides.

/// Where a component with sets says the number of replicas, and whether autoscalers decide it all the same: `at`, what holds for all
/// sets, and `sets` below that.
///
/// `scaled` is of all sets, the default one first, if there is one; `say` of those that the values list, whether they say a number.
#[must_use]
pub fn scaled_sets(at: &str, scaled: &[bool], say: &[bool]) -> Vec<(String, bool)> {
    let (default, listed) = scaled.split_at(scaled.len() - say.len());
    // What a set says itself, it does not take from what holds for all.
    let takes_it = default.iter().chain(listed.iter().zip(say).filter(|(_, says)| !**says).map(|(scaled, _)| scaled));
    let has_no_effect = scaled.contains(&true) && takes_it.into_iter().all(|scaled| *scaled);
    let below = if at.is_empty() { "sets".to_owned() } else { format!("{at}.sets") };
    let own = listed.iter().enumerate().map(|(index, scaled)| (format!("{below}[{index}]"), *scaled));
    std::iter::once((at.to_owned(), has_no_effect)).chain(own).collect()
}

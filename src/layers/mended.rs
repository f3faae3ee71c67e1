//! Values without what is wrong with them, so that all else can be judged in the same run.

use crate::schema::{Path, Step};
use crate::yaml::Node;

use super::explain::refused;

/// How often what is wrong is taken out before it is given up: a map that lacks a key goes with the key that holds it.
const ROUNDS: usize = 8;

/// Returns keys to their defaults: those at the paths, and all that the schema refuses after that. Of a list the whole returns
/// to its default.
///
/// The result are the paths of what returned; none, if it cannot be done.
pub fn mended(tree: &mut Node, defaults: &Node, wrong: Vec<Path>) -> Option<Vec<Path>> {
    let mut returned: Vec<Path> = Vec::new();
    let mut wrong = wrong;
    for _ in 0..ROUNDS {
        for path in wrong {
            let mut keys: Vec<Step> = path.0.into_iter().take_while(|step| matches!(step, Step::Key(_))).collect();
            while returned.iter().any(|done| done.0 == keys) && keys.len() > 1 {
                keys.pop();
            }
            let path = Path(keys);
            path.put(tree, path.get(defaults).cloned());
            returned.push(path);
        }
        wrong = refused(tree).into_iter().map(|finding| finding.path).collect();
        if wrong.is_empty() {
            return Some(returned);
        }
    }
    None
}

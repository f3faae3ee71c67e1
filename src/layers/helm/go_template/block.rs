//! Lists that stand for templates of the chart, and that only the model knows.

use super::fault::{Fate, Fault, NO_COUNTERPART};
use super::pieces::Piece;
use crate::schema::Path;
use crate::values::BLOCK;

/// The only text in which the model puts such lists.
const FILLED: &str = "podTemplate";

/// What asks for such a list where nobody would put it.
pub(super) fn stray<'t>(rendered: &str, path: &Path, pieces: &[Piece<'t>]) -> Option<Fault<'t>> {
    if !rendered.contains(BLOCK) || *path == Path::of_keys(FILLED) {
        return None;
    }
    let asks = |piece: &Piece<'t>| match piece {
        Piece::Expression(text) if text.contains("_airflow_environment") => Some(*text),
        _ => None,
    };
    Some(Fault { expression: pieces.iter().find_map(asks), reason: NO_COUNTERPART.into(), fate: Fate::Refused })
}

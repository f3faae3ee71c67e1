//! The diagram as an image.
use super::Graph;
/// x
#[must_use]
pub fn svg(graph: &Graph) -> String {
    format!("{graph:?}")
}

//! What Helm understands in values files: Go templates, and what a values file brings from Helm and its chart.

mod chart_texts;
mod go_template;
mod mentions;

pub(crate) use chart_texts::headings;
pub(super) use chart_texts::{drop_chart_image, drop_chart_texts, drop_heading};
pub(super) use go_template::{Unresolved, resolve};
pub(super) use mentions::mentions;

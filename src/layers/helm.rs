//! What Helm understands in values files: Go templates, and what a values file brings from Helm and its chart.

mod chart_texts;
mod go_template;
mod image_digest;
mod mentions;
mod subchart;

pub(super) use chart_texts::{drop_chart_image, drop_chart_texts};
pub(super) use go_template::{Fate, NO_COUNTERPART, Unresolved, resolve};
pub(super) use image_digest::settle as settle_digests;
pub(super) use mentions::mentions;
pub(super) use subchart::{take_rest, translate};

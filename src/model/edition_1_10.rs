//! The facts of edition 1.10: the stack of the article.

mod airflow_cfg;
mod checksums;
mod component;
mod env;
mod exporter;
mod facts;
mod git_sync;
mod image;
mod labels;
mod missing;
pub mod name;
mod page;
mod secrets;
mod storage;

use crate::values::Values;
use facts::Facts;
pub use page::Page;

/// Derives all facts of this edition from the values.
pub(super) fn model(values: &Values) -> super::Model<'_> {
    let facts = Facts::of(values);
    let accounts = component::active(values).filter_map(|component| component::external(&facts.names, component));
    super::Model {
        edition: values.edition(),
        delivery: values.delivery,
        external: facts.external(values).into_iter().chain(accounts).collect(),
        secrets: Vec::new(),
        missing: missing::missing(values, &facts),
        placeholders: facts.placeholders(values),
        page: super::Page::V1_10(Box::new(Page::of(values, facts))),
    }
}

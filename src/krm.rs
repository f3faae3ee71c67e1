//! A function of the Kubernetes Resource Model, as kustomize and kpt run them: a list of objects comes in, and goes out with those
//! that the values give.
//!
//! ```text
//! standard input -> ResourceList -> FunctionConfig -> layers ... manifests -> items of the list, and results
//! ```

mod function;
mod function_config;
mod identity;
mod items;
mod ledger;
mod resource_list;
mod results;

pub use function::Function;
pub use function_config::FunctionConfig;
pub use items::{Item, joined};
pub use resource_list::ResourceList;
pub use results::results;

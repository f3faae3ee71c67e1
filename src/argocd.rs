//! A plugin of Argo CD (config management plugin): what an Application says comes as variables, and becomes values.
//!
//! ```text
//! ARGOCD_APP_PARAMETERS and its kin -> Application -> layers ... manifests
//! values files -> Announcement of what may be said
//! ```

mod announcement;
mod application;
mod parameter;

pub use announcement::announcements;
pub use application::Application;

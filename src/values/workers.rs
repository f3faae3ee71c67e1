//! The workers: pods that the Kubernetes executor makes, one a task.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Component, Need, Placement, ServiceAccount};

/// The workers.
#[derive(Clone, Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub struct Workers {
    /// The account that the pods run as.
    pub service_account: ServiceAccount,
    /// On which nodes the pods run.
    #[serde(flatten)]
    pub placement: Placement,
}

impl Component for Workers {
    fn name(&self) -> &'static str {
        "worker"
    }

    fn values(&self) -> Value {
        super::component::as_template_sees(self)
    }

    fn needs(&self) -> &'static [Need] {
        &[Need::LaunchPods]
    }

    fn service_account(&self) -> Option<&ServiceAccount> {
        Some(&self.service_account)
    }
}

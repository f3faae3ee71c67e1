//! Nothing is asked for that is still to come.

use super::Finding;
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    for key in values.not_supported_yet() {
        let error = Finding::error(&key, format!("`{key}` is not supported yet"), "asked for here");
        findings.push(error.help("leave it out; what is rendered without it can be applied"));
    }
}

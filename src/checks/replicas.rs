//! No more of a component than can run at once.

use super::Finding;
use crate::values::Values;

pub fn check(values: &Values, findings: &mut Vec<Finding>) {
    let edition = values.edition();
    for (section, component) in values.components() {
        let Some(most) = component.too_many(edition) else { continue };
        let key = format!("{section}.replicas");
        let warning =
            Finding::warning(&key, format!("`{key}` is more than Airflow {} can take", edition.name()), format!("at most {most} may run"));
        findings.push(warning.note("several at once do the same work several times: tasks run twice").help(format!("set `{key}: {most}`")));
    }
}

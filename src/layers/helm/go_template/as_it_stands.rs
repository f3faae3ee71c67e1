//! Texts in which the chart resolves no templates.

use crate::schema::{Path, Step};

/// Who has variables in which the chart resolves templates: the last key before `env`.
const RESOLVED: [&str; 3] = ["waitForMigrations", "logGroomerSidecar", "migrateDatabaseJob"];

/// Whether the text at a path is taken as it stands: the value of a variable, but for a few (chart 1.22.0 renders them with
/// `quote`, those few with `tpl`).
pub(super) fn is_at(path: &Path) -> bool {
    let [before @ .., Step::Key(env), Step::Index(_), Step::Key(value)] = path.0.as_slice() else { return false };
    let is_resolved = matches!(before.last(), Some(Step::Key(owner)) if RESOLVED.contains(&owner.as_str()));
    env == "env" && value == "value" && !is_resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_taken_as_they_stand_but_for_a_few() {
        for (path, expected) in [
            ("env[0].value", true),
            ("workers.celery.sets[1].env[0].value", true),
            ("scheduler.waitForMigrations.env[0].value", false),
            ("migrateDatabaseJob.env[0].value", false),
            ("env[0].name", false),
            ("scheduler.args[0]", false),
        ] {
            assert_eq!(is_at(&Path::of_keys(path)), expected, "{path}");
        }
    }
}

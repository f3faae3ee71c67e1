//! An access point of EFS is mounted without encryption in transit.

use super::persistence;
use crate::checks::Subject;
use crate::checks::finding::Findings;
use crate::checks::rule::{Check, Example, Level, Of, Rule};

pub(in crate::checks) static RULE: Rule = Rule {
    code: "V107",
    name: "access-point-without-encryption",
    level: Level::Error,
    what: "An access point of EFS is mounted without encryption in transit.",
    why: "EFS refuses it.",
    example: Example {
        of: Of::Values,
        refused: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: true\n",
            "    volume: {efs: {fileSystemId: fs-0123456789abcdef0, accessPointId: fsap-0123456789abcdef0, encryptInTransit: false}}\n"
        ),
        instead: concat!(
            "airflowVersion: 3.2.0\n",
            "dags:\n",
            "  persistence:\n",
            "    enabled: true\n",
            "    volume: {efs: {fileSystemId: fs-0123456789abcdef0, accessPointId: fsap-0123456789abcdef0}}\n"
        ),
    },
    check: Check::Values(check),
};

fn check(subject: &Subject<'_>, found: &mut Findings) {
    for (section, keys) in persistence(subject.values) {
        let efs = keys.volume.as_ref().and_then(|volume| volume.efs.as_ref());
        if let Some(efs) = efs.filter(|efs| efs.access_point_id.is_some() && efs.encrypt_in_transit == Some(false)) {
            let place = format!("{section}.persistence.volume.efs.encryptInTransit");
            found
                .in_value(&place, "an access point of EFS needs encryption in transit", "not encrypted")
                .note(format!("the access point is `{}`", efs.access_point_id.as_deref().map_or("", |id| id)))
                .help("drop one of the two");
        }
    }
}
